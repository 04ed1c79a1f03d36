//! Prebuilt requests with a number that is put in at the moment of sending.

/// Stands in a request body where the number belongs; as long as the digits that replace it.
pub const NUMBER_MARK: &str = "#NUMBER#";
const DIGITS: usize = NUMBER_MARK.len();
const NUMBER_LIMIT: u64 = 100_000_000;

/// Numbers from here on belong to customers that are not there yet.
pub const NEW_CUSTOMERS_FROM: u64 = 50_000_000;

/// Which number a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// None: every time the same bytes.
    None,
    /// The running number of the request.
    Sequence,
    /// The number of a customer: of three requests one has a new customer, two one of the known.
    Customer {
        /// Customers there are.
        known: u64,
    },
}

impl Number {
    fn of(self, sequence: u64) -> u64 {
        match self {
            Self::None => 0,
            Self::Sequence => sequence % NUMBER_LIMIT,
            Self::Customer { known } => customer(sequence, known),
        }
    }
}

/// The customer of the create with a running number.
pub fn customer(sequence: u64, known: u64) -> u64 {
    if sequence.is_multiple_of(3) {
        NEW_CUSTOMERS_FROM + sequence / 3 % NEW_CUSTOMERS_FROM
    } else {
        crate::generate::rng::mix(sequence) % known
    }
}

/// One prebuilt request.
#[derive(Clone, Debug)]
pub struct Template {
    bytes: Vec<u8>,
    slot: Option<usize>,
    number: Number,
}

impl Template {
    /// A request whose first `#NUMBER#`, if any, is replaced by `number`.
    pub fn new(bytes: Vec<u8>, number: Number) -> Self {
        let slot = bytes.windows(DIGITS).position(|part| part == NUMBER_MARK.as_bytes());
        Self { bytes, slot, number }
    }

    /// Puts the request with a running number into `out`.
    pub fn fill(&self, sequence: u64, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(&self.bytes);
        if let Some(slot) = self.slot {
            let mut rest = self.number.of(sequence);
            for place in (slot..slot + DIGITS).rev() {
                out[place] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
                rest /= 10;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &Template, sequence: u64) -> String {
        let mut out = Vec::new();
        template.fill(sequence, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_number_is_put_in_without_changing_the_length() {
        let template = Template::new(b"a #NUMBER# b".to_vec(), Number::Sequence);
        assert_eq!(filled(&template, 42), "a 00000042 b");
        assert_eq!(filled(&template, 123_456_789), "a 23456789 b");
        assert_eq!(filled(&Template::new(b"plain".to_vec(), Number::None), 9), "plain");
    }

    #[test]
    fn one_of_three_customers_is_new() {
        let new = (0..3_000).filter(|sequence| customer(*sequence, 500) >= NEW_CUSTOMERS_FROM);
        assert_eq!(new.count(), 1_000);
        assert!((0..3_000).all(|n| n % 3 == 0 || customer(n, 500) < 500));
        assert_ne!(customer(0, 500), customer(3, 500));
    }
}

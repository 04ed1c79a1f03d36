//! What tells whether two tables hold the same rows, in whatever order.

use sha2::{Digest, Sha256};

use crate::value::OwnedValue;

/// How many rows, and the sum of their hashes (SHA-256, in four lanes): a row that is missing, double or altered moves it,
/// and the order of the rows does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Rows.
    pub rows: u64,
    lanes: [u64; 4],
}

impl Sum {
    /// Counts a row in. Each value says what it is and how long, so that no two rows read the same.
    pub(crate) fn add(&mut self, row: &[OwnedValue]) {
        let mut hash = Sha256::new();
        for value in row {
            match value {
                OwnedValue::Null => hash.update([0]),
                OwnedValue::Int(number) => {
                    hash.update([1]);
                    hash.update(number.to_be_bytes());
                }
                OwnedValue::Bool(is) => hash.update([2, u8::from(*is)]),
                OwnedValue::Text(text) => bytes(&mut hash, 3, text.as_bytes()),
                OwnedValue::Bytes(all) => bytes(&mut hash, 4, all),
            }
        }
        self.rows += 1;
        for (lane, part) in self.lanes.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            let part: [u8; 8] = part.try_into().expect("eight bytes");
            *lane = lane.wrapping_add(u64::from_be_bytes(part));
        }
    }
}

fn bytes(hash: &mut Sha256, kind: u8, all: &[u8]) {
    hash.update([kind]);
    hash.update(u64::try_from(all.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(all);
}

impl std::fmt::Display for Sum {
    /// The first sixteen digits: enough for eyes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.lanes[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[&[OwnedValue]]) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    fn text(text: &str) -> OwnedValue {
        OwnedValue::Text(text.to_owned())
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let (one, two) = ([text("a"), OwnedValue::Int(1)], [text("b"), OwnedValue::Null]);
        let both = sum(&[&one, &two]);
        assert_eq!(both, sum(&[&two, &one]));
        assert_eq!(both.rows, 2);
        for other in [
            sum(&[&one]),
            sum(&[&one, &two, &two]),
            sum(&[&one, &one]),
            sum(&[&[text("a"), OwnedValue::Int(2)], &two]),
            sum(&[&[text("a"), OwnedValue::Bool(true)], &two]),
            sum(&[&one, &[text("b"), text("")]]),
            sum(&[&[OwnedValue::Int(1), text("a")], &two]),
        ] {
            assert_ne!(both, other);
        }
        assert_ne!(sum(&[&[text("ab"), text("c")]]), sum(&[&[text("a"), text("bc")]]));
        assert_ne!(sum(&[&[text("a")]]), sum(&[&[OwnedValue::Bytes(b"a".to_vec())]]));
        // Twice the same row does not cancel itself out, as it would with XOR.
        assert_ne!(sum(&[&one, &one, &two]).lanes, sum(&[&two]).lanes);
    }
}

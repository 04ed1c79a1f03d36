//! Addresses as they stand in headers.

use mail_parser::Address;

/// Addresses of one header that are read.
const ADDRESSES_MAX: usize = 200;
/// Characters of an address that is taken for one (API 1.10).
const ADDRESS_CHARS_MAX: usize = 320;
/// Characters of a name that are kept.
const NAME_CHARS_MAX: usize = 200;

/// Somebody's address, with the name beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mailbox {
    /// The address, in lower case.
    pub address: String,
    /// The name.
    pub name: Option<String>,
}

impl Mailbox {
    /// A mailbox of this text, if it is an address: one `@` with something before and behind it, and nothing that could break a header.
    #[must_use]
    pub fn new(address: &str, name: Option<&str>) -> Option<Self> {
        let address = address.trim().trim_start_matches('<').trim_end_matches('>').trim().to_lowercase();
        let (local, domain) = address.split_once('@')?;
        let is_plain = |text: &str| {
            !text.is_empty() && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        };
        let fits = address.chars().count() <= ADDRESS_CHARS_MAX;
        (is_plain(local) && is_plain(domain) && !domain.contains(['@', '<', '>', ',', ';']) && fits)
            .then(|| Self { name: name.and_then(clean_name), address: address.clone() })
    }

    /// The part behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// A name on one line, or none.
fn clean_name(name: &str) -> Option<String> {
    let words =
        name.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    let name: String = joined.trim_matches(['"', '\'']).trim().chars().take(NAME_CHARS_MAX).collect();
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

/// The addresses of a header, each once.
pub(crate) fn mailboxes<'a>(headers: impl Iterator<Item = &'a Address<'a>>) -> Vec<Mailbox> {
    let mut all: Vec<Mailbox> = Vec::new();
    for one in headers.flat_map(Address::iter).take(ADDRESSES_MAX) {
        let mailbox = one.address().and_then(|address| Mailbox::new(address, one.name()));
        if let Some(mailbox) = mailbox.filter(|new| !all.iter().any(|known| known.address == new.address)) {
            all.push(mailbox);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_and_nothing_that_breaks_a_header() {
        let of = |text: &str| Mailbox::new(text, None).map(|mailbox| mailbox.address);
        assert_eq!(of(" <Jane.Doe@Example.COM> ").as_deref(), Some("jane.doe@example.com"));
        for wrong in ["", "jane", "@example.com", "jane@", "a b@c", "a@b c", "a@b\r\nX: y", "a@b@c", "a@<b>"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        assert_eq!(of(&format!("{}@b", "a".repeat(319))), None);
    }

    #[test]
    fn a_name_is_one_line_and_no_address() {
        let of = |name: &str| Mailbox::new("a@b", Some(name)).and_then(|mailbox| mailbox.name);
        assert_eq!(of("\"Jane\r\n  Doe\"").as_deref(), Some("Jane Doe"));
        assert_eq!((of("  "), of("jane@example.com")), (None, None));
    }
}

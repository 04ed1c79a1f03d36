//! Made-up customers: the same conversation always has the same one.

const FIRST: [&str; 24] = [
    "Ana", "Bola", "Chen", "Dana", "Emre", "Fatou", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena", "Mateo", "Nadia",
    "Olga", "Priya", "Quinn", "Rosa", "Sami", "Tara", "Umar", "Vera", "Wim", "Yuki",
];
const LAST: [&str; 20] = [
    "Almeida",
    "Berg",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Gupta",
    "Haddad",
    "Ivanova",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
    "Rossi",
    "Silva",
    "Tanaka",
    "Weber",
];
const DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// First and last name.
    pub name: String,
    /// An address that belongs to nobody.
    pub email: String,
}

/// The customer of the conversation `id`.
pub fn person(id: &str) -> Person {
    let hash = fingerprint(id);
    let first = pick(&FIRST, hash);
    let last = pick(&LAST, hash >> 16);
    let tail: String = id.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    Person {
        name: format!("{first} {last}"),
        email: format!("{first}.{last}.{tail}@{}", pick(&DOMAINS, hash >> 32)).to_lowercase(),
    }
}

fn pick<'a>(names: &[&'a str], hash: u64) -> &'a str {
    let place = hash % names.len() as u64;
    names[usize::try_from(place).unwrap_or_default()]
}

/// FNV-1a: the same on every machine, which the standard library's hasher does not promise.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_has_one_customer_and_others_have_others() {
        let one = person("31971762-f14e-4d55-b909-0370f6e4db19");
        assert_eq!(one, person("31971762-f14e-4d55-b909-0370f6e4db19"));
        assert!(one.email.contains(".31971762f14e@example."), "{}", one.email);
        assert_ne!(one.email, person("5a26408f-f0ca-42aa-a3b7-8f4d1c0f1b2e").email);
    }
}

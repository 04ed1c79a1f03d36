//! Texts as they are compared: case-folded (API 5.4), and as keys are made of them: without accents (API 1.6).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text case-folded: what sort keys and unique names hold.
#[must_use]
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// The text in lowercase without accents: compatibility forms are taken apart (NFKD) and combining marks dropped.
#[must_use]
pub fn unaccented(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::unaccented;

    #[test]
    fn accents_and_compatibility_forms_are_taken_off() {
        for (text, plain) in
            [("Café", "cafe"), ("Cafe\u{301}", "cafe"), ("ﬁle Ⅳ", "file iv"), ("İ", "i"), ("日本", "日本")]
        {
            assert_eq!(unaccented(text), plain);
        }
    }
}

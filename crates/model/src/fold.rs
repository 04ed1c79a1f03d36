//! Texts as they are compared: case-folded (API 5.4), and as keys are made of them: without accents (API 1.6).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text case-folded by code point: what sort keys and unique names hold. `Straße` and `STRASSE` are one text, `ς` and
/// `σ` one letter; accents stay.
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(fold).collect()
}

/// One character case-folded. Unicode's full folding (`CaseFolding.txt`, C and F) is what the small letter of the capital
/// letter of the small letter is, except for the dotless ı, whose capital is the I of the others.
pub(crate) fn fold(c: char) -> impl Iterator<Item = char> {
    let dotless = (c == 'ı').then_some(c);
    let others = if dotless.is_some() { None } else { Some(c) };
    let others = others.into_iter().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
    dotless.into_iter().chain(others.flat_map(char::to_lowercase))
}

/// The text in lowercase without accents: compatibility forms are taken apart (NFKD) and combining marks dropped.
#[must_use]
pub fn unaccented(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_case_alone_are_the_same() {
        let same =
            [("Straße", "STRASSE"), ("ΣΊΣΥΦΟΣ", "Σίσυφος"), ("ẞ", "ss"), ("Ǆ", "ǅ"), ("ﬁn", "FIN"), ("ÉCOLE", "école")];
        for (one, other) in same {
            assert_eq!(folded(one), folded(other), "{one} and {other}");
        }
        assert_ne!(folded("école"), folded("ecole"), "accents stay");
        assert_ne!(folded("ı"), folded("i"));
        assert_eq!(folded("Plain TEXT 1"), "plain text 1");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for c in '\0'..=char::MAX {
            let once = folded(c.encode_utf8(&mut [0; 4]));
            assert_eq!(folded(&once), once, "{c:?}");
        }
    }

    #[test]
    fn accents_and_compatibility_forms_are_taken_off() {
        for (text, plain) in
            [("Café", "cafe"), ("Cafe\u{301}", "cafe"), ("ﬁle Ⅳ", "file iv"), ("İ", "i"), ("日本", "日本")]
        {
            assert_eq!(unaccented(text), plain);
        }
    }
}

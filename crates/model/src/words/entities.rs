//! Character references of HTML. Of the named ones, those that can be part of a word; every other is what separates.

/// Names of letters and their characters, in order. The basic and Latin-1 sets of HTML 4, its Greek and extended Latin.
const LETTERS: [(&str, char); 127] = [
    ("AElig", 'Æ'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Agrave", 'À'),
    ("Alpha", 'Α'),
    ("Aring", 'Å'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Beta", 'Β'),
    ("Ccedil", 'Ç'),
    ("Chi", 'Χ'),
    ("Delta", 'Δ'),
    ("ETH", 'Ð'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Epsilon", 'Ε'),
    ("Eta", 'Η'),
    ("Euml", 'Ë'),
    ("Gamma", 'Γ'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Igrave", 'Ì'),
    ("Iota", 'Ι'),
    ("Iuml", 'Ï'),
    ("Kappa", 'Κ'),
    ("Lambda", 'Λ'),
    ("Mu", 'Μ'),
    ("Ntilde", 'Ñ'),
    ("Nu", 'Ν'),
    ("OElig", 'Œ'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Ograve", 'Ò'),
    ("Omega", 'Ω'),
    ("Omicron", 'Ο'),
    ("Oslash", 'Ø'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Phi", 'Φ'),
    ("Pi", 'Π'),
    ("Psi", 'Ψ'),
    ("Rho", 'Ρ'),
    ("Scaron", 'Š'),
    ("Sigma", 'Σ'),
    ("THORN", 'Þ'),
    ("Tau", 'Τ'),
    ("Theta", 'Θ'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'),
    ("Upsilon", 'Υ'),
    ("Uuml", 'Ü'),
    ("Xi", 'Ξ'),
    ("Yacute", 'Ý'),
    ("Yuml", 'Ÿ'),
    ("Zeta", 'Ζ'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("alpha", 'α'),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("beta", 'β'),
    ("ccedil", 'ç'),
    ("chi", 'χ'),
    ("circ", 'ˆ'),
    ("delta", 'δ'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("epsilon", 'ε'),
    ("eta", 'η'),
    ("eth", 'ð'),
    ("euml", 'ë'),
    ("fnof", 'ƒ'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gamma", 'γ'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("igrave", 'ì'),
    ("iota", 'ι'),
    ("iuml", 'ï'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("micro", 'µ'),
    ("mu", 'μ'),
    ("ntilde", 'ñ'),
    ("nu", 'ν'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("omega", 'ω'),
    ("omicron", 'ο'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("phi", 'φ'),
    ("pi", 'π'),
    ("psi", 'ψ'),
    ("rho", 'ρ'),
    ("scaron", 'š'),
    ("sigma", 'σ'),
    ("sigmaf", 'ς'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("tau", 'τ'),
    ("theta", 'θ'),
    ("thorn", 'þ'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("upsilon", 'υ'),
    ("uuml", 'ü'),
    ("xi", 'ξ'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("zeta", 'ζ'),
];

/// Characters between `&` and `;` that are looked at: the longest name above, and any code point with some zeros.
const NAME_BYTES_MAX: usize = 12;

/// The character that a reference at the beginning of `text` stands for, and its length; nothing when it is none.
pub(super) fn read(text: &str) -> Option<(char, usize)> {
    let length = text.bytes().take(NAME_BYTES_MAX + 2).position(|byte| byte == b';')?;
    let name = text.get(1..length)?;
    let c = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => char::from_u32(digits(hex, 16)?)?,
            None => char::from_u32(digits(number, 10)?)?,
        },
        None => match LETTERS.binary_search_by_key(&name, |(name, _)| name) {
            Ok(found) => LETTERS[found].1,
            Err(_) => symbol(name)?,
        },
    };
    (c != '\0').then_some((c, length + 1))
}

/// A number without a sign, which the library would accept.
fn digits(text: &str, radix: u32) -> Option<u32> {
    text.chars().all(|c| c.is_digit(radix)).then(|| u32::from_str_radix(text, radix).ok())?
}

/// Names that stand for no letter: in a search they all only separate.
fn symbol(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "shy" => '\u{AD}',
        "zwj" => '\u{200D}',
        "zwnj" => '\u{200C}',
        "nbsp" | "ensp" | "emsp" | "thinsp" | "ndash" | "mdash" | "hellip" | "bull" | "middot" | "lsquo" | "rsquo"
        | "sbquo" | "ldquo" | "rdquo" | "bdquo" | "laquo" | "raquo" | "lsaquo" | "rsaquo" | "copy" | "reg"
        | "trade" | "euro" | "pound" | "yen" | "cent" | "sect" | "para" | "deg" | "plusmn" | "times" | "divide"
        | "iexcl" | "iquest" | "larr" | "rarr" | "uarr" | "darr" | "harr" | "curren" | "brvbar" | "not" | "le"
        | "ge" | "ne" | "Dagger" | "dagger" | "permil" | "prime" | "Prime" | "minus" | "infin" | "check" | "lrm"
        | "rlm" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_short_enough() {
        assert!(LETTERS.is_sorted_by_key(|(name, _)| *name));
        assert!(LETTERS.iter().all(|(name, c)| name.len() <= NAME_BYTES_MAX && c.is_alphanumeric()));
    }

    #[test]
    fn references_are_read_to_their_end_and_no_further() {
        assert_eq!(read("&szlig;e"), Some(('ß', 7)));
        assert_eq!(read("&#x1F600;"), Some(('😀', 9)));
        assert_eq!(read("&nbsp;"), Some((' ', 6)));
        for none in ["&", "&;", "&x", "&#+65;", "&#x;", "&#55296;", "&aaaaaaaaaaaaaaaaaaaaaa;", "&Ã©;", "& amp;"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}

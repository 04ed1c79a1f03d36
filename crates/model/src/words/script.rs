//! What the search must know about characters beyond what Unicode's tables say.

/// Whether a character belongs to a script that is written without spaces between its words: Chinese and Japanese, Thai,
/// Lao, Khmer, Burmese. Korean is written with spaces, and what stands behind a word in it (particles, endings) is what
/// "begins with" is for: Hangul stays whole words. Of letters and digits only: their punctuation is among them.
pub(super) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' // Myanmar
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{2E80}'..='\u{2FDF}' // radicals
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}' | '\u{3038}'..='\u{303C}'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' // Hiragana
        | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // Katakana
        | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' // Bopomofo
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{1B000}'..='\u{1B16F}' // more Kana
        | '\u{20000}'..='\u{3FFFD}' // more Han
    )
}

/// Characters that nobody sees and that are in the middle of words: the soft hyphen, joiners, the byte order mark.
pub(super) const fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// A letter without its stroke: Unicode takes it for a letter of its own, who looks for it often has no key for it. The
/// dotless ı goes with the I that is its capital.
pub(super) const fn without_stroke(c: char) -> char {
    match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        'ı' => 'i',
        other => other,
    }
}

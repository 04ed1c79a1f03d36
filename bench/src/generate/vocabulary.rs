//! Words beyond those of the phrases: a large vocabulary of which, as in real texts, few words are common and most are
//! rare, and words that occur in a known number of tickets.

use super::rng::Rng;

/// Words of the vocabulary.
pub const WORDS: u64 = 40_000;

const ONSETS: [&str; 16] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const SYLLABLES: u64 = (ONSETS.len() * VOWELS.len()) as u64;

/// The word with a number: three syllables, different for each number below `WORDS`.
pub fn word(number: u64) -> String {
    let mut rest = number;
    let mut word = String::with_capacity(6);
    for _ in 0..3 {
        let place = usize::try_from(rest % SYLLABLES).unwrap_or_default();
        rest /= SYLLABLES;
        word.push_str(ONSETS[place / VOWELS.len()]);
        word.push_str(VOWELS[place % VOWELS.len()]);
    }
    word
}

/// A number of a word: the n-th word is drawn about 1/n as often as the first (Zipf's law).
pub fn draw(rng: &mut Rng) -> u64 {
    let unit = rng.below(1 << 32) as f64 / f64::from(u32::MAX);
    let number = (WORDS as f64).powf(unit) as u64;
    number.saturating_sub(1).min(WORDS - 1)
}

/// `count` drawn words as a sentence.
pub fn sentence(rng: &mut Rng, count: u64) -> String {
    let words: Vec<String> = (0..count).map(|_| word(draw(rng))).collect();
    format!("{}.", words.join(" "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_is_another_one() {
        let all: BTreeSet<String> = (0..WORDS).map(word).collect();
        assert_eq!(all.len() as u64, WORDS);
    }

    #[test]
    fn few_words_are_common_and_most_are_rare() {
        let mut rng = Rng::new(1);
        let drawn: Vec<u64> = (0..100_000).map(|_| draw(&mut rng)).collect();
        let first = drawn.iter().filter(|number| **number == 0).count();
        let distinct = drawn.iter().collect::<BTreeSet<_>>().len();
        assert!((5_000..10_000).contains(&first), "{first}");
        assert!(distinct > 15_000, "{distinct}");
    }
}

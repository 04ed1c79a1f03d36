//! The words of a text, for the search (API 5.4): one tokenizer for both databases, whose own disagree.
//!
//! Markup is dropped, characters are decomposed (NFKD), case-folded and lose their marks; what is left is split at
//! everything that is neither letter nor digit. Scripts that are written without spaces become pairs of characters.

mod entities;
mod markup;
mod script;

use std::collections::HashSet;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::fold::fold;

/// Distinct words of one text that can be found (API 5.4).
pub const WORDS_MAX: usize = 20_000;
/// Code points of a word that count; two words that differ only behind them are the same.
pub const WORD_CHARS_MAX: usize = 64;
/// Bytes of words that are written before they are told apart. A text of 1 MB gives at most 2.4 MB (pairs of Chinese
/// characters); only signs that stand for whole sentences, repeated without a space, give more, and what is behind is not found.
const WRITTEN_BYTES_MAX: usize = 3 * 1024 * 1024;

/// The distinct words of a text, which may be HTML, in the order of their first appearance; the first 20,000.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut splitter = Splitter::new(true);
    splitter.take(&markup::plain(text));
    splitter.finish()
}

/// The words of what somebody looks for: each must begin a word. One that begins another of them says nothing more and
/// is left out; the longest come first, since they are likely to be the rarest.
#[must_use]
pub fn query(text: &str) -> Vec<String> {
    let mut splitter = Splitter::new(false);
    splitter.take(text);
    let mut words = splitter.finish();
    // In the order of the alphabet a word stands right before those that it begins.
    words.sort_unstable();
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match kept.last_mut() {
            Some(last) if word.starts_with(last.as_str()) => *last = word,
            _ => kept.push(word),
        }
    }
    kept.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    kept
}

/// Writes words one behind the other into one text, a space after each, and tells them apart at the end.
#[derive(Debug)]
struct Splitter {
    out: String,
    /// Code points of the word that is being written.
    length: usize,
    /// The character before this one, when it belongs to a run of a script without spaces.
    before: Option<char>,
    /// How many there are in the run.
    run: usize,
    /// Whether the last character of such a run stands alone as well, so that whoever looks for it alone finds it.
    last_alone: bool,
}

impl Splitter {
    const fn new(last_alone: bool) -> Self {
        Self { out: String::new(), length: 0, before: None, run: 0, last_alone }
    }

    fn take(&mut self, text: &str) {
        self.out.reserve(text.len());
        // Most of a long text has been there before, and gives the same words again.
        let mut taken = HashSet::new();
        for part in text.split_ascii_whitespace().filter(|part| taken.insert(*part)) {
            for c in part.chars() {
                self.take_char(c);
                if self.out.len() > WRITTEN_BYTES_MAX {
                    return;
                }
            }
            self.end();
        }
    }

    fn take_char(&mut self, c: char) {
        if c.is_ascii() {
            self.ascii(c);
        } else {
            // Marks are dropped, so their order does not matter, and each character can be decomposed alone.
            decompose_compatible(c, |part| {
                for folded in fold(part) {
                    decompose_compatible(folded, |c| self.folded(c));
                }
            });
        }
    }

    fn ascii(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.letter(c.to_ascii_lowercase());
        } else {
            self.end();
        }
    }

    fn folded(&mut self, c: char) {
        if c.is_ascii() {
            self.ascii(c);
        } else if is_combining_mark(c) || script::is_ignored(c) {
            // Nothing is left of it, and it does not split a word.
        } else if !c.is_alphanumeric() {
            self.end();
        } else if script::is_unspaced(c) {
            self.unspaced(c);
        } else {
            self.letter(script::without_stroke(c));
        }
    }

    fn letter(&mut self, c: char) {
        if self.before.is_some() {
            self.end();
        }
        if self.length < WORD_CHARS_MAX {
            self.out.push(c);
        }
        self.length += 1;
    }

    fn unspaced(&mut self, c: char) {
        if self.length > 0 {
            self.end();
        }
        if let Some(before) = self.before {
            self.out.extend([before, c, ' ']);
        }
        self.before = Some(c);
        self.run += 1;
    }

    fn end(&mut self) {
        if self.length > 0 {
            self.out.push(' ');
            self.length = 0;
        }
        if let Some(last) = self.before.take() {
            if self.last_alone || self.run == 1 {
                self.out.extend([last, ' ']);
            }
            self.run = 0;
        }
    }

    fn finish(self) -> Vec<String> {
        let mut seen = HashSet::with_capacity(self.out.len().min(WORDS_MAX * 8) / 6);
        let distinct = self.out.split_ascii_whitespace().filter(|word| seen.insert(*word));
        distinct.take(WORDS_MAX).map(str::to_owned).collect()
    }
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;

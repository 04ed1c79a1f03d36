//! Titles and texts put together from the phrases.

use super::phrases::{CLOSINGS, DETAILS, OPENINGS, SUBJECTS, TITLES};
use super::rng::Rng;

/// What a ticket is about.
pub fn subject(rng: &mut Rng) -> &'static str {
    rng.pick(&SUBJECTS)
}

/// A title about `subject`.
pub fn title(rng: &mut Rng, subject: &str) -> String {
    let title = rng.pick(&TITLES).replace("{}", subject);
    let mut letters = title.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A message about `subject`: mostly three or four sentences, sometimes one, sometimes a dozen.
pub fn message(rng: &mut Rng, subject: &str) -> String {
    let mut text = rng.pick(&OPENINGS).replace("{}", subject);
    let details = match rng.below(10) {
        0 => 1,
        1..=6 => 2 + rng.below(3),
        7 | 8 => 5 + rng.below(3),
        _ => 9 + rng.below(5),
    };
    text.push_str("\n\n");
    text.push_str(&sentences(rng, details));
    text.push_str("\n\n");
    text.push_str(rng.pick(&CLOSINGS));
    text
}

/// `count` sentences of detail.
pub fn sentences(rng: &mut Rng, count: u64) -> String {
    (0..count).map(|_| rng.pick(&DETAILS)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_a_lifelike_length() {
        let mut rng = Rng::new(7);
        let lengths: Vec<usize> = (0..2_000).map(|_| message(&mut rng, "the invoice").chars().count()).collect();
        let average = lengths.iter().sum::<usize>() / lengths.len();
        assert!((300..=600).contains(&average), "{average}");
        assert!(lengths.iter().any(|length| *length < 220));
        assert!(lengths.iter().any(|length| *length > 900));
    }
}

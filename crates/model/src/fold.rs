//! Texts as they are compared: case-folded (API 5.4).

/// The text case-folded: what sort keys and unique names hold.
#[must_use]
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

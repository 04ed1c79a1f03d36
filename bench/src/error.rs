//! The one error type of this crate: a sentence with its cause. Nothing here recovers by kind of error.

use std::error::Error;

/// What went wrong, to be printed once by `main`.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Result with a printable failure.
pub type Result<T> = std::result::Result<T, Failure>;

/// Says what was being done when a lower error came up.
pub trait Context<T> {
    /// Puts `doing` in front of the error's own text.
    fn context(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: std::fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| format!("{}: {error}", doing()).into())
    }
}

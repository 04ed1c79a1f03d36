//! What the rules answer when something cannot be done.

use dispatch_model::Errors;
use dispatch_store as store;

/// Why a request is refused. The texts are for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fields that are wrong.
    Invalid(Errors),
    /// Nothing there, or nothing that this caller may know of.
    NotFound,
    /// No credential that works, or a sign-in that does not.
    Unknown(String),
    /// The second factor of a sign-in is missing or wrong.
    SecondFactor(&'static str),
    /// Inside the scope, but not theirs to do.
    Forbidden(String),
    /// The state of things forbids it.
    Conflict(String),
    /// Larger than it may be.
    TooLarge(String),
    /// The idempotency key was used with another body.
    KeyReused,
}

/// A refusal, or a failure below the rules.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The caller can do something about it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The caller cannot.
    #[error(transparent)]
    Database(#[from] store::Error),
}

/// The usual result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl store::Failure for Error {
    fn database(&self) -> Option<&store::Error> {
        match self {
            Self::Database(error) => Some(error),
            Self::Refused(_) => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Errors> for Error {
    fn from(errors: Errors) -> Self {
        Self::Refused(Refusal::Invalid(errors))
    }
}

/// One wrong field.
pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Error {
    Errors::one(field, message).into()
}

/// A state that forbids it.
pub(crate) fn conflict(message: impl Into<String>) -> Error {
    Refusal::Conflict(message.into()).into()
}

/// Not theirs to do.
pub(crate) fn forbidden(message: impl Into<String>) -> Error {
    Refusal::Forbidden(message.into()).into()
}

/// A sign-in, link or session that does not work.
pub(crate) fn unknown(message: impl Into<String>) -> Error {
    Refusal::Unknown(message.into()).into()
}

/// The thing, or that there is none.
pub(crate) trait Found<T> {
    /// The thing itself.
    fn found(self) -> Result<T>;
}

impl<T> Found<T> for Option<T> {
    fn found(self) -> Result<T> {
        self.ok_or_else(|| Refusal::NotFound.into())
    }
}

//! What can go wrong below the rules.

/// Why the database could not do something.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Too many writes are waiting; try again soon.
    #[error("the write queue is full")]
    Busy,
    /// The database cannot be reached, or cannot write: disk full, I/O error, connection lost.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Two writers met: the operation can run again and will see what the other one did.
    #[error("conflicting writes: {0}")]
    Again(String),
    /// A bug: bad SQL, a row that cannot be read, an operation that waited on the database thread or panicked.
    #[error("{0}")]
    Bug(String),
}

/// The usual result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of a layer above that may carry one of ours: the seam must know whether an operation can run again.
pub trait Failure: From<Error> + Send + 'static {
    /// The database's error in it, if that is what it is.
    fn database(&self) -> Option<&Error>;
}

impl Failure for Error {
    fn database(&self) -> Option<&Error> {
        Some(self)
    }
}

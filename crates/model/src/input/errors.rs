//! The problems found in one request, each with its path.

use serde::Serialize;
use utoipa::ToSchema;

use crate::limits::ERRORS_MAX;

/// One problem: the path of the field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Path of the field, such as `title`, `customFields.plan` or `tagIds[1]`; a query parameter by its name.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl From<Vec<FieldError>> for Errors {
    fn from(mut all: Vec<FieldError>) -> Self {
        all.truncate(ERRORS_MAX);
        Self(all)
    }
}

/// Every problem of a request, at most [`ERRORS_MAX`] of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    /// Adds a problem. Those beyond the limit are not kept.
    pub fn push(&mut self, field: impl Into<String>, message: impl Into<String>) {
        if self.0.len() < ERRORS_MAX {
            self.0.push(FieldError { field: field.into(), message: message.into() });
        }
    }

    /// One problem alone.
    #[must_use]
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.push(field, message);
        errors
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many problems were found.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// `Err` with all problems, if there is one.
    ///
    /// # Errors
    /// The problems themselves.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The problems.
    #[must_use]
    pub fn into_vec(self) -> Vec<FieldError> {
        self.0
    }
}

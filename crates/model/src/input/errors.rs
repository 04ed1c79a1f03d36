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
        Self { problems: all, ignored: Vec::new() }
    }
}

/// Every problem of a request, at most [`ERRORS_MAX`] of them; and what is no problem but not known either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    problems: Vec<FieldError>,
    ignored: Vec<String>,
}

impl Errors {
    /// Adds a problem. Those beyond the limit are not kept.
    pub fn push(&mut self, field: impl Into<String>, message: impl Into<String>) {
        if self.problems.len() < ERRORS_MAX {
            self.problems.push(FieldError { field: field.into(), message: message.into() });
        }
    }

    /// Notes a field inside an object that is not known (API 1.1). Those beyond the limit are not kept.
    pub fn ignore(&mut self, field: String) {
        if self.ignored.len() < ERRORS_MAX {
            self.ignored.push(field);
        }
    }

    /// The paths of fields that were not known, which are forgotten here.
    pub fn take_ignored(&mut self) -> Vec<String> {
        std::mem::take(&mut self.ignored)
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
        self.problems.is_empty()
    }

    /// How many problems were found.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.problems.len()
    }

    /// `Err` with all problems, if there is one.
    ///
    /// # Errors
    /// The problems themselves.
    pub fn into_result(self) -> Result<(), Self> {
        if self.problems.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The problems.
    #[must_use]
    pub fn into_vec(self) -> Vec<FieldError> {
        self.problems
    }
}

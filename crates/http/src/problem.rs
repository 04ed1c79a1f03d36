//! Errors as the API tells them (API 1.5): one table of codes, one shape.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use dispatch_desk::{Error, Refusal};
use dispatch_model::{Errors, FieldError};
use dispatch_store as store;
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! codes {
    ($($variant:ident $text:literal $status:ident $meaning:literal;)*) => {
        /// A kind of error.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $( #[doc = $meaning] $variant, )* }

        /// Every code with its status and its meaning; the API document and the docs are made from it.
        pub const CODES: &[(Code, &str, StatusCode, &str)] =
            &[$( (Code::$variant, $text, StatusCode::$status, $meaning), )*];

        impl Code {
            /// The code as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )* }
            }

            /// Its HTTP status.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $( Self::$variant => StatusCode::$status, )* }
            }
        }
    };
}

codes! {
    Validation "validation_error" BAD_REQUEST "Malformed JSON, wrong type, missing or bad value, unknown enum, unknown reference in a body.";
    Authentication "authentication_error" UNAUTHORIZED "No credential, or one that is unknown, revoked or expired.";
    Forbidden "forbidden" FORBIDDEN "The role is too low, the request comes from another page than ours, or a signed link is altered or expired.";
    NotFound "not_found" NOT_FOUND "Unknown route or object, or outside the scope.";
    Conflict "conflict" CONFLICT "Duplicate unique value, or a state or a limit that forbids the action.";
    IdempotencyMismatch "idempotency_mismatch" CONFLICT "The idempotency key was used with another body.";
    PayloadTooLarge "payload_too_large" PAYLOAD_TOO_LARGE "The body or the file is over its limit.";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "A Content-Type that the route does not read.";
    RateLimit "rate_limit_error" TOO_MANY_REQUESTS "The bucket is empty; see Retry-After.";
    Server "server_error" INTERNAL_SERVER_ERROR "A bug; nothing was committed.";
    Unavailable "unavailable" SERVICE_UNAVAILABLE "A dependency is down or busy; see Retry-After.";
}

/// An error on its way to the caller.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What kind it is.
    pub code: Code,
    /// One plain sentence for the caller.
    pub message: String,
    /// The wrong fields.
    pub errors: Vec<FieldError>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

/// The body of every error.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Error)]
pub struct ErrorBody<'a> {
    /// What kind it is.
    pub code: &'a str,
    /// One plain sentence.
    pub message: &'a str,
    /// Every wrong field, at most 50.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    #[schema(required = false, max_items = 50)]
    pub errors: &'a [FieldError],
    /// The id of the request, as in `X-Request-Id`.
    pub request_id: &'a str,
}

impl Problem {
    /// A problem without fields.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), errors: Vec::new(), retry_after: None }
    }

    /// Nothing there.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "There is nothing here, or nothing that this credential reaches.")
    }

    /// Fields that are wrong.
    #[must_use]
    pub fn invalid(errors: Errors) -> Self {
        let errors = errors.into_vec();
        let count = errors.len();
        let fields = if count == 1 { "field" } else { "fields" };
        Self {
            code: Code::Validation,
            message: format!("The request has {count} invalid {fields}."),
            errors,
            retry_after: None,
        }
    }

    /// Come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem as a reply.
    #[must_use]
    pub fn response(&self, request_id: &str) -> Response {
        let body = ErrorBody { code: self.code.as_str(), message: &self.message, errors: &self.errors, request_id };
        let mut response = json(self.code.status(), serde_json::to_string(&body).unwrap_or_default());
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.code == Code::Authentication {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A JSON reply.
pub(crate) fn json(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A header of ours. Its name is lowercase, as HTTP/2 wants it.
pub(crate) const fn named(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(Refusal::Invalid(errors)) => Self::invalid(errors),
            Error::Refused(Refusal::NotFound) => Self::not_found(),
            Error::Refused(Refusal::Unknown(message)) => Self::new(Code::Authentication, message),
            Error::Refused(Refusal::SecondFactor(why)) => Self {
                errors: Errors::one("totpCode", why).into_vec(),
                ..Self::new(Code::Authentication, "A code of the second factor is needed besides.")
            },
            Error::Refused(Refusal::Forbidden(message)) => Self::new(Code::Forbidden, message),
            Error::Refused(Refusal::Conflict(message)) => Self::new(Code::Conflict, message),
            Error::Refused(Refusal::TooLarge(message)) => Self::new(Code::PayloadTooLarge, message),
            Error::Refused(Refusal::KeyReused) => {
                Self::new(Code::IdempotencyMismatch, "This idempotency key was used with another body.")
            }
            Error::Database(error) => Self::from(error),
        }
    }
}

impl From<store::Error> for Problem {
    /// What the caller may know; the rest is for the log, once.
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Busy => {
                Self::new(Code::Unavailable, "Too many writes are waiting; try again soon.").retry_after(1)
            }
            store::Error::Unavailable(why) => {
                tracing::error!(error = %why, "the database is unavailable");
                Self::new(Code::Unavailable, "The database is unavailable; try again soon.").retry_after(2)
            }
            store::Error::Again(why) => {
                tracing::warn!(error = %why, "an operation met other writers too often");
                Self::new(Code::Unavailable, "Others write to the same place; try again.").retry_after(1)
            }
            store::Error::Bug(why) => {
                tracing::error!(error = %why, "a bug");
                Self::new(Code::Server, "Something went wrong here; nothing was changed.")
            }
        }
    }
}

//! What goes into a statement and what comes out of a row, on either database.

use dispatch_model::{
    AccountId, AttachmentId, AutomationId, BrandId, CategoryId, CommentId, CompanyId, ConnectionId, CustomerId,
    DeliveryId, EventId, FeedbackId, FieldId, InviteId, JsonText, KeyId, MailId, MemberId, RewriteId, RunId, SessionId,
    StatusId, TagId, TicketId, Timestamp, WatcherId, WebhookId,
};

use crate::{Error, Result, conn::Row};

/// A parameter of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// bigint, INTEGER.
    Int(i64),
    /// boolean; 0 or 1 on SQLite.
    Bool(bool),
    /// text.
    Text(&'a str),
    /// bytea, BLOB.
    Bytes(&'a [u8]),
}

/// A parameter that is kept until its statement has been carried out.
#[derive(Clone, Debug)]
pub(crate) enum OwnedValue {
    Null,
    Int(i64),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
}

impl OwnedValue {
    /// The bytes that it takes, about.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Int(_) | Self::Bool(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

impl From<&Value<'_>> for OwnedValue {
    fn from(value: &Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(value) => Self::Int(*value),
            Value::Bool(value) => Self::Bool(*value),
            Value::Text(text) => Self::Text((*text).to_owned()),
            Value::Bytes(bytes) => Self::Bytes((*bytes).to_owned()),
        }
    }
}

impl Bind for OwnedValue {
    fn bind(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(value) => Value::Int(*value),
            Self::Bool(value) => Value::Bool(*value),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

/// Something that can be a parameter.
pub trait Bind {
    /// It as a parameter.
    fn bind(&self) -> Value<'_>;
}

impl Bind for i64 {
    fn bind(&self) -> Value<'_> {
        Value::Int(*self)
    }
}
impl Bind for bool {
    fn bind(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}
impl Bind for str {
    fn bind(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Bind for String {
    fn bind(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Bind for [u8] {
    fn bind(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Bind for Vec<u8> {
    fn bind(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Bind for Timestamp {
    fn bind(&self) -> Value<'_> {
        Value::Int(self.as_millis())
    }
}
impl Bind for JsonText {
    fn bind(&self) -> Value<'_> {
        Value::Text(self.as_str())
    }
}
impl Bind for Value<'_> {
    fn bind(&self) -> Value<'_> {
        *self
    }
}
impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Bind::bind)
    }
}
impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value<'_> {
        (**self).bind()
    }
}

/// Builds the parameters of a statement.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$( $crate::Bind::bind(&$value) ),*] };
}

/// The columns of one row, read from left to right in the order of the SELECT.
#[derive(Debug)]
pub struct Columns<'r> {
    row: Row<'r>,
    at: usize,
}

impl<'r> Columns<'r> {
    pub(crate) const fn new(row: Row<'r>) -> Self {
        Self { row, at: 0 }
    }

    /// The next column.
    ///
    /// # Errors
    /// [`Error::Bug`] when the column is not of this type: the SELECT and the reading differ.
    pub fn take<T: FromColumn>(&mut self) -> Result<T> {
        let at = self.at;
        self.at += 1;
        T::from_column(&self.row, at)
    }

    /// Passes over `count` columns.
    pub const fn skip(&mut self, count: usize) {
        self.at += count;
    }
}

/// Something that can be read from a column.
pub trait FromColumn: Sized {
    /// Reads it from column `at`.
    ///
    /// # Errors
    /// [`Error::Bug`] when the column is of another type.
    fn from_column(row: &Row<'_>, at: usize) -> Result<Self>;
}

fn not_null<T>(value: Option<T>, at: usize) -> Result<T> {
    value.ok_or_else(|| Error::Bug(format!("column {at} is null")))
}

macro_rules! columns {
    ($($ty:ty, $get:ident, $make:expr;)*) => {$(
        impl FromColumn for $ty {
            fn from_column(row: &Row<'_>, at: usize) -> Result<Self> {
                not_null(row.$get(at)?, at).map($make)
            }
        }
        impl FromColumn for Option<$ty> {
            fn from_column(row: &Row<'_>, at: usize) -> Result<Self> {
                Ok(row.$get(at)?.map($make))
            }
        }
    )*};
}
columns! {
    i64, int, |value| value;
    bool, bool, |value| value;
    String, text, |value| value;
    Vec<u8>, bytes, |value| value;
    Timestamp, int, Timestamp::from_millis;
    JsonText, text, JsonText::stored;
}

macro_rules! ids {
    ($($ty:ty)*) => {$(
        impl Bind for $ty {
            fn bind(&self) -> Value<'_> {
                Value::Text(&self.0)
            }
        }
        columns! { $ty, text, <$ty>::from; }
    )*};
}
ids! {
    AccountId AttachmentId AutomationId BrandId CategoryId CommentId CompanyId ConnectionId CustomerId DeliveryId
    EventId FeedbackId FieldId InviteId KeyId MailId MemberId RewriteId RunId SessionId StatusId TagId TicketId
    WatcherId WebhookId
}

/// The only column of a row.
///
/// # Errors
/// [`Error::Bug`] when it is of another type.
pub fn only<T: FromColumn>(row: &mut Columns<'_>) -> Result<T> {
    row.take()
}

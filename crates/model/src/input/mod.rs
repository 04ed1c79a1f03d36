//! How a request body becomes values that cannot be wrong.
//!
//! [`input!`](crate::input!) declares a body once; from it come the struct, the reading (every problem is found, each
//! with its path), the list of known fields and the schema in the API document. PATCH has three states per field,
//! and they are the mode of the field: `change` (absent or a value) and `patch` (absent, null or a value).

mod body;
mod errors;
mod parse;
mod query;
pub mod schema;

pub use body::{Malformed, parse_object};
pub use errors::{Errors, FieldError};
pub use parse::{Parse, int, nested, nested_with_rest, string};
pub use query::{PREFIXED_MAX, Params, QueryValue, Repeated};

use serde_json::{Map, Value};
use utoipa::openapi::{Object, RefOr, Schema};

/// One field of a PATCH that can be cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field was left out: unchanged.
    #[default]
    Keep,
    /// The field was null: cleared.
    Clear,
    /// The field has a new value.
    Set(T),
}

impl<T> Patch<T> {
    /// The value after the patch, given the value before it.
    pub fn or(self, old: Option<T>) -> Option<T> {
        match self {
            Self::Keep => old,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Whether the field was left out.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The same patch by reference.
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }
}

impl<T: Into<String>> Patch<T> {
    /// The same patch with plain text.
    pub fn text(self) -> Patch<String> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value.into()),
        }
    }
}

/// A request body.
pub trait Input: Sized + Send + 'static {
    /// The name of its schema.
    const NAME: &'static str;
    /// Whether a field must be there, so that an empty body cannot do.
    const REQUIRED: bool;
    /// Takes its fields out of `object`; what is left over is not known. `None` when `errors` has grown.
    fn read(object: &mut Map<String, Value>, errors: &mut Errors) -> Option<Self>;
    /// Its schema for the API document.
    fn schema() -> Object;
    /// What its fields ask of each other, as members of a JSON schema; for the API document.
    fn rule() -> Option<&'static str> {
        None
    }
    /// A body as somebody may send it, as JSON; for the API document.
    fn example() -> Option<&'static str> {
        None
    }
}

/// How the fields of a body are read; used by [`input!`](crate::input!).
pub mod mode {
    use super::{Errors, Map, Parse, Patch, Value};

    /// A field that must be there.
    pub fn required<T: Parse>(object: &mut Map<String, Value>, at: &str, errors: &mut Errors) -> Option<T> {
        match object.shift_remove(at) {
            None | Some(Value::Null) => {
                errors.push(at, "is required");
                None
            }
            Some(value) => T::parse(value, at, errors),
        }
    }

    /// A field of a create: absent and null are the same.
    pub fn optional<T: Parse>(object: &mut Map<String, Value>, at: &str, errors: &mut Errors) -> Option<Option<T>> {
        match object.shift_remove(at) {
            None | Some(Value::Null) => Some(None),
            Some(value) => T::parse(value, at, errors).map(Some),
        }
    }

    /// A field of a PATCH that cannot be null.
    pub fn change<T: Parse>(object: &mut Map<String, Value>, at: &str, errors: &mut Errors) -> Option<Option<T>> {
        match object.shift_remove(at) {
            None => Some(None),
            Some(Value::Null) => {
                errors.push(at, "must not be null");
                None
            }
            Some(value) => T::parse(value, at, errors).map(Some),
        }
    }

    /// A field of a PATCH that can be cleared.
    pub fn patch<T: Parse>(object: &mut Map<String, Value>, at: &str, errors: &mut Errors) -> Option<Patch<T>> {
        match object.shift_remove(at) {
            None => Some(Patch::Keep),
            Some(Value::Null) => Some(Patch::Clear),
            Some(value) => T::parse(value, at, errors).map(Patch::Set),
        }
    }

    /// A field whose feature is not built yet: null and its default are accepted, anything else is refused.
    pub fn later(object: &mut Map<String, Value>, at: &str, default: &str, errors: &mut Errors) -> Option<()> {
        let Some(value) = object.shift_remove(at) else { return Some(()) };
        if value.is_null() || serde_json::from_str::<Value>(default).is_ok_and(|default| default == value) {
            return Some(());
        }
        errors.push(at, "not available yet");
        None
    }
}

/// Adds one field to a body's schema; used by [`input!`](crate::input!).
#[must_use]
pub fn describe(schema: RefOr<Schema>, doc: &[&str], nullable: bool) -> RefOr<Schema> {
    schema::described(schema, &prose(doc), nullable)
}

/// The lines of a doc comment as one text.
#[must_use]
pub fn prose(doc: &[&str]) -> String {
    doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// Declares a request body, with an example for the API document. See the module's documentation.
#[macro_export]
macro_rules! input {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident {
            $( $(#[doc = $doc:literal])* $field:ident $wire:literal: $mode:ident $ty:ty, )*
        }
        $( rule $rule:literal; )?
        $( example $example:literal; )?
        $( later { $( $later:literal = $default:literal, )* } )?
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $( $(#[doc = $doc])* pub $field: $crate::input!(@type $mode $ty), )*
        }

        impl $crate::Input for $name {
            const NAME: &'static str = stringify!($name);
            const REQUIRED: bool = false $( || $crate::input!(@required $mode) )*;

            fn read(
                object: &mut serde_json::Map<String, serde_json::Value>,
                errors: &mut $crate::Errors,
            ) -> Option<Self> {
                let _ = &object; // a body without fields reads nothing
                $( let $field = $crate::input::mode::$mode::<$ty>(object, $wire, errors); )*
                $($( $crate::input::mode::later(object, $later, $default, errors); )*)?
                errors.is_empty().then_some(())?;
                Some(Self { $( $field: $field?, )* })
            }

            fn schema() -> utoipa::openapi::Object {
                let about: &[&str] = &[$($about),*];
                let object = utoipa::openapi::ObjectBuilder::new().description(Some($crate::input::prose(about)));
                $(
                    let object = object.property(
                        $wire,
                        $crate::input::describe(
                            <$ty as $crate::input::Parse>::schema(),
                            &[$($doc),*],
                            $crate::input!(@nullable $mode),
                        ),
                    );
                    let object = if $crate::input!(@required $mode) { object.required($wire) } else { object };
                )*
                $($( let object = object.property($later, $crate::input::schema::later($default)); )*)?
                object.build()
            }

            $(
                fn rule() -> Option<&'static str> {
                    Some($rule)
                }
            )?

            $(
                fn example() -> Option<&'static str> {
                    Some($example)
                }
            )?
        }
    };
    (@type required $ty:ty) => { $ty };
    (@type optional $ty:ty) => { Option<$ty> };
    (@type change $ty:ty) => { Option<$ty> };
    (@type patch $ty:ty) => { $crate::Patch<$ty> };
    (@required required) => { true };
    (@required $other:ident) => { false };
    (@nullable patch) => { true };
    (@nullable optional) => { true };
    (@nullable $other:ident) => { false };
}

input! {
    /// A body that no field is read from.
    pub struct NoBody {}
}

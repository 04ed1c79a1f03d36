//! Texts that cannot be wrong: names, addresses, keys, colors, links, free JSON (API 1.6, 1.10).

use std::ops::Deref;

use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};

use crate::{
    JsonText, Timestamp,
    input::{Errors, Parse, int, nested, schema, string},
    limits::{CC_MAX, JSON_BYTES_MAX, LINKS_MAX, TEXT_BYTES_MAX},
};

/// An address: one `@`, and none of what separates or quotes addresses.
const ADDRESS: &str = r#"^[^\s@,;<>"\u0000-\u001f\u007f-\u009f]+@[^\s@,;<>"\u0000-\u001f\u007f-\u009f]+$"#;
/// Labels between dots.
const DOMAIN: &str = r#"^[^\s@,;<>"/:\\.\u0000-\u001f\u007f-\u009f]+(\.[^\s@,;<>"/:\\.\u0000-\u001f\u007f-\u009f]+)*$"#;
/// An absolute http or https address with a host.
const HTTP_URL: &str = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#\u0000-\u001f\u007f-\u009f][^\s\u0000-\u001f\u007f-\u009f]*$";

/// Trimmed text of `MIN` to `MAX` code points, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<const MIN: usize, const MAX: usize>(String);

/// Text as it was sent, of `MIN` to `MAX` code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim<const MIN: usize, const MAX: usize>(String);

/// The name of anything: 1-200.
pub type Name = Text<1, 200>;
/// A description: at most 1,000.
pub type Description = Verbatim<0, 1000>;

macro_rules! plain_text {
    ($name:ident, $trim:expr, $schema:expr) => {
        impl<const MIN: usize, const MAX: usize> Parse for $name<MIN, MAX> {
            fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
                let text = string(value, at, errors)?;
                let text = if $trim { one_line(&text, at, errors)? } else { text };
                length(&text, MIN, MAX, at, errors)?;
                Some(Self(text))
            }

            fn schema() -> RefOr<Schema> {
                $schema(MIN, MAX)
            }
        }

        impl<const MIN: usize, const MAX: usize> Deref for $name<MIN, MAX> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MIN: usize, const MAX: usize> From<$name<MIN, MAX>> for String {
            fn from(text: $name<MIN, MAX>) -> Self {
                text.0
            }
        }
    };
}
plain_text!(Text, true, schema::line);
plain_text!(Verbatim, false, schema::text);

/// Text of one line, trimmed: control characters would break the mails, logs and tables that show it.
fn one_line(text: &str, at: &str, errors: &mut Errors) -> Option<String> {
    let text = text.trim();
    if text.contains(char::is_control) {
        errors.push(at, "must not contain control characters");
        return None;
    }
    Some(text.to_owned())
}

fn length(text: &str, min: usize, max: usize, at: &str, errors: &mut Errors) -> Option<()> {
    // Counting is only needed when the bytes leave room for doubt.
    let count = if text.len() <= max && text.len() > min * 4 { max } else { text.chars().count() };
    if count < min {
        errors.push(
            at,
            if min == 1 { "must not be empty".to_owned() } else { format!("must have at least {min} characters") },
        );
        None
    } else if count > max {
        errors.push(at, format!("must have at most {max} characters"));
        None
    } else {
        Some(())
    }
}

/// A text type with one field and its own check: the check answers the value or says what is wrong.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $schema:expr, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Reads the text.
            ///
            /// # Errors
            /// What is wrong with it, in words for the caller.
            pub fn new(text: &str) -> Result<Self, String> {
                let check: fn(&str) -> Result<String, String> = $check;
                check(text).map(Self)
            }
        }
        impl Parse for $name {
            fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
                let text = string(value, at, errors)?;
                Self::new(&text).map_err(|message| errors.push(at, message)).ok()
            }
            fn schema() -> RefOr<Schema> {
                $schema
            }
        }
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

checked_text! {
    /// The title of a ticket: trimmed, 1-500, line breaks become spaces.
    Title, schema::shaped(r"^[^\s\u0000][^\u0000]*$", 1, 500), |text| {
        let one_line = text.replace("\r\n", " ").replace(['\r', '\n', '\u{2028}', '\u{2029}'], " ");
        let title = one_line.trim();
        match title.chars().count() {
            0 => Err("must not be empty".to_owned()),
            1..=500 => Ok(title.to_owned()),
            _ => Err("must have at most 500 characters".to_owned()),
        }
    }
}

checked_text! {
    /// The body of a ticket: as it was sent, at most 1 MB.
    LongText, schema::text(0, TEXT_BYTES_MAX), |text| {
        if text.len() > TEXT_BYTES_MAX { Err("must have at most 1 MB".to_owned()) } else { Ok(text.to_owned()) }
    }
}

checked_text! {
    /// The body of a comment: as it was sent, 1 character to 1 MB.
    CommentBody, schema::text(1, TEXT_BYTES_MAX), |text| {
        if text.is_empty() { Err("must not be empty".to_owned()) }
        else if text.len() > TEXT_BYTES_MAX { Err("must have at most 1 MB".to_owned()) }
        else { Ok(text.to_owned()) }
    }
}

checked_text! {
    /// An email address: trimmed, lowercased, at most 320, one `@`.
    Email, schema::shaped(ADDRESS, 3, 320), |text| {
        let address = text.trim().to_lowercase();
        let (local, domain) = address.split_once('@').unwrap_or_default();
        let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@,;<>\"".contains(c));
        if address.chars().count() > 320 { Err("must have at most 320 characters".to_owned()) }
        else if plain(local) && plain(domain) { Ok(address) }
        else { Err("must be an email address".to_owned()) }
    }
}

checked_text! {
    /// The domain of email addresses: trimmed, lowercased, at most 253 (RFC 1035, 2.3.4).
    Domain, schema::shaped(DOMAIN, 1, 253), |text| {
        let domain = text.trim().to_lowercase();
        let label = |label: &str| !label.is_empty()
            && !label.contains(|c: char| c.is_whitespace() || c.is_control() || "@,;<>\"/:\\".contains(c));
        if domain.chars().count() > 253 { Err("must have at most 253 characters".to_owned()) }
        else if domain.split('.').all(label) { Ok(domain) }
        else { Err("must be a domain like example.com".to_owned()) }
    }
}

checked_text! {
    /// A color: `#rrggbb`, lowercase out.
    Color, schema::pattern("^#[0-9a-fA-F]{6}$"), |text| {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { Ok(text.to_ascii_lowercase()) }
        else { Err("must be a color like #3b82f6".to_owned()) }
    }
}

/// Words that filters use, so that no key may be one of them (API 1.6).
const RESERVED_KEYS: [&str; 7] = ["active", "inactive", "all", "any", "null", "me", "unassigned"];

/// Longest key.
pub const KEY_MAX: usize = 50;

checked_text! {
    /// The key of a status, category or custom field: lowercase letters, digits and underscores, not a reserved word.
    Key, schema::pattern_but("^[a-z][a-z0-9_]{0,49}$", &RESERVED_KEYS), |text| {
        let key = text.trim();
        let shape = key.len() <= KEY_MAX && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if !shape { Err("must be 1-50 lowercase letters, digits and underscores, starting with a letter".to_owned()) }
        else if RESERVED_KEYS.contains(&key) { Err(format!("must not be one of: {}", RESERVED_KEYS.join(", "))) }
        else { Ok(key.to_owned()) }
    }
}

checked_text! {
    /// The key of a custom field, as `customFields` has it: also with capital letters (`orderId`).
    FieldKey, schema::pattern_but("^[A-Za-z][A-Za-z0-9_]{0,49}$", &RESERVED_KEYS), |text| {
        let key = text.trim();
        let shape = key.len() <= 50 && key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !shape { Err("must be 1-50 letters, digits and underscores, starting with a letter".to_owned()) }
        else if RESERVED_KEYS.contains(&key) { Err(format!("must not be one of: {}", RESERVED_KEYS.join(", "))) }
        else { Ok(key.to_owned()) }
    }
}

checked_text! {
    /// A source: `^[a-z0-9_-]{1,32}$`, an open list.
    Source, schema::pattern("^[a-z0-9_-]{1,32}$"), |text| {
        if (1..=32).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-')) {
            Ok(text.to_owned())
        } else { Err("must be 1-32 lowercase letters, digits, underscores and hyphens".to_owned()) }
    }
}

checked_text! {
    /// An absolute http or https address, at most 2,048.
    Url, schema::shaped(HTTP_URL, 8, 2048), |text| {
        let lower = text.to_ascii_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or_default();
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        if text.chars().count() > 2048 { Err("must have at most 2,048 characters".to_owned()) }
        else if host.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            Err("must be an http or https address".to_owned())
        } else { Ok(text.to_owned()) }
    }
}

checked_text! {
    /// An id, key or number that refers to something; opaque, so only its length is bounded.
    Reference, schema::line(1, 200), |text| {
        let text = text.trim();
        if text.is_empty() { Err("must not be empty".to_owned()) }
        else if text.contains(char::is_control) { Err("must not contain control characters".to_owned()) }
        else if text.chars().count() > 200 { Err("must have at most 200 characters".to_owned()) }
        else { Ok(text.to_owned()) }
    }
}

/// A JSON object of the caller's own making, at most 64 KB.
impl Parse for JsonText {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        if !value.is_object() {
            errors.push(at, "must be an object");
            return None;
        }
        let before = errors.len();
        refuse_nul(&value, at, errors);
        if errors.len() > before {
            return None;
        }
        let text = Self::of(&value);
        if text.as_str().len() > JSON_BYTES_MAX {
            errors.push(at, "must have at most 64 KB");
            return None;
        }
        Some(text)
    }

    fn schema() -> RefOr<Schema> {
        schema::object()
    }
}

pub(crate) fn refuse_nul(value: &Value, at: &str, errors: &mut Errors) {
    match value {
        Value::String(text) if text.contains('\0') => errors.push(at, "must not contain U+0000"),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                refuse_nul(item, &format!("{at}[{index}]"), errors);
            }
        }
        Value::Object(members) => {
            for (key, item) in members {
                if key.contains('\0') {
                    errors.push(at, "must not contain U+0000");
                }
                refuse_nul(item, &format!("{at}.{key}"), errors);
            }
        }
        _ => {}
    }
}

impl Parse for Timestamp {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        let found = Self::parse(text.trim());
        if found.is_none() {
            errors.push(at, "must be a time like 2026-01-02T03:04:05Z");
        }
        found
    }

    fn schema() -> RefOr<Schema> {
        schema::moment()
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Parse for Int<MIN, MAX> {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        int(&value, MIN, MAX, at, errors).map(Self)
    }

    fn schema() -> RefOr<Schema> {
        schema::int(MIN, MAX)
    }
}

/// A list of at most `MAX` values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T, const MAX: usize>(pub Vec<T>);

impl<T: Parse, const MAX: usize> Parse for List<T, MAX> {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let Value::Array(items) = value else {
            errors.push(at, "must be a list");
            return None;
        };
        if items.len() > MAX {
            errors.push(at, format!("must have at most {MAX} items"));
            return None;
        }
        let count = items.len();
        let values: Vec<T> = items
            .into_iter()
            .enumerate()
            .filter_map(|(index, item)| T::parse(item, &format!("{at}[{index}]"), errors))
            .collect();
        (values.len() == count).then_some(Self(values))
    }

    fn schema() -> RefOr<Schema> {
        schema::list(T::schema(), MAX)
    }
}

/// A list of at most `MAX` values that names everything there is once; what is missing or repeated is found where it is
/// looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each<T, const MAX: usize>(pub Vec<T>);

impl<T: Parse, const MAX: usize> Parse for Each<T, MAX> {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        List::<T, MAX>::parse(value, at, errors).map(|List(values)| Self(values))
    }

    fn schema() -> RefOr<Schema> {
        schema::unique(schema::list(T::schema(), MAX))
    }
}

/// A list of 1 to `MAX` values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonEmpty<T, const MAX: usize>(pub Vec<T>);

impl<T: Parse, const MAX: usize> Parse for NonEmpty<T, MAX> {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let List(values) = List::<T, MAX>::parse(value, at, errors)?;
        if values.is_empty() {
            errors.push(at, "must have at least one item");
            return None;
        }
        Some(Self(values))
    }

    fn schema() -> RefOr<Schema> {
        schema::non_empty(T::schema(), MAX)
    }
}

/// The addresses in copy of a comment.
pub type Cc = List<Email, CC_MAX>;
/// The links of a ticket or comment.
pub type Links = List<Link, LINKS_MAX>;

/// A link (API 1.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Link {
    /// Where it leads.
    #[schema(value_type = String, max_length = 2048)]
    pub url: Url,
    /// What it is called.
    pub title: Option<String>,
    /// What kind of thing it leads to.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

crate::input! {
    /// A link in a request; its url alone will do.
    pub struct LinkInput {
        /// Where it leads: http or https.
        url "url": required Url,
        /// What it is called.
        title "title": optional Text<0, 500>,
        /// What kind of thing it leads to.
        kind "type": optional Text<0, 50>,
    }
}

impl Parse for Link {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        match value {
            Value::String(_) => Some(Self { url: Url::parse(value, at, errors)?, title: None, kind: None }),
            Value::Object(_) => nested::<LinkInput>(value, at, errors).map(|link| Self {
                url: link.url,
                title: link.title.map(String::from),
                kind: link.kind.map(String::from),
            }),
            _ => {
                errors.push(at, "must be a link: a url, or an object with a url");
                None
            }
        }
    }

    fn schema() -> RefOr<Schema> {
        schema::any_of([Url::schema(), <LinkInput as crate::Input>::schema().into()])
    }
}

/// An enum of texts: the list of its values is written once, for reading, writing and the API document.
#[macro_export]
macro_rules! text_enum {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $( $(#[$vdoc:meta])* $variant:ident = $text:literal $(| $alias:literal)*, )* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$vdoc])* $variant, )* }

        impl $name {
            /// Every value, as it is written.
            pub const ALL: &'static [&'static str] = &[$($text),*];
            /// Every value that is read, other words for some included.
            pub const READ: &'static [&'static str] = &[$($text),* $($(, $alias)*)*];

            /// The value as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )* }
            }

            /// Reads a value.
            ///
            /// # Errors
            /// A message that names the allowed values.
            pub fn read(text: &str) -> Result<Self, String> {
                match text {
                    $( $text $(| $alias)* => Ok(Self::$variant), )*
                    _ => Err(format!("must be one of: {}", Self::ALL.join(", "))),
                }
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl $crate::input::Parse for $name {
            fn parse(value: serde_json::Value, at: &str, errors: &mut $crate::Errors) -> Option<Self> {
                let text = $crate::input::string(value, at, errors)?;
                Self::read(text.trim()).map_err(|message| errors.push(at, message)).ok()
            }
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::input::schema::one_of(Self::READ)
            }
        }
        impl $crate::input::QueryValue for $name {
            fn read(text: &str) -> Result<Self, String> {
                Self::read(text)
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let about: &[&str] = &[$($doc),*];
                $crate::input::schema::described($crate::input::schema::one_of(Self::ALL), &$crate::input::prose(about), false)
            }
        }
        impl utoipa::ToSchema for $name {}
    };
}

/// `text` cut to `max` code points, and whether anything was cut.
#[must_use]
pub fn cut(text: &str, max: usize) -> (&str, bool) {
    if text.len() <= max {
        return (text, false);
    }
    text.char_indices().nth(max).map_or((text, false), |(end, _)| (&text[..end], true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_are_trimmed_lowercased_and_have_one_at() {
        assert_eq!(Email::new(" Jane@Example.COM ").map(String::from), Ok("jane@example.com".to_owned()));
        for wrong in ["", "jane", "@x", "x@", "a@b@c", "a b@c", "a@b\u{7}", &format!("{}@x", "a".repeat(320))] {
            assert!(Email::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn domains_are_trimmed_and_lowercased() {
        assert_eq!(Domain::new(" Mail.Example.COM ").map(String::from), Ok("mail.example.com".to_owned()));
        for wrong in ["", ".", "a..b", ".a", "a.", "@a.b", "a b", "https://a.b", "a/b", "a\u{7}.b", &"a".repeat(254)] {
            assert!(Domain::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_hold_no_control_characters() {
        let mut errors = Errors::default();
        assert!(Name::parse("a\tb".into(), "name", &mut errors).is_none());
        assert!(Name::parse(" a b\n".into(), "name", &mut errors).is_some(), "ends are trimmed");
        assert_eq!(errors.len(), 1);
        assert!(Reference::new("a\u{1b}").is_err());
    }

    #[test]
    fn titles_are_one_line_and_count_code_points() {
        assert_eq!(Title::new(" a\r\nb\nc ").map(String::from), Ok("a b c".to_owned()));
        assert!(Title::new(&"é".repeat(500)).is_ok());
        assert!(Title::new(&"é".repeat(501)).is_err());
        assert!(Title::new(" \n ").is_err());
    }

    #[test]
    fn keys_are_plain_and_not_reserved() {
        assert!(Key::new("in_progress").is_ok());
        for wrong in ["", "In", "1a", "a-b", "active", "null", &"a".repeat(51)] {
            assert!(Key::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn cutting_counts_code_points() {
        assert_eq!(cut("äöü", 2), ("äö", true));
        assert_eq!(cut("äöü", 3), ("äöü", false));
    }
}

//! From the bytes of a body to the members of its object, or to the place where it is not JSON (API 1.1).

use serde_json::{Map, Value, error::Category};

use crate::limits::JSON_DEPTH_MAX;

/// Why a body is not a JSON object; the text is for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

/// Reads a body. Nothing at all is an empty object.
///
/// # Errors
/// [`Malformed`] with line and column when it is not JSON or nested too deeply, or when it is not an object.
pub fn parse_object(bytes: &[u8]) -> Result<Map<String, Value>, Malformed> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    check_shape(bytes)?;
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(other) => Err(Malformed(format!("The body must be a JSON object, not {}.", kind(&other)))),
        Err(error) => Err(malformed(bytes, &error)),
    }
}

/// What a JSON value is called in messages.
pub(super) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn malformed(bytes: &[u8], error: &serde_json::Error) -> Malformed {
    let what = match error.classify() {
        Category::Eof => "it ends too early".to_owned(),
        // serde_json ends its text with the place, which is said below in our own words.
        _ => error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
    };
    let (line, column) = match (error.line(), error.column()) {
        // serde_json has read a line break that it did not expect: say the line that ends with it.
        (line, 0) if line > 1 => {
            let before = bytes.split(|byte| *byte == b'\n').nth(line - 2).map_or(0, <[u8]>::len);
            (line - 1, before + 1)
        }
        found => found,
    };
    Malformed(format!("Malformed JSON at line {line}, column {column}: {what}."))
}

/// Names of members that serde_json takes for its own: it would read a number or raw JSON where an object was sent.
const READER_NAMES: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

/// Whether `bytes` begin with one of [`READER_NAMES`] in quotes, and go on with a colon.
fn is_reader_name(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\"$") && !bytes.starts_with(b"\"\\") {
        return false;
    }
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<String>();
    let is_one = values.next().is_some_and(|name| name.is_ok_and(|name| READER_NAMES.contains(&name.as_str())));
    is_one && bytes[values.byte_offset()..].trim_ascii_start().starts_with(b":")
}

/// Refuses nesting deeper than [`JSON_DEPTH_MAX`] before anything recurses over it, and names of [`READER_NAMES`].
fn check_shape(bytes: &[u8]) -> Result<(), Malformed> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (true, b'"') => in_string = false,
            (true, _) => {}
            (false, b'"') if is_reader_name(&bytes[at..]) => {
                let (line, column) = place(&bytes[..at]);
                return Err(Malformed(format!("The name at line {line}, column {column} is reserved.")));
            }
            (false, b'"') => in_string = true,
            (false, b'{' | b'[') => {
                depth += 1;
                if depth > JSON_DEPTH_MAX {
                    let (line, column) = place(&bytes[..at]);
                    return Err(Malformed(format!(
                        "Malformed JSON at line {line}, column {column}: nested deeper than {JSON_DEPTH_MAX} levels."
                    )));
                }
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Line and column, both from 1, of the byte behind `before`.
fn place(before: &[u8]) -> (usize, usize) {
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &[u8]) -> String {
        parse_object(body).expect_err("must be refused").0
    }

    #[test]
    fn malformed_bodies_name_line_and_column() {
        assert_eq!(message(b"{\n  \"a\": tru }"), "Malformed JSON at line 2, column 11: expected ident.");
        assert!(message(b"{\"a\": 1").starts_with("Malformed JSON at line 1, column 7: it ends too early"));
        assert!(message(b"{\"a\": \"\xff\"}").contains("line 1, column"));
        assert!(message(br#"{"a": "\ud800"}"#).contains("line 1, column"), "a lone surrogate");
        assert!(
            message(b"{\n\"a\": tru\n}").starts_with("Malformed JSON at line 2, column 9: "),
            "not line 3, column 0"
        );
        assert_eq!(message(b"[1]"), "The body must be a JSON object, not a list.");
    }

    #[test]
    fn nesting_is_refused_at_33_levels_and_not_at_32() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        assert!(parse_object(nested(32).as_bytes()).is_ok());
        assert!(message(nested(33).as_bytes()).contains("column 37: nested deeper than 32"));
        assert!(parse_object(br#"{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"["}"#).is_ok());
    }

    #[test]
    fn names_of_the_reader_itself_are_refused_however_they_are_spelled() {
        for name in [
            "$serde_json::private::Number",
            "$serde_json::private::RawValue",
            "\\u0024serde_json::private::R\\u0061wValue",
        ] {
            let body = format!("{{\"a\": {{ \"{name}\" : \"1\"}}}}");
            assert_eq!(message(body.as_bytes()), "The name at line 1, column 9 is reserved.");
        }
        assert!(
            parse_object(br#"{"a":"$serde_json::private::Number","b":"\\x"}"#).is_ok(),
            "a text may say what it likes"
        );
    }

    #[test]
    fn no_body_is_an_empty_object() {
        assert_eq!(parse_object(b""), Ok(Map::new()));
        assert!(message(b" \n").contains("it ends too early"), "white space is no JSON");
    }
}

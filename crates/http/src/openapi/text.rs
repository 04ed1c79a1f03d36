//! How the document is laid out: what fits into a line stands in one.

use serde_json::Value;

/// Columns of a line.
const WIDTH: usize = 120;

/// The value as text with two spaces per level.
pub(super) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, 0, &mut out);
    out
}

/// Writes a value that begins at `column` of a line at this level.
fn write(value: &Value, level: usize, column: usize, out: &mut String) {
    let simple = !matches!(value, Value::Array(_) | Value::Object(_));
    if simple || room_after(value, WIDTH.saturating_sub(column + 1)).is_some() {
        out.push_str(&one_line(value));
        return;
    }
    let inner = "  ".repeat(level + 1);
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    out.push(open);
    let named = value.as_object().into_iter().flatten().map(|(name, member)| (format!("{}: ", quoted(name)), member));
    let items = value.as_array().into_iter().flatten().map(|item| (String::new(), item));
    for (place, (name, member)) in named.chain(items).enumerate() {
        out.push_str(if place > 0 { ",\n" } else { "\n" });
        out.push_str(&inner);
        out.push_str(&name);
        write(member, level + 1, inner.len() + name.chars().count(), out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(level));
    out.push(close);
}

/// What is left of so many columns when the value stands in them; `None` when it does not fit.
fn room_after(value: &Value, room: usize) -> Option<usize> {
    match value {
        Value::Array(items) => {
            // Brackets, and a comma with a space between two.
            let room = room.checked_sub(2 + items.len().saturating_sub(1) * 2)?;
            items.iter().try_fold(room, |room, item| room_after(item, room))
        }
        Value::Object(members) => {
            let room = room.checked_sub(4 + members.len().saturating_sub(1) * 2)?;
            members.iter().try_fold(room, |room, (name, member)| {
                room_after(member, room.checked_sub(quoted(name).chars().count() + 2)?)
            })
        }
        Value::String(text) if text.len() > 4 * WIDTH => None,
        simple => room.checked_sub(simple.to_string().chars().count()),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let all: Vec<String> =
                members.iter().map(|(name, member)| format!("{}: {}", quoted(name), one_line(member))).collect();
            format!("{{ {} }}", all.join(", "))
        }
        simple => simple.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_fits_stands_in_one_line_and_the_text_says_the_same() {
        let long = "x".repeat(100);
        let value = json!({ "a": [1, { "b": null }], "c": { "long": long, "d": "ä\"" }, "e": {}, "f": [] });
        let text = pretty(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert!(text.contains("\n  \"a\": [1, { \"b\": null }],\n"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }
}

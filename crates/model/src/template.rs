//! Texts with placeholders such as `{{ticket.title}}` (API 18): what automations say in other places. A value is escaped for the
//! place that it goes to; what stands around it is the author's own and stays as it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    limits::{PLACEHOLDER_CHARS_MAX, PLACEHOLDERS_MAX},
    text::cut,
};

/// Every placeholder but those of custom fields.
pub const PLACEHOLDERS: [&str; 13] = [
    "ticket.ticketNumber",
    "ticket.title",
    "ticket.status",
    "ticket.priority",
    "ticket.url",
    "customer.name",
    "customer.email",
    "assignee.name",
    "category.name",
    "comment.body",
    "changes.status.old",
    "changes.status.new",
    "brand.name",
];
/// How the placeholder of a custom field begins; its key follows.
pub const CUSTOM_FIELD: &str = "ticket.customFields.";

/// Whether a placeholder of this name stands for something.
#[must_use]
pub fn is_known(name: &str) -> bool {
    PLACEHOLDERS.contains(&name) || name.strip_prefix(CUSTOM_FIELD).is_some_and(|key| !key.is_empty())
}

/// How values are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// For HTML, inside elements and quoted attributes.
    Html,
    /// For the inside of a JSON string.
    Json,
    /// For the text of a Slack message, so that no value becomes a link or calls anybody.
    Slack,
    /// Not at all.
    Plain,
}

impl Escape {
    /// A value as it stands in its place.
    #[must_use]
    pub fn apply(self, value: &str) -> String {
        match self {
            Self::Plain => value.to_owned(),
            Self::Slack => value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            Self::Html => Self::Slack.apply(value).replace('"', "&quot;").replace('\'', "&#39;"),
            Self::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
        }
    }
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// As it was written.
    Text(String),
    /// The name of a placeholder, known or not.
    Placeholder(String),
}

/// A text with placeholders, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    source: String,
    parts: Vec<Part>,
}

impl Template {
    /// Reads a text. A placeholder that is not known is none of its mistakes: it stands for nothing.
    ///
    /// # Errors
    /// A placeholder without an end, or too many of them; in words for the caller.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (mut parts, mut rest, mut placeholders) = (Vec::new(), text, 0);
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                return Err("has a {{ without its }}".to_owned());
            };
            placeholders += 1;
            if placeholders > PLACEHOLDERS_MAX {
                return Err(format!("must have at most {PLACEHOLDERS_MAX} placeholders"));
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Placeholder(name.trim().to_owned()));
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { source: text.to_owned(), parts })
    }

    /// Reads a text that is JSON once its placeholders have values: they stand inside of its strings.
    ///
    /// # Errors
    /// What is wrong with it, in words for the caller.
    pub fn parse_json(text: &str) -> Result<Self, String> {
        let template = Self::parse(text)?;
        // No letter can follow a backslash or end a string, so that what holds with this one holds with any value.
        let sample = template.written(&|_| Some("x".to_owned()), Escape::Json);
        match serde_json::from_str::<serde::de::IgnoredAny>(&sample) {
            Ok(_) => Ok(template),
            Err(error) => Err(format!(
                "must be JSON, with placeholders inside of strings alone: line {}, column {} (each placeholder counted as one letter)",
                error.line(),
                error.column()
            )),
        }
    }

    /// The text as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of its placeholders that are known, in their order; one that repeats does so here.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Placeholder(name) if is_known(name) => Some(name.as_str()),
            Part::Placeholder(_) | Part::Text(_) => None,
        })
    }

    /// The text with values in the place of its placeholders. `values` is asked for known ones alone; what has no value, and what
    /// is not known, becomes nothing. A value has at most 10,000 characters.
    #[must_use]
    pub fn render(&self, values: &impl Fn(&str) -> Option<String>, escape: Escape) -> String {
        self.written(&|name| if is_known(name) { values(name) } else { None }, escape)
    }

    fn written(&self, values: &dyn Fn(&str) -> Option<String>, escape: Escape) -> String {
        let mut written = String::with_capacity(self.source.len());
        for part in &self.parts {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Placeholder(name) => {
                    let value = values(name).unwrap_or_default();
                    written.push_str(&escape.apply(cut(&value, PLACEHOLDER_CHARS_MAX).0));
                }
            }
        }
        written
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn rendered(text: &str, escape: Escape) -> String {
        let values = |name: &str| match name {
            "ticket.title" => Some("a<b> & \"c\" 'd'\n\\".to_owned()),
            "ticket.customFields.plan" => Some("pro".to_owned()),
            "secret" => Some("never asked for".to_owned()),
            _ => None,
        };
        Template::parse(text).expect("a template").render(&values, escape)
    }

    #[test]
    fn values_take_the_place_of_placeholders_and_the_rest_stays() {
        assert_eq!(
            rendered("<{{ticket.customFields.plan}}> {{ ticket.customFields.plan }}", Escape::Html),
            "<pro> pro"
        );
        assert_eq!(rendered("none", Escape::Html), "none");
        assert_eq!(rendered("", Escape::Html), "");
        assert_eq!(rendered("} }} {a} {{{ticket.customFields.plan}}}", Escape::Plain), "} }} {a} }");
    }

    #[test]
    fn what_is_not_known_or_has_no_value_is_nothing() {
        for name in
            ["customer.name", "secret", "", "ticket", "ticket.customFields.", "ticket.customFields", "Ticket.title"]
        {
            assert_eq!(rendered(&format!("a{{{{{name}}}}}b"), Escape::Plain), "ab", "{name}");
        }
    }

    #[test]
    fn a_value_is_escaped_for_its_place() {
        let of = |escape| rendered("{{ticket.title}}", escape);
        assert_eq!(of(Escape::Plain), "a<b> & \"c\" 'd'\n\\");
        assert_eq!(of(Escape::Slack), "a&lt;b&gt; &amp; \"c\" 'd'\n\\");
        assert_eq!(of(Escape::Html), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n\\");
        assert_eq!(of(Escape::Json), r#"a<b> & \"c\" 'd'\n\\"#);
    }

    #[test]
    fn a_placeholder_has_an_end_and_there_are_not_too_many() {
        assert!(Template::parse("a {{ticket.title").is_err());
        assert!(Template::parse("a {{ticket.title}").is_err());
        assert!(Template::parse(&"{{x}}".repeat(PLACEHOLDERS_MAX)).is_ok());
        assert!(Template::parse(&"{{x}}".repeat(PLACEHOLDERS_MAX + 1)).is_err());
        let long = Template::parse("{{ticket.title}}").expect("a template");
        assert_eq!(long.render(&|_| Some("ä".repeat(20_000)), Escape::Plain).chars().count(), PLACEHOLDER_CHARS_MAX);
    }

    #[test]
    fn the_known_names_are_told() {
        let template = Template::parse("{{a}} {{brand.name}} {{ticket.customFields.x}} {{brand.name}}").expect("one");
        assert_eq!(template.names().collect::<Vec<_>>(), ["brand.name", "ticket.customFields.x", "brand.name"]);
    }

    #[test]
    fn a_json_template_is_json_whatever_the_values_are() {
        for (text, good) in [
            (r#"{ "title": "{{ticket.title}}", "n": 1 }"#, true),
            (r#"["{{a}}{{b}}", "x {{ticket.title}} y"]"#, true),
            (r#"{ "{{brand.name}}": true }"#, true),
            (r#"{ "a": {} }"#, true),
            (r#""{{ticket.title}}""#, true),
            ("1", true),
            ("", false),
            ("{{ticket.title}}", false),
            (r#"{ "n": {{ticket.customFields.n}} }"#, false),
            (r#"{ "a": "\{{ticket.title}}" }"#, false),
            (r#"{ "a": "\u00{{ticket.title}}" }"#, false),
            (r#"{ "a": 1, }"#, false),
            (r#"{ "a": 1 } x"#, false),
            (r#"{ "a": "{{ticket.title" }"#, false),
        ] {
            let read = Template::parse_json(text);
            assert_eq!(read.is_ok(), good, "{text} {read:?}");
            let Ok(template) = read else { continue };
            for value in ["", "\"", "\\", "\u{0}\u{1f}\u{7f}\u{2028}", "\\u", "}}", "{{ticket.title}}", "é\u{1F600}"] {
                let json = template.render(&|_| Some(value.to_owned()), Escape::Json);
                assert!(serde_json::from_str::<Value>(&json).is_ok(), "{text} {value:?} {json}");
            }
        }
        let read = Template::parse_json("{\n \"n\": {{ticket.title}}\n}").expect_err("no string");
        assert!(read.contains("line 2, column 7"), "{read}");
    }

    proptest::proptest! {
        /// Whatever a value is, it comes out of the JSON as it went in.
        #[test]
        fn a_value_comes_out_of_json_as_it_went_in(value in ".{0,200}") {
            let template = Template::parse_json(r#"{ "v": "<{{ticket.title}}>" }"#).expect("a template");
            let json = template.render(&|_| Some(value.clone()), Escape::Json);
            let read: Value = serde_json::from_str(&json).expect("JSON");
            proptest::prop_assert_eq!(read, serde_json::json!({ "v": format!("<{value}>") }));
        }
    }
}

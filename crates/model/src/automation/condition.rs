//! Conditions: which fields there are, what can be asked of them, and what they are compared with.

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    Errors, Timestamp,
    comment::AuthorType,
    event::{ActorType, EventSource},
    input::{Parse, nested, schema, string},
    limits::{CONDITION_CHARS_MAX, CONDITION_VALUES_MAX, CONDITIONS_MAX},
    text::{List, cut},
    ticket::{CloseReason, Priority},
};

crate::text_enum! {
    /// What a condition asks.
    pub enum Op {
        /// The same.
        Eq = "eq",
        /// Not the same.
        Ne = "ne",
        /// One of a list.
        In = "in",
        /// None of a list.
        Nin = "nin",
        /// Holds this text, or this member.
        Contains = "contains",
        /// Does not.
        NotContains = "not_contains",
        /// Begins with this text.
        StartsWith = "starts_with",
        /// More, later, more urgent.
        Gt = "gt",
        /// The same or more.
        Gte = "gte",
        /// Less, earlier, less urgent.
        Lt = "lt",
        /// The same or less.
        Lte = "lte",
        /// Has no value.
        IsEmpty = "is_empty",
        /// Has a value.
        IsNotEmpty = "is_not_empty",
        /// The event changed it.
        Changed = "changed",
        /// The event changed it to this, or to one of these.
        ChangedTo = "changed_to",
        /// The event changed it from this, or from one of these.
        ChangedFrom = "changed_from",
    }
}

/// What kind of values a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A priority.
    Priority,
    /// True or false.
    Flag,
    /// A time.
    Time,
    /// A number.
    Number,
    /// A list of texts.
    List,
    /// Any JSON: a custom field.
    Any,
}

/// How the name of a custom field begins.
const CUSTOM: &str = "customFields.";

macro_rules! fields {
    ($($variant:ident = $name:literal: $kind:expr;)*) => {
        /// What a condition looks at.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Field {
            $(
                #[doc = concat!("`", $name, "`.")]
                $variant,
            )*
            /// A custom field of the ticket.
            Custom(String),
        }

        impl Field {
            /// Every name but those of custom fields.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Its name.
            #[must_use]
            pub fn name(&self) -> String {
                match self {
                    $( Self::$variant => $name.to_owned(), )*
                    Self::Custom(key) => format!("{CUSTOM}{key}"),
                }
            }

            /// What kind of values it has.
            #[must_use]
            pub const fn kind(&self) -> FieldKind {
                match self {
                    $( Self::$variant => $kind, )*
                    Self::Custom(_) => FieldKind::Any,
                }
            }

            /// The field with this name.
            #[must_use]
            pub fn read(name: &str) -> Option<Self> {
                match name {
                    $( $name => Some(Self::$variant), )*
                    _ => {
                        let key = name.strip_prefix(CUSTOM)?;
                        (!key.is_empty() && key.chars().count() <= CONDITION_CHARS_MAX).then(|| Self::Custom(key.to_owned()))
                    }
                }
            }
        }
    };
}

fields! {
    Status = "status": FieldKind::Text;
    Priority = "priority": FieldKind::Priority;
    Title = "title": FieldKind::Text;
    Body = "body": FieldKind::Text;
    Source = "source": FieldKind::Text;
    CreatedBy = "createdBy": FieldKind::Text;
    CloseReason = "closeReason": FieldKind::Choice(CloseReason::ALL);
    IsSpam = "isSpam": FieldKind::Flag;
    AssigneeId = "assigneeId": FieldKind::Text;
    AssigneeEmail = "assigneeEmail": FieldKind::Text;
    CustomerId = "customerId": FieldKind::Text;
    CustomerEmail = "customerEmail": FieldKind::Text;
    CustomerName = "customerName": FieldKind::Text;
    CompanyId = "companyId": FieldKind::Text;
    CompanyName = "company.name": FieldKind::Text;
    CategoryId = "categoryId": FieldKind::Text;
    CategoryKey = "category.key": FieldKind::Text;
    TagIds = "tagIds": FieldKind::List;
    Tags = "tags": FieldKind::List;
    DueAt = "dueAt": FieldKind::Time;
    CreatedAt = "createdAt": FieldKind::Time;
    CommentBody = "comment.body": FieldKind::Text;
    CommentAuthorType = "comment.authorType": FieldKind::Choice(AuthorType::ALL);
    CommentAuthorEmail = "comment.authorEmail": FieldKind::Text;
    CommentIsInternal = "comment.isInternal": FieldKind::Flag;
    EventSource = "event.source": FieldKind::Choice(EventSource::ALL);
    EventActorType = "event.actorType": FieldKind::Choice(ActorType::ALL);
    FeedbackRating = "feedback.rating": FieldKind::Number;
}

impl Parse for Field {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let name = string(value, at, errors)?;
        let found = Self::read(name.trim());
        if found.is_none() {
            let shown = cut(&name, 100).0;
            errors.push(at, format!("unknown field {shown}; there are: {}, {CUSTOM}<key>", Self::NAMES.join(", ")));
        }
        found
    }

    fn schema() -> RefOr<Schema> {
        schema::any_of([schema::one_of(Self::NAMES), schema::pattern(r"^customFields\.[^\u0000]{1,1000}$")])
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl Op {
    /// Whether it makes sense for values of this kind.
    const fn fits(self, kind: FieldKind) -> bool {
        use FieldKind::{Any, List, Number, Priority, Text, Time};
        match self {
            Self::Contains | Self::NotContains => matches!(kind, Text | List | Any),
            Self::StartsWith => matches!(kind, Text | Any),
            Self::Gt | Self::Gte | Self::Lt | Self::Lte => matches!(kind, Priority | Time | Number | Any),
            _ => true,
        }
    }

    /// Whether it compares with nothing.
    #[must_use]
    pub const fn is_alone(self) -> bool {
        matches!(self, Self::IsEmpty | Self::IsNotEmpty | Self::Changed)
    }

    /// Whether it asks what the event changed.
    #[must_use]
    pub const fn is_about_change(self) -> bool {
        matches!(self, Self::Changed | Self::ChangedTo | Self::ChangedFrom)
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Cond {
    /// What it looks at.
    #[schema(value_type = String)]
    pub field: Field,
    /// What it asks.
    pub op: Op,
    /// What it compares with; null where there is nothing to compare.
    #[schema(value_type = Value, required = true)]
    pub value: Option<Value>,
}

crate::input! {
    /// One condition.
    pub struct CondInput {
        /// What it looks at.
        field "field": required Field,
        /// What it asks.
        op "op": required Op,
        /// What it compares with: a text, a number, true or false, or a list of these.
        value "value": optional CondValue,
    }
}

/// A value of a condition as it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct CondValue(Value);

impl Parse for CondValue {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        crate::text::refuse_nul(&value, at, errors);
        (errors.len() == before).then_some(Self(value))
    }

    fn schema() -> RefOr<Schema> {
        let plain = || schema::any_of([schema::text(1, CONDITION_CHARS_MAX), schema::number(), schema::boolean()]);
        schema::any_of([plain(), schema::non_empty(plain(), CONDITION_VALUES_MAX)])
    }
}

impl Parse for Cond {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let CondInput { field, op, value } = nested(value, at, errors)?;
        let kind = field.kind();
        if !op.fits(kind) {
            let fitting: Vec<&str> =
                Op::ALL.iter().copied().filter(|name| Op::read(name).is_ok_and(|op| op.fits(kind))).collect();
            let message = format!("does not fit {}; there are: {}", field.name(), fitting.join(", "));
            errors.push(format!("{at}.op"), message);
            return None;
        }
        let at = format!("{at}.value");
        let value = match value {
            Some(CondValue(_)) if op.is_alone() => {
                errors.push(at, format!("must be left out for {}", op.as_str()));
                return None;
            }
            None if op.is_alone() => None,
            None => {
                errors.push(at, format!("is required for {}", op.as_str()));
                return None;
            }
            Some(CondValue(value)) => Some(compared(kind, op, value, &at, errors)?),
        };
        Some(Self { field, op, value })
    }

    fn schema() -> RefOr<Schema> {
        <CondInput as crate::Input>::schema().into()
    }
}

/// What a condition compares with: a value of the field's kind, or a list of them where the question takes one.
fn compared(kind: FieldKind, op: Op, value: Value, at: &str, errors: &mut Errors) -> Option<Value> {
    let list = match op {
        Op::In | Op::Nin => Some(true),
        Op::ChangedTo | Op::ChangedFrom => Some(false),
        Op::Eq | Op::Ne if kind == FieldKind::List => Some(false),
        _ => None,
    };
    match (value, list) {
        (Value::Array(items), Some(_)) => {
            if items.is_empty() || items.len() > CONDITION_VALUES_MAX {
                errors.push(at, format!("must have 1 to {CONDITION_VALUES_MAX} items"));
                return None;
            }
            let (count, mut all) = (items.len(), Vec::new());
            for (index, item) in items.into_iter().enumerate() {
                all.extend(scalar(kind, item, &format!("{at}[{index}]"), errors));
            }
            (all.len() == count).then_some(Value::Array(all))
        }
        (_, Some(true)) => {
            errors.push(at, "must be a list");
            None
        }
        (value, _) => scalar(kind, value, at, errors),
    }
}

fn scalar(kind: FieldKind, value: Value, at: &str, errors: &mut Errors) -> Option<Value> {
    match kind {
        FieldKind::Text | FieldKind::List => text(value, at, errors).map(Value::String),
        FieldKind::Choice(choices) => {
            let text = text(value, at, errors)?;
            if let Some(found) = choices.iter().find(|choice| choice.eq_ignore_ascii_case(text.trim())) {
                return Some(Value::String((*found).to_owned()));
            }
            // AGENT is another word for STAFF (API 1.3).
            if choices == AuthorType::ALL && text.trim().eq_ignore_ascii_case("agent") {
                return Some(Value::String(AuthorType::Staff.as_str().to_owned()));
            }
            errors.push(at, format!("must be one of: {}", choices.join(", ")));
            None
        }
        FieldKind::Priority => Priority::parse(value, at, errors).map(|found| Value::String(found.as_str().to_owned())),
        FieldKind::Flag => bool::parse(value, at, errors).map(Value::Bool),
        FieldKind::Time => {
            <Timestamp as Parse>::parse(value.clone(), at, errors)?;
            Some(value)
        }
        FieldKind::Number if value.is_number() => Some(value),
        FieldKind::Number => {
            errors.push(at, "must be a number");
            None
        }
        FieldKind::Any => match value {
            Value::Bool(_) | Value::Number(_) => Some(value),
            Value::String(_) => text(value, at, errors).map(Value::String),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                errors.push(at, "must be a text, a number, true or false");
                None
            }
        },
    }
}

fn text(value: Value, at: &str, errors: &mut Errors) -> Option<String> {
    let text = string(value, at, errors)?;
    if text.is_empty() {
        errors.push(at, "must not be empty");
        return None;
    }
    if text.chars().count() > CONDITION_CHARS_MAX {
        errors.push(at, format!("must have at most {CONDITION_CHARS_MAX} characters"));
        return None;
    }
    Some(text)
}

/// When an automation goes on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Conditions {
    /// All of these hold.
    pub all: Vec<Cond>,
    /// At least one of these holds, unless there are none.
    pub any: Vec<Cond>,
}

crate::input! {
    /// When an automation goes on; always when both lists are empty.
    pub struct ConditionsInput {
        /// All of these hold.
        all "all": optional List<Cond, CONDITIONS_MAX>,
        /// At least one of these holds, unless there are none.
        any "any": optional List<Cond, CONDITIONS_MAX>,
    }
}

impl Parse for Conditions {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let ConditionsInput { all, any } = nested(value, at, errors)?;
        let list = |list: Option<List<Cond, CONDITIONS_MAX>>| list.map_or_else(Vec::new, |list| list.0);
        Some(Self { all: list(all), any: list(any) })
    }

    fn schema() -> RefOr<Schema> {
        <ConditionsInput as crate::Input>::schema().into()
    }
}

impl Conditions {
    /// Every condition with the path at which it stands.
    pub fn each(&self) -> impl Iterator<Item = (String, &Cond)> {
        let all = self.all.iter().enumerate().map(|(at, cond)| (format!("conditions.all[{at}]"), cond));
        let any = self.any.iter().enumerate().map(|(at, cond)| (format!("conditions.any[{at}]"), cond));
        all.chain(any)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> Result<Conditions, Vec<(String, String)>> {
        let mut errors = Errors::default();
        let read = Conditions::parse(value, "conditions", &mut errors);
        let told = errors.into_vec().into_iter().map(|error| (error.field, error.message)).collect();
        read.ok_or(told)
    }

    fn one(field: &str, op: &str, value: Value) -> Result<Conditions, Vec<(String, String)>> {
        read(json!({ "all": [{ "field": field, "op": op, "value": value }] }))
    }

    #[test]
    fn conditions_are_read_and_written_alike() {
        let given = json!({
            "all": [
                { "field": "priority", "op": "in", "value": ["high", "urgent"] },
                { "field": "customFields.plan", "op": "is_not_empty", "value": null },
            ],
            "any": [{ "field": "tags", "op": "eq", "value": ["a", "b"] }],
        });
        let read = read(given.clone()).expect("conditions");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), given);
        assert_eq!(
            read.each().map(|(path, _)| path).collect::<Vec<_>>(),
            ["conditions.all[0]", "conditions.all[1]", "conditions.any[0]"]
        );
    }

    #[test]
    fn other_words_become_the_usual_ones() {
        let value = |field: &str, value: Value| one(field, "eq", value).expect("a condition").all.remove(0).value;
        assert_eq!(value("priority", json!("medium")), Some(json!("normal")));
        assert_eq!(value("comment.authorType", json!("agent")), Some(json!("STAFF")));
        assert_eq!(value("comment.authorType", json!("customer")), Some(json!("CUSTOMER")));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_path() {
        for (field, op, value, at) in [
            ("prio", "eq", json!("high"), "field"),
            ("customFields.", "eq", json!("high"), "field"),
            ("priority", "equals", json!("high"), "op"),
            ("isSpam", "contains", json!("x"), "op"),
            ("title", "gt", json!("x"), "op"),
            ("tags", "starts_with", json!("x"), "op"),
            ("priority", "eq", json!("asap"), "value"),
            ("priority", "eq", json!(null), "value"),
            ("priority", "in", json!("high"), "value"),
            ("priority", "in", json!([]), "value"),
            ("priority", "in", json!(["high", "asap"]), "value[1]"),
            ("priority", "eq", json!(["high"]), "value"),
            ("priority", "changed", json!("high"), "value"),
            ("isSpam", "eq", json!("true"), "value"),
            ("dueAt", "lt", json!("soon"), "value"),
            ("feedback.rating", "gte", json!("4"), "value"),
            ("customFields.a", "eq", json!({}), "value"),
            ("event.actorType", "eq", json!("robot"), "value"),
            ("title", "eq", json!(""), "value"),
        ] {
            let told = one(field, op, value.clone()).expect_err(field);
            assert_eq!(told[0].0, format!("conditions.all[0].{at}"), "{field} {op} {value}");
        }
    }

    #[test]
    fn every_field_is_known_by_its_name() {
        for name in Field::NAMES.iter().copied().chain(["customFields.order.id"]) {
            assert_eq!(Field::read(name).map(|field| field.name()), Some(name.to_owned()));
        }
    }
}

//! Whether conditions hold (API 18). Texts compare in any case; what has no value matches only `ne`, `nin`, `not_contains` and
//! `is_empty`; the questions about changes ask the event and not the ticket.

use dispatch_model::{
    Timestamp,
    automation::{Cond, CondTested, Conditions, Field, FieldKind, Op},
    fold::folded,
    ticket::Priority,
};
use serde_json::Value;

use super::facts::{Facts, is_absent};

/// Whether the automation goes on.
pub(super) fn hold(conditions: &Conditions, facts: &Facts<'_>) -> bool {
    let holds = |cond: &Cond| holds(cond, facts);
    conditions.all.iter().all(holds) && (conditions.any.is_empty() || conditions.any.iter().any(holds))
}

/// Every condition with what it finds, for a dry run.
pub(super) fn tested(conditions: &Conditions, facts: &Facts<'_>) -> Vec<CondTested> {
    let each = conditions.each();
    each.map(|(path, cond)| CondTested { path, actual: facts.actual(&cond.field), result: holds(cond, facts) })
        .collect()
}

fn holds(cond: &Cond, facts: &Facts<'_>) -> bool {
    let Cond { field, op, value } = cond;
    let wanted = wanted(field, value.as_ref(), facts);
    let kind = field.kind();
    if op.is_about_change() {
        let Some((old, new)) = facts.change(field) else { return false };
        return match op {
            Op::ChangedTo => moved_to(kind, &old, &new, &wanted),
            Op::ChangedFrom => moved_to(kind, &new, &old, &wanted),
            _ => true,
        };
    }
    let actual = facts.actual(field);
    let present = !is_absent(&actual);
    let any_same = || wanted.iter().any(|wanted| is_or_has(kind, &actual, wanted));
    match op {
        Op::IsEmpty => !present,
        Op::IsNotEmpty => present,
        Op::Eq => present && equal(kind, &actual, &wanted),
        Op::Ne => !(present && equal(kind, &actual, &wanted)),
        Op::In => present && any_same(),
        Op::Nin => !(present && any_same()),
        Op::Contains => present && wanted.iter().any(|wanted| contains(kind, &actual, wanted)),
        Op::NotContains => !(present && wanted.iter().any(|wanted| contains(kind, &actual, wanted))),
        Op::StartsWith => {
            let begins = |wanted: &Value| folded(&plain(&actual)).starts_with(&folded(&plain(wanted)));
            present && wanted.first().is_some_and(begins)
        }
        Op::Gt | Op::Gte | Op::Lt | Op::Lte => {
            let order = wanted.first().filter(|_| present).and_then(|wanted| order(kind, &actual, wanted));
            order.is_some_and(|order| match op {
                Op::Gt => order.is_gt(),
                Op::Gte => order.is_ge(),
                Op::Lt => order.is_lt(),
                _ => order.is_le(),
            })
        }
        Op::Changed | Op::ChangedTo | Op::ChangedFrom => false,
    }
}

/// What a condition compares with, in the words in which values stand: keys of statuses, ids of categories.
fn wanted(field: &Field, value: Option<&Value>, facts: &Facts<'_>) -> Vec<Value> {
    let all = match value {
        None => return Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    };
    let in_words = |value: Value| {
        let Some(text) = value.as_str() else { return value };
        let found = match field {
            // A status that was deleted since reads as the one that replaced it.
            Field::Status => facts.statuses.find(text).or_else(|| facts.statuses.resolve(text)).map(|found| &found.key),
            Field::CategoryId => facts.category(text).map(|found| &found.id.0),
            _ => None,
        };
        found.map_or(value.clone(), |found| found.clone().into())
    };
    all.into_iter().map(in_words).collect()
}

/// The same value, whatever the case of its letters.
fn same(kind: FieldKind, actual: &Value, wanted: &Value) -> bool {
    match (actual, wanted) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::String(one), Value::String(other)) if kind == FieldKind::Time => {
            Timestamp::parse(one.trim()) == Timestamp::parse(other.trim())
        }
        (Value::Array(_) | Value::Object(_) | Value::Null, _) => false,
        _ => folded(&plain(actual)) == folded(&plain(wanted)),
    }
}

/// A scalar as text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The same value; or, for a list, one of its members.
fn is_or_has(kind: FieldKind, actual: &Value, wanted: &Value) -> bool {
    match actual {
        Value::Array(items) => items.iter().any(|item| same(kind, item, wanted)),
        one => same(kind, one, wanted),
    }
}

/// The same value; a list: the same members in any order.
fn equal(kind: FieldKind, actual: &Value, wanted: &[Value]) -> bool {
    match actual {
        Value::Array(items) => {
            items.iter().all(|item| wanted.iter().any(|wanted| same(kind, item, wanted)))
                && wanted.iter().all(|wanted| is_or_has(kind, actual, wanted))
        }
        one => wanted.iter().any(|wanted| same(kind, one, wanted)),
    }
}

/// A text holds another; a list has a member.
fn contains(kind: FieldKind, actual: &Value, wanted: &Value) -> bool {
    match actual {
        Value::Array(_) => is_or_has(kind, actual, wanted),
        Value::String(text) => folded(text).contains(&folded(&plain(wanted))),
        other => same(kind, other, wanted),
    }
}

/// Whether a field has moved to one of these values; a list: whether one of them has come to it.
fn moved_to(kind: FieldKind, from: &Value, to: &Value, wanted: &[Value]) -> bool {
    wanted.iter().any(|wanted| is_or_has(kind, to, wanted) && !is_or_has(kind, from, wanted))
}

fn order(kind: FieldKind, actual: &Value, wanted: &Value) -> Option<std::cmp::Ordering> {
    let times = || Some(Timestamp::parse(actual.as_str()?.trim())?.cmp(&Timestamp::parse(wanted.as_str()?.trim())?));
    let numbers = || number(actual)?.partial_cmp(&number(wanted)?);
    match kind {
        FieldKind::Priority => {
            let rank = |value: &Value| Priority::read(value.as_str()?).ok().map(Priority::rank);
            Some(rank(actual)?.cmp(&rank(wanted)?))
        }
        FieldKind::Time => times(),
        FieldKind::Number => numbers(),
        FieldKind::Any => numbers().or_else(times),
        _ => None,
    }
}

/// A number, also one that a custom field holds as text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

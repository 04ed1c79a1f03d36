//! Whether what an automation refers to is there (API 18). What is not is told with its path.

use dispatch_model::{
    Errors, Patch, TagId,
    automation::{Action, Cond, Conditions, Field},
    brand::Brand,
    connection::ConnectionType,
    fold::folded,
    id::{self, IdKind},
    status::{CLOSED, Statuses},
};
use dispatch_store::{self as store, Tx};
use serde_json::Value;

use super::on_ticket::{assignee, tag_names};
use crate::{Result, assignment, tickets::labels};

/// Looks at every reference of an automation.
pub(super) async fn references(
    tx: &Tx,
    brand: &Brand,
    conditions: Option<&Conditions>,
    actions: Option<&[Action]>,
    errors: &mut Errors,
) -> Result<()> {
    let statuses = store::statuses::all(tx, &brand.id).await?;
    if let Some(conditions) = conditions {
        for (path, cond) in conditions.each() {
            condition(tx, brand, &statuses, &path, cond, errors).await?;
        }
    }
    for (index, one) in actions.unwrap_or_default().iter().enumerate() {
        action(tx, brand, &statuses, &format!("actions[{index}]"), one, errors).await?;
    }
    Ok(())
}

/// The texts that a condition compares with, each with its path.
fn values(path: &str, cond: &Cond) -> Vec<(String, String)> {
    match &cond.value {
        Some(Value::String(text)) => vec![(format!("{path}.value"), text.clone())],
        Some(Value::Array(items)) => {
            let each = items.iter().enumerate();
            each.filter_map(|(at, item)| Some((format!("{path}.value[{at}]"), item.as_str()?.to_owned()))).collect()
        }
        _ => Vec::new(),
    }
}

async fn condition(
    tx: &Tx,
    brand: &Brand,
    statuses: &Statuses,
    path: &str,
    cond: &Cond,
    errors: &mut Errors,
) -> Result<()> {
    let id = &brand.id;
    for (at, text) in values(path, cond) {
        let unknown = match &cond.field {
            Field::Status => statuses.find(&text).is_none().then_some("unknown status"),
            Field::CategoryId => {
                let found = store::categories::by_id(tx, id, &text).await?;
                let found = if found.is_none() { store::categories::by_key(tx, id, &text).await? } else { found };
                found.is_none().then_some("unknown category")
            }
            Field::CategoryKey => {
                store::categories::by_key(tx, id, &folded(&text)).await?.is_none().then_some("unknown category")
            }
            Field::AssigneeId => {
                let found = store::members::by_id(tx, &brand.account_id, id, &text).await?;
                found.is_none().then_some("unknown member")
            }
            Field::CustomerId => store::customers::by_id(tx, id, &text).await?.is_none().then_some("unknown customer"),
            Field::CompanyId => store::companies::by_id(tx, id, &text).await?.is_none().then_some("unknown company"),
            Field::TagIds => {
                store::tags::by_ids(tx, id, &[TagId::from(&*text)]).await?.is_empty().then_some("unknown tag")
            }
            _ => None,
        };
        if let Some(message) = unknown {
            errors.push(at, message);
        }
    }
    Ok(())
}

async fn action(
    tx: &Tx,
    brand: &Brand,
    statuses: &Statuses,
    path: &str,
    action: &Action,
    errors: &mut Errors,
) -> Result<()> {
    match action {
        Action::SetStatus { status, close_reason } => match statuses.find(status) {
            None => errors.push(format!("{path}.status"), "unknown status"),
            Some(status) if close_reason.is_some() && status.key != CLOSED => {
                errors.push(format!("{path}.closeReason"), "is only for closed tickets");
            }
            Some(_) => {}
        },
        Action::Reply { set_status: Some(status), .. } if statuses.find(status).is_none() => {
            errors.push(format!("{path}.setStatus"), "unknown status");
        }
        Action::SetCategory { category_id: Some(text) } => {
            let mut wrong = Errors::default();
            let text = dispatch_model::text::Reference::new(text).map_err(store::Error::Bug)?;
            labels::category(tx, &brand.id, &text, &mut wrong).await?;
            moved(path, wrong, errors);
        }
        Action::Assign { assignee_id, assignee_email } => {
            let (id, email) = assignee(assignee_id, assignee_email)?;
            let mut wrong = Errors::default();
            assignment::assignee(tx, brand, None, id.as_ref(), email.as_ref(), &mut wrong).await?;
            moved(path, wrong, errors);
        }
        Action::AddTags { tags } | Action::RemoveTags { tags } => {
            let adds = matches!(action, Action::AddTags { .. });
            let names = tag_names(tags);
            let words = labels::TagWords { names: Some(&names), ..labels::TagWords::default() };
            let wanted = labels::wanted(tx, &brand.id, &words, &mut Errors::default()).await?;
            for (at, name) in names.iter().enumerate() {
                let is_new = wanted.new_names().iter().any(|new| folded(new) == folded(name));
                // A new name becomes a tag when it is added; an id that nobody has is a mistake.
                if is_new && !(adds && id::decode(TagId::PREFIX, name).is_none()) {
                    errors.push(format!("{path}.tags[{at}]"), "unknown tag");
                }
            }
        }
        Action::NotifySlack { connection_id, .. } => {
            connection(tx, brand, path, connection_id, ConnectionType::Slack, errors).await?;
        }
        Action::CreateJiraIssue { connection_id, .. } => {
            connection(tx, brand, path, connection_id, ConnectionType::Jira, errors).await?;
        }
        Action::SendWebhook { connection_id, webhook_id } => {
            if let Some(id) = connection_id {
                connection(tx, brand, path, id, ConnectionType::Http, errors).await?;
            }
            if let Some(id) = webhook_id
                && store::webhooks::get(tx, &brand.id, id).await?.is_none()
            {
                errors.push(format!("{path}.webhookId"), "unknown webhook");
            }
        }
        _ => {}
    }
    Ok(())
}

async fn connection(
    tx: &Tx,
    brand: &Brand,
    path: &str,
    id: &str,
    kind: ConnectionType,
    errors: &mut Errors,
) -> Result<()> {
    let found = store::connections::get(tx, &brand.id, id).await?;
    let message = match found {
        None => "unknown connection".to_owned(),
        Some(row) if row.connection.kind != kind => format!("must be a connection of type {}", kind.as_str()),
        Some(_) => return Ok(()),
    };
    errors.push(format!("{path}.connectionId"), message);
    Ok(())
}

/// Adds what is wrong inside of an action.
fn moved(path: &str, wrong: Errors, errors: &mut Errors) {
    for error in wrong.into_vec() {
        errors.push(format!("{path}.{}", error.field), error.message);
    }
}

/// What a patch clears is checked like what it leaves out.
pub(super) const fn given(conditions: &Patch<Conditions>) -> Option<&Conditions> {
    match conditions {
        Patch::Set(conditions) => Some(conditions),
        Patch::Keep | Patch::Clear => None,
    }
}

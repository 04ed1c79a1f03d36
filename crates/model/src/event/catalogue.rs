//! The names of all events (API 17.2). Readers may ask for every name of the contract, also for those that this
//! version does not write yet.

/// The name of an event, from the catalogue.
pub type EventType = &'static str;

/// The groups that only admins may read (API 15.1).
const ADMIN_GROUPS: [&str; 6] = ["webhook.", "automation.", "connection.", "mailbox.", "mail.", "domain."];

/// Whether only admins may read events of this name.
#[must_use]
pub fn admin_only(name: &str) -> bool {
    ADMIN_GROUPS.iter().any(|group| name.starts_with(group))
}

macro_rules! catalogue {
    ($($group:literal: $($name:literal)*;)*) => {
        /// Every event that the contract names.
        pub const CATALOGUE: &[EventType] = &[$($( concat!($group, ".", $name), )*)*];
    };
}

catalogue! {
    "ticket": "created" "updated" "closed" "reopened" "deleted" "restored" "spam_marked" "spam_unmarked" "merged" "overdue";
    "comment": "created" "updated" "deleted";
    "attachment": "created" "deleted";
    "watcher": "added" "removed";
    "customer": "created" "updated" "deleted";
    "company": "created" "updated" "deleted";
    "feedback": "requested" "submitted";
    "brand": "created" "updated" "deleted";
    "status": "created" "updated" "deleted" "reordered";
    "category": "created" "updated" "deleted" "reordered";
    "tag": "created" "updated" "deleted" "merged";
    "field": "created" "updated" "deleted" "reordered";
    "form": "created" "updated" "deleted";
    "view": "created" "updated" "deleted";
    "macro": "created" "updated" "deleted";
    "recurring": "created" "updated" "deleted";
    "webhook": "created" "updated" "deleted" "disabled";
    "automation": "created" "updated" "deleted" "reordered" "failed";
    "connection": "created" "updated" "deleted" "failed";
    "mailbox": "created" "updated" "deleted";
    "mail": "quarantined" "failed" "relay_created" "relay_updated" "relay_deleted";
    "domain": "created" "updated" "deleted";
}

/// Every event of the account's own log (API 2).
pub const ACCOUNT_CATALOGUE: &[EventType] = &[
    "account.updated",
    "api_key.created",
    "api_key.updated",
    "api_key.deleted",
    "member.invited",
    "member.joined",
    "member.updated",
    "member.removed",
    "brand.created",
    "brand.deleted",
];

/// The events that a webhook can subscribe to.
pub const HOOKS: &[EventType] = &[
    "ticket.created",
    "ticket.updated",
    "ticket.closed",
    "ticket.reopened",
    "ticket.deleted",
    "ticket.restored",
    "ticket.spam_marked",
    "ticket.spam_unmarked",
    "ticket.merged",
    "ticket.overdue",
    "comment.created",
    "comment.updated",
    "comment.deleted",
    "attachment.created",
    "attachment.deleted",
    "watcher.added",
    "watcher.removed",
    "customer.created",
    "customer.updated",
    "customer.deleted",
    "company.created",
    "company.updated",
    "company.deleted",
    "feedback.requested",
    "feedback.submitted",
    "automation.failed",
    "connection.failed",
    "mail.quarantined",
    "mail.failed",
    "webhook.disabled",
];

/// The names behind the list of a webhook.
///
/// # Errors
/// The first text that names nothing that can be subscribed.
pub fn expand_hooks(wanted: &[String]) -> Result<Vec<EventType>, &str> {
    expand_in(HOOKS, wanted, true)
}

/// The names behind a caller's list of names, groups (`ticket.*`) and `*`. Comment events also have their long names.
///
/// # Errors
/// The first text that names no event.
pub fn expand_types(wanted: &[String], admin: bool) -> Result<Vec<EventType>, &str> {
    expand_in(CATALOGUE, wanted, admin)
}

/// The same for the log with this catalogue.
///
/// # Errors
/// The first text that names no event of it.
pub fn expand_in<'w>(catalogue: &[EventType], wanted: &'w [String], admin: bool) -> Result<Vec<EventType>, &'w str> {
    let mut names: Vec<EventType> = Vec::new();
    for text in wanted {
        let short = text.strip_prefix("ticket.comment.").map_or_else(|| text.clone(), |rest| format!("comment.{rest}"));
        let group = short.strip_suffix('*');
        let fits = |name: &EventType| group.map_or(*name == short, |start| name.starts_with(start));
        if group.is_some_and(|start| !start.is_empty() && !start.ends_with('.')) || !catalogue.iter().any(fits) {
            return Err(text);
        }
        names.extend(catalogue.iter().copied().filter(fits).filter(|name| admin || !admin_only(name)));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(wanted: &[&str]) -> Option<Vec<EventType>> {
        let wanted: Vec<String> = wanted.iter().map(|text| (*text).to_owned()).collect();
        expand_types(&wanted, true).ok()
    }

    #[test]
    fn the_account_has_names_of_its_own() {
        let expand = |text: &str| expand_in(ACCOUNT_CATALOGUE, &[text.to_owned()], true).map_err(str::to_owned);
        assert_eq!(expand("api_key.*").map(|names| names.len()), Ok(3));
        assert_eq!(expand("brand.updated"), Err("brand.updated".to_owned()));
    }

    #[test]
    fn names_groups_and_everything_are_understood() {
        assert_eq!(expand(&["ticket.comment.created", "comment.created"]), Some(vec!["comment.created"]));
        assert_eq!(expand(&["customer.*"]).map(|names| names.len()), Some(3));
        assert_eq!(expand(&["*"]).map(|names| names.len()), Some(CATALOGUE.len()));
        for wrong in ["", "tick*", "ticket", "ticket.crated", "nothing.*", "ticket.comment.*x"] {
            assert_eq!(expand(&[wrong]), None, "{wrong}");
        }
    }
}

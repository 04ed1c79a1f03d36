//! Finding a person in texts and JSON, and leaving it out.

use std::collections::HashSet;

use dispatch_model::{CustomerId, JsonText, MemberId, id::IdKind};
use serde_json::{Map, Value};

/// What stands where the address stood in a text.
pub(crate) const ERASED: &str = "[erased]";

/// Fields of an object that are about one person: its address, its name, and whose they are.
const PEOPLE: [(&str, &str, &str); 4] = [
    ("customerEmail", "customerName", "customerId"),
    ("authorEmail", "authorName", "authorId"),
    ("assigneeEmail", "assigneeName", "assigneeId"),
    ("email", "name", "id"),
];

/// Changed fields of a ticket or comment of the customer that are its words; of the last two, each member is a field.
const WORDS: [&str; 5] = ["title", "body", "links", "metadata", "customFields"];

/// Changed fields of a customer that say nothing about the person.
const HARMLESS: [&str; 3] = ["companyId", "notifyEmail", "isBlocked"];

/// Who is to be forgotten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    /// The id of the customer; it stays.
    pub(super) id: &'a str,
    /// Its address.
    pub(super) email: &'a str,
}

impl<'a> Person<'a> {
    pub(super) const fn new(id: &'a str, email: &'a str) -> Self {
        Self { id, email }
    }

    /// Whether the text is the address.
    pub(super) fn is_address(&self, text: &str) -> bool {
        !self.email.is_empty() && text.trim().eq_ignore_ascii_case(self.email)
    }

    /// Whether fields with this id and address are about the person. The address alone does not do when they are another
    /// customer's or a member's, who may have it now.
    pub(super) fn is_meant(&self, id: Option<&str>, email: Option<&str>) -> bool {
        id == Some(self.id) || (!self.is_other(id) && email.is_some_and(|email| self.is_address(email)))
    }

    fn is_other(&self, id: Option<&str>) -> bool {
        let of = |id: &str, prefix: &str| id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_'));
        id.is_some_and(|id| id != self.id && (of(id, CustomerId::PREFIX) || of(id, MemberId::PREFIX)))
    }

    /// The text without the address.
    pub(super) fn text(&self, text: &str) -> String {
        self.reworded(text).unwrap_or_else(|| text.to_owned())
    }

    pub(super) fn optional(&self, text: &Option<String>) -> Option<String> {
        text.as_deref().map(|text| self.text(text))
    }

    /// The JSON without the person.
    pub(super) fn json(&self, json: &JsonText) -> JsonText {
        self.in_json(json.as_str()).map_or_else(|| json.clone(), JsonText::stored)
    }

    /// The text without the address, if it held it: as a whole address, in any case.
    fn reworded(&self, text: &str) -> Option<String> {
        let (mut out, mut kept, mut at) = (String::new(), 0, 0);
        while let Some(found) = self.find(text, at) {
            let end = found + self.email.len();
            at = end;
            if begins_address(&text[..found]) && ends_address(&text[end..]) {
                out.push_str(&text[kept..found]);
                out.push_str(ERASED);
                kept = end;
            }
        }
        (kept > 0).then(|| out + &text[kept..])
    }

    /// Where the letters of the address stand next.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let (bytes, wanted) = (text.as_bytes(), self.email.as_bytes());
        if wanted.is_empty() || bytes.len() < wanted.len() {
            return None;
        }
        (from..=bytes.len() - wanted.len()).find(|at| {
            let end = at + wanted.len();
            bytes[*at..end].eq_ignore_ascii_case(wanted) && text.is_char_boundary(*at) && text.is_char_boundary(end)
        })
    }

    /// JSON as text without the person, if it held anything of it.
    pub(super) fn in_json(&self, text: &str) -> Option<String> {
        if !text.contains(self.id) && self.find(text, 0).is_none() {
            return None;
        }
        let mut value: Value = serde_json::from_str(text).ok()?;
        self.value(&mut value).then(|| value.to_string())
    }

    /// The same for the changes of the customer itself: none of its old and new values stays.
    pub(super) fn in_changes(&self, text: &str) -> Option<String> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).ok()?;
        let mut changed = false;
        for (_, values) in fields.iter_mut().filter(|(field, _)| !HARMLESS.contains(&field.as_str())) {
            let values = values.as_object_mut()?;
            for value in values.values_mut().filter(|value| !value.is_null()) {
                *value = Value::Null;
                changed = true;
            }
        }
        changed.then(|| Value::Object(fields).to_string())
    }

    /// Whether the ticket or the comment that an event tells of is the customer's own.
    pub(super) fn wrote(&self, data: &str) -> bool {
        if !data.contains(self.id) && self.find(data, 0).is_none() {
            return false;
        }
        let Ok(Value::Object(data)) = serde_json::from_str(data) else { return false };
        match data.get("comment").and_then(Value::as_object) {
            Some(comment) => self.is_author(comment),
            None => self.is_own_ticket(&data),
        }
    }

    /// The changes of what is the customer's own: none of its words stays, nor its address.
    pub(super) fn in_own_changes(&self, text: &str) -> Option<String> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).ok()?;
        let mut changed = false;
        for (field, values) in &mut fields {
            let name = field.split('.').next().unwrap_or_default();
            match values.as_object_mut() {
                Some(values) if WORDS.contains(&name) => {
                    for value in values.values_mut().filter(|value| !value.is_null()) {
                        *value = Value::Null;
                        changed = true;
                    }
                }
                _ => changed |= self.value(values),
            }
        }
        changed.then(|| Value::Object(fields).to_string())
    }

    /// The changes of a ticket without the name of this customer, on the side on which the ticket was theirs: where its customer
    /// changed, that side says whose it was; where it did not, `own` does.
    pub(super) fn in_changed_names(&self, text: &str, own: bool) -> Option<String> {
        let mut fields: Map<String, Value> = serde_json::from_str(text).ok()?;
        let mut names = fields.get("customerName")?.as_object()?.clone();
        let mut changed = false;
        for side in ["old", "new"] {
            let of = |field: &str| fields.get(field)?.as_object()?.get(side)?.as_str();
            let moved = fields.contains_key("customerId") || fields.contains_key("customerEmail");
            if if moved { self.is_meant(of("customerId"), of("customerEmail")) } else { own } {
                changed |= put(&mut names, side, Value::Null);
            }
        }
        fields.insert("customerName".to_owned(), Value::Object(names));
        changed.then(|| Value::Object(fields).to_string())
    }

    /// A ticket, whole or its flat fields, of this customer.
    fn is_own_ticket(&self, members: &Map<String, Value>) -> bool {
        members.contains_key("ticketNumber") && members.get("customerId").and_then(Value::as_str) == Some(self.id)
    }

    /// A comment that this customer wrote.
    fn is_author(&self, members: &Map<String, Value>) -> bool {
        let of = |key: &str| members.get(key).and_then(Value::as_str);
        members.contains_key("authorType") && self.is_meant(of("authorId"), of("authorEmail"))
    }

    /// Leaves the person out; says whether it was there.
    fn value(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.reworded(text) {
                Some(new) => {
                    *text = new;
                    true
                }
                None => false,
            },
            Value::Array(items) => {
                let count = items.len();
                items.retain(|item| !item.as_str().is_some_and(|text| self.is_address(text)));
                let inside = items.iter_mut().fold(false, |changed, item| self.value(item) | changed);
                inside || items.len() < count
            }
            Value::Object(members) => self.object(members),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// What this customer wrote into a survey about its ticket.
    fn in_own_answer(&self, members: &mut Map<String, Value>) -> bool {
        let customer = members.get("ticket").and_then(|ticket| ticket.get("customerId")).and_then(Value::as_str);
        if customer != Some(self.id) {
            return false;
        }
        let feedback = members.get_mut("feedback").and_then(Value::as_object_mut);
        feedback.is_some_and(|feedback| put(feedback, "comment", Value::Null))
    }

    /// What an automation wrote on a ticket of this customer: it may quote it.
    fn on_own_ticket(&self, members: &mut Map<String, Value>) -> bool {
        if members.get("customerId").and_then(Value::as_str) != Some(self.id) {
            return false;
        }
        let comment = members.get_mut("comment").and_then(Value::as_object_mut);
        let note = comment.filter(|comment| comment.get("source").and_then(Value::as_str) == Some("automation"));
        note.is_some_and(|note| {
            let body = put(note, "body", ERASED.into());
            put(note, "metadata", Value::Object(Map::new())) | put(note, "bodyTruncated", Value::Bool(false)) | body
        })
    }

    fn object(&self, members: &mut Map<String, Value>) -> bool {
        let (mut changed, mut others) = (false, Vec::new());
        let (ticket, comment) = (self.is_own_ticket(members), self.is_author(members));
        if ticket {
            changed |= put(members, "title", ERASED.into());
        }
        if ticket || comment {
            changed |= put(members, "body", if comment { ERASED.into() } else { Value::Null });
            changed |= put(members, "links", Value::Array(Vec::new()));
            for key in ["customFields", "metadata"] {
                changed |= put(members, key, Value::Object(Map::new()));
            }
            for key in ["sourceId", "sourceData"] {
                changed |= put(members, key, Value::Null);
            }
            changed |= put(members, "bodyTruncated", Value::Bool(false));
        }
        changed |= self.on_own_ticket(members) | self.in_own_answer(members);
        for (email, name, id) in PEOPLE {
            let of = |key: &str| members.get(key).and_then(Value::as_str);
            if !members.contains_key(email) {
                continue;
            }
            // A watcher has an id of its own, and is a member when it names one.
            let owner = of("memberId").filter(|_| email == "email").or_else(|| of(id));
            if self.is_meant(owner, of(email)) {
                // The address of a whole customer is never null.
                let none = if members.contains_key("notifyEmail") { "".into() } else { Value::Null };
                changed |= put(members, email, none) | put(members, name, Value::Null);
            } else if self.is_other(owner) {
                others.push(email);
            }
        }
        if members.get("id").and_then(Value::as_str) == Some(self.id) && members.contains_key("notifyEmail") {
            changed |= put(members, "avatarUrl", Value::Null);
            changed |= put(members, "customFields", Value::Object(Map::new()));
            changed |= put(members, "metadata", Value::Object(Map::new()));
        }
        for key in ["createdBy", "addedBy", "uploadedBy"] {
            if members.get(key).and_then(Value::as_str).is_some_and(|text| self.is_address(text)) {
                changed |= put(members, key, Value::Null);
            }
        }
        for (_, value) in members.iter_mut().filter(|(key, _)| !others.contains(&key.as_str())) {
            changed |= self.value(value);
        }
        if members.keys().any(|key| self.reworded(key).is_some()) {
            let old = std::mem::take(members);
            members.extend(old.into_iter().map(|(key, value)| (self.text(&key), value)));
            changed = true;
        }
        changed
    }
}

/// The data of an event without what it tells of these files, if it tells of any.
pub(super) fn without_files(files: &HashSet<String>, text: &str) -> Option<String> {
    if files.is_empty() || !text.contains("\"att_") {
        return None;
    }
    let mut value: Value = serde_json::from_str(text).ok()?;
    forget_files(files, &mut value).then(|| value.to_string())
}

fn forget_files(files: &HashSet<String>, value: &mut Value) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().fold(false, |changed, item| forget_files(files, item) | changed),
        Value::Object(members) => {
            let id = members.get("id").and_then(Value::as_str);
            let mut changed = false;
            if members.contains_key("filename") && id.is_some_and(|id| files.contains(id)) {
                changed |= put(members, "filename", ERASED.into());
                for key in ["uploadedBy", "checksum"] {
                    changed |= put(members, key, Value::Null);
                }
                changed |= put(members, "metadata", Value::Object(Map::new()));
            }
            members.values_mut().fold(changed, |changed, value| forget_files(files, value) | changed)
        }
        _ => false,
    }
}

/// The addresses that an update of a customer tells of.
pub(super) fn addresses(changes: Option<&JsonText>) -> Vec<String> {
    let fields: Option<Map<String, Value>> = changes.and_then(|changes| serde_json::from_str(changes.as_str()).ok());
    let email = fields.as_ref().and_then(|fields| fields.get("email")).and_then(Value::as_object);
    let told = email.into_iter().flat_map(Map::values).filter_map(Value::as_str);
    told.filter(|address| !address.is_empty()).map(str::to_owned).collect()
}

/// Sets a member that is there; says whether it had another value.
fn put(members: &mut Map<String, Value>, key: &str, new: Value) -> bool {
    match members.get_mut(key) {
        Some(value) if *value != new => {
            *value = new;
            true
        }
        _ => false,
    }
}

/// Whether an address may begin behind this text, rather than go on.
fn begins_address(before: &str) -> bool {
    !before.chars().next_back().is_some_and(|letter| letter.is_alphanumeric() || "._%+-".contains(letter))
}

/// Whether an address may have ended before this text: a full stop behind it ends the sentence, unless a letter follows.
fn ends_address(after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some('.') => !letters.next().is_some_and(char::is_alphanumeric),
        Some('-') => false,
        letter => !letter.is_some_and(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const JANE: Person<'static> = Person::new("cus_1", "jane@x.co");

    #[test]
    fn the_address_goes_from_texts_and_longer_ones_stay() {
        for (text, new) in [
            ("Write to jane@x.co.", "Write to [erased]."),
            ("<JANE@X.co>, jane@x.co", "<[erased]>, [erased]"),
            (
                "mary-jane@x.co jane@x.com jane@x.co.uk jane@x.co-op",
                "mary-jane@x.co jane@x.com jane@x.co.uk jane@x.co-op",
            ),
            ("äjane@x.co jane@x.coö jane@x.co", "äjane@x.co jane@x.coö [erased]"),
            ("", ""),
        ] {
            assert_eq!(JANE.text(text), new);
        }
    }

    #[test]
    fn whoever_is_meant_is_blanked_wherever_it_stands() {
        let customer = |id: &str, email: &str| {
            json!({ "id": id, "email": email, "name": "J", "avatarUrl": "u", "customFields": { "a": 1 }, "metadata": { "b": 2 },
                "notifyEmail": true })
        };
        let mut value = json!({
            "customerId": "cus_1", "customerEmail": "old@x.co", "customerName": "J", "customer": customer("cus_1", "old@x.co"),
            "comment": { "authorId": null, "authorEmail": "Jane@x.co", "authorName": "J", "cc": ["a@b.c", "jane@x.co"] },
            "createdBy": "jane@x.co", "jane@x.co": ["see jane@x.co"],
        });
        assert!(JANE.value(&mut value));
        let gone = json!({ "id": "cus_1", "email": "", "name": null, "avatarUrl": null, "customFields": {}, "metadata": {},
            "notifyEmail": true });
        assert_eq!(
            value,
            json!({
                "customerId": "cus_1", "customerEmail": null, "customerName": null, "customer": gone,
                "comment": { "authorId": null, "authorEmail": null, "authorName": null, "cc": ["a@b.c"] },
                "createdBy": null, "[erased]": ["see [erased]"],
            })
        );
        assert!(!JANE.value(&mut value), "a second time there is nothing to do");
        let others = json!({
            "customer": customer("cus_2", "jane@x.co"), "customerId": "cus_2", "customerEmail": "jane@x.co",
            "watcher": { "id": "wat_1", "memberId": "usr_1", "email": "jane@x.co", "name": "J" },
        });
        let mut same = others.clone();
        assert!(!JANE.value(&mut same), "the address of somebody else who has it now");
        assert_eq!(same, others);
    }

    #[test]
    fn its_name_goes_from_the_side_on_which_the_ticket_was_its_own() {
        let named = |text: &str, own| JANE.in_changed_names(text, own);
        let filled = r#"{"customerName":{"old":null,"new":"Jane"}}"#;
        assert_eq!(named(filled, true).as_deref(), Some(r#"{"customerName":{"old":null,"new":null}}"#));
        assert_eq!(named(filled, false), None);
        let moved = r#"{"customerId":{"old":"cus_1","new":"cus_2"},"customerName":{"old":"Jane","new":"Eve"}}"#;
        let left = r#"{"customerId":{"old":"cus_1","new":"cus_2"},"customerName":{"old":null,"new":"Eve"}}"#;
        for own in [true, false] {
            assert_eq!(named(moved, own).as_deref(), Some(left));
        }
        assert_eq!(named(left, false), None);
        assert_eq!(named(r#"{"title":{"old":"a","new":"b"}}"#, true), None);
    }

    #[test]
    fn its_own_changes_lose_their_values() {
        let changes = r#"{"email":{"old":"a@b.c","new":"d@e.f"},"companyId":{"old":null,"new":"co_1"}}"#;
        let blanked = r#"{"email":{"old":null,"new":null},"companyId":{"old":null,"new":"co_1"}}"#;
        assert_eq!(JANE.in_changes(changes).as_deref(), Some(blanked));
        assert_eq!(JANE.in_changes(blanked), None);
    }
}

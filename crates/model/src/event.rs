//! Events (API 15, 17): what is written to the log, and the envelope that every reader of it sees.

use std::collections::BTreeMap;

use serde::{Serialize, ser::SerializeMap};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    BrandId, Errors, JsonText, KeyId, TicketId, Timestamp,
    free_mail::FreeMail,
    input::{prose, schema},
    limits::CHANGE_CUT_CHARS,
    text::cut,
};

mod catalogue;
pub use catalogue::{
    ACCOUNT_CATALOGUE, CATALOGUE, EventType, HOOKS, admin_only, expand_hooks, expand_in, expand_types,
};

crate::text_enum! {
    /// What kind of actor did something.
    pub enum ActorType {
        /// A member of the team.
        User = "user",
        /// An API key.
        Api = "api",
        /// A customer.
        Customer = "customer",
        /// An automation.
        Automation = "automation",
        /// The server itself.
        System = "system",
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// What kind of actor.
    #[serde(rename = "type")]
    pub kind: ActorType,
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its address.
    pub email: Option<String>,
    /// The first characters of the API key.
    pub api_key_prefix: Option<String>,
}

impl Actor {
    /// The server itself.
    #[must_use]
    pub const fn system() -> Self {
        Self { kind: ActorType::System, id: None, name: None, email: None, api_key_prefix: None }
    }

    /// A member, by the name that it is called.
    #[must_use]
    pub fn member(member: &crate::member::MemberView) -> Self {
        Self {
            kind: ActorType::User,
            id: Some(member.id.0.clone()),
            name: Some(member.name().to_owned()),
            email: Some(member.email.clone()),
            api_key_prefix: None,
        }
    }

    /// A customer, or somebody who writes and is none yet.
    #[must_use]
    pub fn customer(id: Option<&crate::CustomerId>, name: Option<&str>, email: &str) -> Self {
        Self {
            kind: ActorType::Customer,
            id: id.map(|id| id.0.clone()),
            name: name.map(str::to_owned),
            email: Some(email.to_owned()),
            api_key_prefix: None,
        }
    }

    /// An automation.
    #[must_use]
    pub fn automation(id: &crate::AutomationId, name: &str) -> Self {
        Self {
            kind: ActorType::Automation,
            id: Some(id.0.clone()),
            name: Some(name.to_owned()),
            email: None,
            api_key_prefix: None,
        }
    }

    /// An API key.
    #[must_use]
    pub fn api_key(id: &KeyId, name: &str, prefix: &str) -> Self {
        Self {
            kind: ActorType::Api,
            id: Some(id.0.clone()),
            name: Some(name.to_owned()),
            email: None,
            api_key_prefix: Some(prefix.to_owned()),
        }
    }
}

/// What changed: each field with its old and new value, in the order in which it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(Map<String, Value>);

impl Changes {
    /// Adds a field if its value changed.
    pub fn add<T: Serialize + PartialEq>(&mut self, field: &str, old: &T, new: &T) {
        if old != new {
            self.0.insert(field.to_owned(), serde_json::json!({ "old": short(old), "new": short(new) }));
        }
    }

    /// Adds every member of two JSON objects that differs, as `field.<key>`.
    pub fn add_members(&mut self, field: &str, old: &JsonText, new: &JsonText) {
        if old == new {
            return;
        }
        let (old, new) = (old.members(), new.members());
        for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
            self.add(&format!("{field}.{key}"), &old.get(key), &new.get(key));
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the fields.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// The changes as JSON.
    #[must_use]
    pub fn to_json(&self) -> JsonText {
        JsonText::of(&self.0)
    }
}

/// A value as `changes` shows it: texts cut to 1,000 characters.
fn short<T: Serialize>(value: &T) -> Value {
    match serde_json::to_value(value).unwrap_or_default() {
        Value::String(text) => Value::String(cut(&text, CHANGE_CUT_CHARS).0.to_owned()),
        other => other,
    }
}

crate::text_enum! {
    /// Who is told of an event by mail, beyond the rules that hold for its kind (API 21). It is kept with the event and never shown.
    pub enum Telling {
        /// Whoever the rules name.
        Usual = "usual",
        /// Nobody.
        Nobody = "nobody",
        /// Not the customer, and nobody in copy.
        Staff = "staff",
        /// The customer gets the confirmation that was asked for.
        Confirm = "confirm",
    }
}

/// An event to be written; its place in the log, its time and its actor are added when the transaction ends.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Its type.
    pub kind: EventType,
    /// The id of what it is about.
    pub entity_id: String,
    /// The ticket that it belongs to.
    pub ticket_id: Option<TicketId>,
    /// What changed, for `*.updated`.
    pub changes: Option<JsonText>,
    /// The payload, a JSON object.
    pub data: JsonText,
}

/// An event of a brand's log. It is written as the envelope of API 17.1.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Its place in the brand's log.
    pub sequence: i64,
    /// Its type.
    pub kind: String,
    /// Its brand.
    pub brand_id: BrandId,
    /// When it happened.
    pub created_at: Timestamp,
    /// Through what it happened.
    pub source: String,
    /// Who did it.
    pub actor: JsonText,
    /// The id of what it is about.
    pub entity_id: String,
    /// The ticket that it belongs to.
    pub ticket_id: Option<TicketId>,
    /// The event that caused it.
    pub caused_by: Option<String>,
    /// How many automations led to it.
    pub depth: i64,
    /// What changed.
    pub changes: Option<JsonText>,
    /// The payload.
    pub data: JsonText,
    /// Who is told of it; not shown.
    pub telling: Telling,
}

impl Event {
    /// The part of the type before the dot.
    #[must_use]
    pub fn entity_type(&self) -> &str {
        self.kind.split('.').next().unwrap_or_default()
    }
}

impl Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let long_name =
            if self.kind.starts_with("comment.") { format!("ticket.{}", self.kind) } else { self.kind.clone() };
        let mut map = serializer.serialize_map(Some(17))?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("sequence", &self.sequence)?;
        map.serialize_entry("type", &self.kind)?;
        map.serialize_entry("event", &long_name)?;
        map.serialize_entry("brandId", &self.brand_id)?;
        map.serialize_entry("brand_id", &self.brand_id)?;
        map.serialize_entry("timestamp", &self.created_at)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.serialize_entry("source", &self.source)?;
        map.serialize_entry("actor", &self.actor)?;
        map.serialize_entry("entityType", self.entity_type())?;
        map.serialize_entry("entityId", &self.entity_id)?;
        map.serialize_entry("ticketId", &self.ticket_id)?;
        map.serialize_entry("causedBy", &self.caused_by)?;
        map.serialize_entry("depth", &self.depth)?;
        map.serialize_entry("changes", &self.changes)?;
        map.serialize_entry("data", &self.data)?;
        map.end()
    }
}

/// The schema of [`Event::changes`] and its like: by the name of the field.
#[derive(ToSchema)]
#[schema(as = Changes)]
pub struct ChangesSchema(pub BTreeMap<String, Change>);

/// The value of a field before and after.
#[derive(ToSchema)]
pub struct Change {
    /// Before; null when there was none.
    #[schema(value_type = Value, required = true)]
    pub old: Value,
    /// After; null when there is none.
    #[schema(value_type = Value, required = true)]
    pub new: Value,
}

crate::text_enum! {
    /// Through what something happened.
    pub enum EventSource {
        /// An API key.
        Api = "api",
        /// A session.
        Dashboard = "dashboard",
        /// The customer portal.
        Portal = "portal",
        /// Mail.
        Email = "email",
        /// A form.
        Web = "web",
        /// A recurring ticket.
        Recurring = "recurring",
        /// An automation.
        Automation = "automation",
        /// The server itself.
        System = "system",
        /// An import.
        Import = "import",
    }
}

macro_rules! names {
    ($($(#[doc = $doc:literal])* $name:ident = $names:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let about: &[&str] = &[$($doc),*];
                schema::described(schema::one_of(&$names), &prose(about), false)
            }
        }
        impl ToSchema for $name {}
    )*};
}

names! {
    /// The name of an event of a brand. Some names belong to features that are not available yet.
    EventName = CATALOGUE;
    /// The name of an event as `event` has it: those of comments are long.
    LongEventName = CATALOGUE
        .iter()
        .map(|name| if name.starts_with("comment.") { format!("ticket.{name}") } else { (*name).to_owned() })
        .collect::<Vec<String>>()
        .iter()
        .map(String::as_str)
        .collect::<Vec<&str>>();
    /// The name of an event of a brand or of the account.
    AuditName = CATALOGUE
        .iter()
        .chain(ACCOUNT_CATALOGUE.iter().filter(|name| !CATALOGUE.contains(name)))
        .copied()
        .collect::<Vec<&str>>();
}

/// What happened in a brand: the envelope that every reader of the log sees.
#[derive(ToSchema)]
#[schema(as = Event, rename_all = "camelCase")]
pub struct EventSchema {
    /// Its id.
    pub id: String,
    /// Its place in the brand's log, from 1 on without holes.
    pub sequence: i64,
    /// What happened.
    #[schema(rename = "type")]
    #[schema(value_type = EventName)]
    pub kind: String,
    /// The same; comment events have their long name here.
    #[schema(value_type = LongEventName)]
    pub event: String,
    /// Its brand.
    pub brand_id: BrandId,
    /// The same as `brandId`.
    #[schema(rename = "brand_id")]
    pub brand_id_too: BrandId,
    /// When it happened.
    pub timestamp: Timestamp,
    /// The same as `timestamp`.
    pub created_at: Timestamp,
    /// Through what it happened.
    #[schema(value_type = EventSource)]
    pub source: String,
    /// Who did it.
    pub actor: Actor,
    /// What kind of thing it is about: the part of `type` before the dot.
    pub entity_type: String,
    /// The id of what it is about.
    pub entity_id: String,
    /// The ticket that it belongs to.
    pub ticket_id: Option<TicketId>,
    /// The event whose automation caused it.
    pub caused_by: Option<String>,
    /// How many automations led to it.
    pub depth: i64,
    /// What changed; only in `*.updated`.
    #[schema(value_type = Option<ChangesSchema>)]
    pub changes: Option<JsonText>,
    /// The thing itself as it was then, beside a few of its values: `ticket`, `comment`, `customer` and so on. Bodies are cut to 2,000 characters.
    pub data: JsonText,
}

/// A part of the log, oldest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventPage {
    /// The events.
    #[schema(value_type = Vec<EventSchema>)]
    pub data: Vec<Event>,
    /// Whether there is more.
    pub pagination: EventPagination,
    /// The last event examined: pass it as `after` to poll for more.
    pub position: String,
    /// True when events between `after` and the first one here are no longer kept; else left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub truncated: bool,
}

/// The end of a part of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPagination {
    /// Whether there is more.
    pub has_more: bool,
    /// The position, while there is more.
    pub cursor: Option<String>,
    /// The position, while there is more.
    pub next_cursor: Option<String>,
}

/// What happened to a ticket, for people (API 15.3).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The id of the event.
    pub id: String,
    /// Its place in the brand's log.
    pub sequence: i64,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = EventName)]
    pub kind: String,
    /// When it happened.
    pub timestamp: Timestamp,
    /// Who did it.
    #[schema(value_type = Actor)]
    pub actor: JsonText,
    /// Through what.
    #[schema(value_type = EventSource)]
    pub source: String,
    /// One English sentence.
    pub summary: String,
    /// What changed.
    #[schema(value_type = Option<ChangesSchema>)]
    pub changes: Option<JsonText>,
    /// The comment that it is about.
    pub comment_id: Option<String>,
    /// The file that it is about.
    pub attachment_id: Option<String>,
}

/// Why an automation does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The id of the event that started it.
    pub event: String,
    /// How many automations led to what it does: one more than to that event.
    pub depth: i64,
}

/// One act: who does something, through what and when, and the ids that come of it.
///
/// It is made before the transaction begins, so that a second run of the same operation comes to the same result;
/// a clone starts its ids from the beginning.
#[derive(Clone, Debug)]
pub struct Act {
    /// Who does it.
    pub actor: Actor,
    /// Through what: one of the sources of API 17.1.
    pub source: &'static str,
    /// When, cut to milliseconds.
    pub at: Timestamp,
    /// The event that an automation does it for.
    pub cause: Option<Cause>,
    /// Makes the ids.
    pub mint: crate::Mint,
    /// Random bits for the ids of its events.
    pub random: u64,
    /// The domains that say nothing about a company: what this act creates joins none by them.
    pub free_mail: FreeMail,
    /// Whether nobody is told of it, as of a bulk action with `notify: false` (API 21).
    pub quiet: bool,
    /// What is wrong with the request already: the rules add what else is, and refuse all at once (API 1.5).
    pub wrong: Errors,
}

impl Act {
    /// The `updatedAt` of something that this act changes: now, and always behind the one before, so that no two states
    /// share a value and none goes back. Acts wait in a queue, and the clock may have been set.
    #[must_use]
    pub fn after(&self, before: Timestamp) -> Timestamp {
        self.at.max(before.plus_ms(1))
    }

    /// The same act, done by a member who has only become known while it was looked into: signing in and joining.
    #[must_use]
    pub fn by_member(&self, member: &crate::member::MemberView) -> Self {
        Self { actor: Actor::member(member), source: "dashboard", ..self.clone() }
    }

    /// The same act, done by a customer.
    #[must_use]
    pub fn by_customer(&self, actor: Actor, source: &'static str) -> Self {
        Self { actor, source, ..self.clone() }
    }

    /// The member who does it, if it is one.
    #[must_use]
    pub fn member(&self) -> Option<crate::MemberId> {
        let id = self.actor.id.as_deref().filter(|_| self.actor.kind == ActorType::User);
        id.map(crate::MemberId::from)
    }

    /// What an automation does because of an event. This act then does nothing of its own: their ids are the same.
    #[must_use]
    pub fn of_automation(&self, id: &crate::AutomationId, name: &str, event: &Event) -> Self {
        Self {
            actor: Actor::automation(id, name),
            source: "automation",
            cause: Some(Cause { event: event.id.clone(), depth: event.depth + 1 }),
            ..self.clone()
        }
    }

    /// What the server itself does on the occasion of this act.
    #[must_use]
    pub fn of_the_system(&self) -> Self {
        Self { actor: Actor::system(), source: "system", mint: self.mint.branch(), ..self.clone() }
    }

    /// What somebody else does on the occasion of this act: whoever wrote the message that it is about.
    #[must_use]
    pub fn of(&self, actor: Actor) -> Self {
        Self { actor, mint: self.mint.branch(), ..self.clone() }
    }

    /// An act that happens now.
    #[must_use]
    pub fn new(actor: Actor, source: &'static str, clock: &crate::Clock, entropy: &crate::Entropy) -> Self {
        let at = clock.now();
        Self {
            actor,
            source,
            at,
            cause: None,
            mint: crate::Mint::new(at, entropy),
            random: u64::from_le_bytes(entropy.bytes()),
            free_mail: FreeMail::default(),
            quiet: false,
            wrong: Errors::default(),
        }
    }
}

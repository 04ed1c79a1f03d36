//! Webhooks and deliveries to them (API 16).

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    BrandId, DeliveryId, Entropy, Errors, JsonText, Timestamp, WebhookId,
    event::{Event, EventType, HOOKS, expand_hooks},
    input::{Parse, schema, string},
    limits::{HOOK_EVENTS_MAX, PAYLOAD_BYTES_MAX, PAYLOAD_CUT_CHARS},
    text::{Description, NonEmpty, Url, cut},
};

/// A webhook of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Where events are sent.
    pub url: String,
    /// The events that are sent: names, groups (`ticket.*`) and `*`.
    pub events: Vec<String>,
    /// Whether events are sent.
    pub enabled: bool,
    /// What it is for.
    pub description: Option<String>,
    /// Failed attempts in a row.
    pub failure_count: i64,
    /// Why the server has disabled it.
    pub disabled_reason: Option<String>,
    /// When the last attempt began.
    pub last_triggered: Option<Timestamp>,
    /// When the last attempt that succeeded ended.
    pub last_success: Option<Timestamp>,
    /// When the last attempt that failed ended.
    pub last_failure: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A new webhook, shown once with its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookCreated {
    /// The webhook as it is shown later.
    #[serde(flatten)]
    pub webhook: Webhook,
    /// What deliveries are signed with. Null when the answer is a replay.
    pub secret: Option<String>,
}

/// The new secret of a webhook, shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretRotated {
    /// The webhook.
    pub id: WebhookId,
    /// What deliveries are signed with from now on.
    pub secret: String,
    /// Until when the secret before also signs.
    pub previous_secret_expires_at: Timestamp,
}

crate::text_enum! {
    /// What has become of a delivery.
    pub enum DeliveryStatus {
        /// It waits for its first attempt.
        Pending = "PENDING",
        /// An attempt has failed; it waits for the next one.
        Retrying = "RETRYING",
        /// It was taken.
        Success = "SUCCESS",
        /// It was given up.
        Failed = "FAILED",
    }
}

/// A delivery of one event to one webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Its webhook.
    pub webhook_id: WebhookId,
    /// The id of the event, the same on every delivery of it.
    pub event_id: String,
    /// The type of the event.
    pub event: String,
    /// What is sent.
    pub payload: JsonText,
    /// What has become of it.
    pub status: DeliveryStatus,
    /// Attempts so far.
    pub attempts: i64,
    /// When the last attempt began.
    pub last_attempt: Option<Timestamp>,
    /// When the next attempt is due.
    pub next_attempt: Option<Timestamp>,
    /// The status code of the last answer.
    pub response_code: Option<i64>,
    /// The first 1 KB of the last answer.
    pub response_body: Option<String>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// How long the last attempt took.
    pub duration_ms: Option<i64>,
    /// Whether it is a test call.
    pub is_test: bool,
    /// When it was created.
    pub created_at: Timestamp,
}

/// A delivery with every attempt.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryWithAttempts {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Its attempts, oldest first; the newest 100.
    #[schema(value_type = Vec<Attempt>)]
    pub attempt_log: JsonText,
}

/// One attempt of a delivery.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// When it began.
    pub at: Timestamp,
    /// The status code of the answer.
    pub response_code: Option<i64>,
    /// Why it failed.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
}

/// What came of an attempt.
#[derive(Clone, Debug)]
pub struct Attempted {
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How long it took.
    pub duration_ms: i64,
    /// The status code of the answer.
    pub response_code: Option<i64>,
    /// Its beginning.
    pub response_body: Option<String>,
    /// Why it failed; nothing when it succeeded.
    pub error: Option<String>,
    /// When to try again, if it failed and the schedule goes on.
    pub again: Option<Timestamp>,
}

impl Attempted {
    /// An attempt that was never made and is not made again.
    #[must_use]
    pub fn unsent(now: Timestamp, why: &str) -> Self {
        Self {
            began: now,
            ended: now,
            duration_ms: 0,
            response_code: None,
            response_body: None,
            error: Some(why.to_owned()),
            again: None,
        }
    }
}

/// What a replay has made.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replayed {
    /// New deliveries.
    pub count: i64,
    /// Whether there are more events than one call takes.
    pub has_more: bool,
}

/// The name of an event that can be subscribed, a group of them (`ticket.*`), or `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookName(pub String);

impl Parse for HookName {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let name = string(value, at, errors)?;
        if expand_hooks(std::slice::from_ref(&name)).is_err() {
            let shown = cut(&name, 100).0;
            errors.push(
                at,
                format!("unknown event {shown}; there are: {}, groups like ticket.*, and *", HOOKS.join(", ")),
            );
            return None;
        }
        Some(Self(name))
    }

    fn schema() -> RefOr<Schema> {
        let names = HookName::all();
        schema::one_of(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

impl HookName {
    /// Everything that can be said: the names, their groups, and all of them.
    fn all() -> Vec<String> {
        let long = HOOKS.iter().filter(|name| name.starts_with("comment.")).map(|name| format!("ticket.{name}"));
        let mut names: Vec<String> = HOOKS.iter().map(|name| (*name).to_owned()).chain(long).collect();
        let groups = names.iter().filter_map(|name| Some(format!("{}.*", name.rsplit_once('.')?.0)));
        let mut groups: Vec<String> = groups.collect();
        groups.dedup();
        names.extend(groups);
        names.push("*".to_owned());
        names
    }
}

/// Reads the events of a webhook as they are kept.
///
/// # Errors
/// When they are no list of texts.
pub fn read_events(text: &str) -> Result<Vec<String>, String> {
    serde_json::from_str(text).map_err(|error| format!("the events of a webhook cannot be read: {error}"))
}

/// The secret that a caller gives a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(String);

/// Its length.
const SECRET_CHARS: (usize, usize) = (24, 75);
/// How a secret of the server's own making begins.
const SECRET_START: &str = "whsec_";

impl std::fmt::Debug for WebhookSecret {
    /// It never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookSecret(..)")
    }
}

impl WebhookSecret {
    /// A new one: 32 random bytes.
    #[must_use]
    pub fn mint(entropy: &Entropy) -> Self {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        Self(format!("{SECRET_START}{}", STANDARD.encode(entropy.bytes::<32>())))
    }

    /// The text, to be shown once and to be sealed.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Parse for WebhookSecret {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        if !(SECRET_CHARS.0..=SECRET_CHARS.1).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_graphic())
        {
            errors.push(at, "must be 24-75 printable ASCII characters without spaces");
            return None;
        }
        Some(Self(text))
    }

    fn schema() -> RefOr<Schema> {
        schema::pattern("^[!-~]{24,75}$")
    }
}

/// The events of a webhook in a request.
pub type HookNames = NonEmpty<HookName, HOOK_EVENTS_MAX>;

crate::input! {
    /// A new webhook.
    pub struct NewWebhook {
        /// Where events are sent: https, and reachable from the public network.
        url "url": required Url,
        /// The events that are sent: names, groups (`ticket.*`) or `*`.
        events "events": required HookNames,
        /// What deliveries are signed with; made by the server when left out.
        secret "secret": optional WebhookSecret,
        /// Whether events are sent; true when left out.
        enabled "enabled": optional bool,
        /// What it is for.
        description "description": optional Description,
    }
    example r#"{
        "url": "https://hooks.acme.example/dispatch",
        "events": ["ticket.*", "comment.created"],
        "description": "Into the CRM"
    }"#;
}

crate::input! {
    /// A change of a webhook.
    pub struct WebhookPatch {
        /// Where events are sent.
        url "url": change Url,
        /// The events that are sent, as a whole.
        events "events": change HookNames,
        /// Whether events are sent. Enabling begins with what happens from then on, and forgets the failures.
        enabled "enabled": change bool,
        /// What it is for.
        description "description": patch Description,
        /// Another secret, which replaces the present one at once.
        secret "secret": change WebhookSecret,
    }
    example r#"{ "events": ["ticket.closed"], "enabled": true }"#;
}

crate::input! {
    /// A new secret, with which the one before also signs for 24 hours.
    pub struct SecretRotation {
        /// The new secret; made by the server when left out.
        secret "secret": optional WebhookSecret,
    }
    example r#"{ "secret": "my-own-webhook-secret-000001" }"#;
}

crate::input! {
    /// Which events are to be delivered once more.
    pub struct Replay {
        /// Events from this time on.
        since "since": required Timestamp,
        /// Events before this time; all when left out.
        until "until": optional Timestamp,
        /// Events of these types; those of the webhook when left out.
        types "types": optional HookNames,
        /// Only events whose last delivery to this webhook has failed; false when left out.
        only_failed "onlyFailed": optional bool,
    }
    example r#"{ "since": "2026-01-02T00:00:00Z", "types": ["ticket.created"], "onlyFailed": true }"#;
}

/// Why a delivery that waited for a webhook that is no longer there, or no longer enabled, has failed.
pub const CLOSED: &str = "the webhook was disabled or deleted";

/// What stands for the payload of an event that the log no longer holds.
pub const PAYLOAD_GONE: &str = "{}";

/// The payload of an event: its envelope, the same bytes every time. Above 1 MB its long texts are cut.
#[must_use]
pub fn payload(event: &Event) -> String {
    let whole = JsonText::of(event);
    if whole.as_str().len() <= PAYLOAD_BYTES_MAX {
        return whole.as_str().to_owned();
    }
    let mut envelope: Map<String, Value> = whole.members();
    envelope.values_mut().for_each(shorten);
    envelope.insert("truncated".to_owned(), Value::Bool(true));
    JsonText::of(&envelope).as_str().to_owned()
}

/// Cuts every long text inside.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => {
            let (short, is_cut) = cut(text, PAYLOAD_CUT_CHARS);
            if is_cut {
                *text = short.to_owned();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The names that a webhook's list means.
#[must_use]
pub fn subscribed(events: &[String]) -> Vec<EventType> {
    expand_hooks(events).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_subscribed_is_a_name() {
        for (name, is_one) in [
            ("ticket.created", true),
            ("ticket.comment.created", true),
            ("comment.created", true),
            ("ticket.comment.*", true),
            ("webhook.disabled", true),
            ("*", true),
            ("webhook.created", false),
            ("webhook.ping", false),
            ("brand.*", false),
            ("ticket.crated", false),
            ("", false),
        ] {
            let mut errors = Errors::default();
            assert_eq!(HookName::parse(name.into(), "events[0]", &mut errors).is_some(), is_one, "{name}");
        }
        assert_eq!(subscribed(&["*".to_owned()]).len(), HOOKS.len());
        assert_eq!(
            subscribed(&["ticket.comment.created".to_owned(), "comment.created".to_owned()]),
            ["comment.created"]
        );
        assert_eq!(subscribed(&["webhook.*".to_owned()]), ["webhook.disabled"]);
    }

    #[test]
    fn a_secret_is_made_as_standard_webhooks_wants_it_and_never_shown() {
        let secret = WebhookSecret::mint(&Entropy::seeded(1));
        assert_eq!(secret.reveal().len(), 6 + 44);
        let mut errors = Errors::default();
        assert_eq!(WebhookSecret::parse(secret.reveal().into(), "secret", &mut errors), Some(secret.clone()));
        for wrong in ["short", "with a space inside it, and long", &"x".repeat(76), "ümlaut-ümlaut-ümlaut-ümlaut"] {
            assert!(WebhookSecret::parse(wrong.into(), "secret", &mut errors).is_none(), "{wrong}");
        }
        assert_eq!(format!("{secret:?}"), "WebhookSecret(..)");
    }

    #[test]
    fn a_payload_above_1_mb_has_short_texts_and_says_so() {
        let event = |data: Value| Event {
            id: "evt_1".to_owned(),
            sequence: 1,
            kind: "ticket.created".to_owned(),
            brand_id: BrandId::from("br_1"),
            created_at: Timestamp::from_millis(0),
            source: "api".to_owned(),
            actor: JsonText::of(&crate::event::Actor::system()),
            entity_id: "tkt_1".to_owned(),
            ticket_id: None,
            caused_by: None,
            depth: 0,
            changes: None,
            data: JsonText::of(&data),
            telling: crate::event::Telling::Usual,
        };
        let small = event(serde_json::json!({ "text": "ä".repeat(10_000) }));
        assert_eq!(payload(&small), JsonText::of(&small).as_str());
        let large = payload(&event(serde_json::json!({ "texts": vec!["ä".repeat(10_000); 60], "number": 1 })));
        let read: Value = serde_json::from_str(&large).expect("JSON");
        assert_eq!(read["data"]["texts"][59].as_str().map(|text| text.chars().count()), Some(4_000));
        assert_eq!((&read["truncated"], &read["data"]["number"]), (&Value::Bool(true), &1.into()));
        assert!(large.len() <= PAYLOAD_BYTES_MAX);
    }
}

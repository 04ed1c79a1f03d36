//! Webhooks (API 16): what a brand wants to be told, and what is delivered for it. Nothing here calls anybody.

mod consume;
mod deliveries;
mod outcome;
mod replay;

pub use consume::{Step, consume};
pub use deliveries::{DeliveryQuery, begin_test, delivery, list as deliveries, retry, shown_after};
pub use outcome::{Claimed, Claims, Ended, claim, record, record_all};
pub use replay::{Replaying, begin as begin_replay, step as replay_step};

use dispatch_model::{
    BrandId, Entropy, Patch, Timestamp,
    event::{Act, Changes},
    limits::{OLD_SECRET_MS, WEBHOOKS_MAX},
    webhook::{HookName, NewWebhook, SecretRotated, SecretRotation, Webhook, WebhookPatch, WebhookSecret},
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, consumers, webhooks::Hook, webhooks::Sealed};

use crate::{
    Result, brands,
    error::{Found, conflict},
    payload,
};

/// What a webhook's secret is sealed for.
fn place(id: &str) -> String {
    format!("webhook.secret {id}")
}

/// Seals secrets of webhooks and connections. The nonce is chosen before the operation, which may run again.
#[derive(Clone, Debug)]
pub struct Sealing {
    key: ServerKey,
    entropy: Entropy,
}

impl Sealing {
    /// With this key.
    #[must_use]
    pub const fn new(key: ServerKey, entropy: Entropy) -> Self {
        Self { key, entropy }
    }

    fn seal(&self, id: &str, secret: &WebhookSecret) -> String {
        self.seal_for(&place(id), secret.reveal())
    }

    /// Seals a secret for one place.
    pub(crate) fn seal_for(&self, place: &str, secret: &str) -> String {
        self.key.seal(place, secret.as_bytes(), &self.entropy)
    }
}

/// The secrets that sign an attempt at this time: the present one, then the one before while it counts.
///
/// # Errors
/// When they cannot be opened: the server key is another one.
pub fn open_secrets(
    key: &ServerKey,
    id: &str,
    sealed: &Sealed,
    now: Timestamp,
) -> std::result::Result<Vec<String>, String> {
    let previous = sealed.previous.iter().filter(|(_, until)| now < *until).map(|(text, _)| text);
    let open = |text: &String| {
        let bytes = key.open(&place(id), text).map_err(|why| format!("the secret {why}"))?;
        String::from_utf8(bytes).map_err(|_| "the secret is no text".to_owned())
    };
    std::iter::once(&sealed.secret).chain(previous).map(open).collect()
}

/// Why an attempt has failed whose webhook's secret cannot be opened.
pub const UNSIGNED: &str = "it could not be signed: the server key has changed";

/// Every webhook of a brand, oldest first.
///
/// # Errors
/// When there is no such brand.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Webhook>> {
    brands::get(tx, brand).await?;
    Ok(store::webhooks::all(tx, brand).await?.into_iter().map(|hook| hook.webhook).collect())
}

/// One webhook.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Webhook> {
    Ok(find(tx, brand, id).await?.webhook)
}

async fn find(tx: &Tx, brand: &BrandId, id: &str) -> Result<Hook> {
    brands::get(tx, brand).await?;
    store::webhooks::get(tx, brand, id).await?.found()
}

fn names(events: &[HookName]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(events.len());
    for HookName(name) in events {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Creates a webhook. It is told what happens from then on.
///
/// # Errors
/// When there is no such brand, or it has too many webhooks.
pub async fn create(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    new: &NewWebhook,
    secret: &WebhookSecret,
    sealing: &Sealing,
) -> Result<Webhook> {
    brands::get(tx, brand).await?;
    if store::webhooks::count(tx, brand).await? >= WEBHOOKS_MAX {
        return Err(conflict(format!("The brand has {WEBHOOKS_MAX} webhooks, which is the limit.")));
    }
    let webhook = Webhook {
        id: act.mint.id(),
        brand_id: brand.clone(),
        url: String::from(new.url.clone()),
        events: names(&new.events.0),
        enabled: new.enabled.unwrap_or(true),
        description: new.description.clone().map(String::from),
        failure_count: 0,
        disabled_reason: None,
        last_triggered: None,
        last_success: None,
        last_failure: None,
        created_at: act.at,
        updated_at: act.at,
    };
    let since = tx.counter(brand).await?.found()?.last_sequence;
    let sealed = sealing.seal(webhook.id.as_str(), secret);
    store::webhooks::insert(tx, &webhook, &sealed, since).await?;
    consumers::begin(tx, brand, consumers::WEBHOOKS, since).await?;
    tx.record(act, brand, payload::object("webhook.created", webhook.id.as_str(), "webhook", &webhook, None));
    Ok(webhook)
}

/// Changes a webhook.
///
/// # Errors
/// When there is none.
pub async fn update(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    patch: &WebhookPatch,
    sealing: &Sealing,
) -> Result<Webhook> {
    store::webhooks::hold(tx, brand).await?;
    let mut hook = find(tx, brand, id).await?;
    let old = hook.webhook.clone();
    let new = &mut hook.webhook;
    if let Some(url) = &patch.url {
        new.url = String::from(url.clone());
    }
    if let Some(events) = &patch.events {
        new.events = names(&events.0);
    }
    if !matches!(patch.description, Patch::Keep) {
        new.description = patch.description.clone().text().or(None);
    }
    if let Some(enabled) = patch.enabled {
        new.enabled = enabled;
    }
    if new.enabled && !old.enabled {
        (new.failure_count, new.disabled_reason) = (0, None);
        hook.failing_since = None;
        hook.since = tx.counter(brand).await?.found()?.last_sequence;
        hook.closed_at = act.at.max(hook.closed_at);
    }
    let closes = old.enabled && !hook.webhook.enabled;
    if closes {
        // Behind everything that waits (`waiting_from`), also when little time has passed.
        hook.closed_at = hook.waiting_from(act.at);
    }
    let new = &mut hook.webhook;
    let mut changes = Changes::default();
    changes.add("url", &old.url, &new.url);
    changes.add("events", &old.events, &new.events);
    changes.add("enabled", &old.enabled, &new.enabled);
    changes.add("description", &old.description, &new.description);
    if changes.is_empty() && patch.secret.is_none() {
        return Ok(old);
    }
    new.updated_at = act.after(old.updated_at);
    store::webhooks::update(tx, &hook).await?;
    if closes {
        store::webhooks::due(tx, brand, &hook.webhook.id, act.at).await?;
    }
    if let Some(secret) = &patch.secret {
        let sealed = Sealed { secret: sealing.seal(id, secret), previous: None };
        store::webhooks::set_secrets(tx, brand, &hook.webhook.id, &sealed, hook.webhook.updated_at).await?;
    }
    let event = payload::object("webhook.updated", id, "webhook", &hook.webhook, Some(changes.to_json()));
    tx.record(act, brand, event);
    Ok(hook.webhook)
}

/// Gives a webhook another secret; the one before also signs for 24 hours.
///
/// # Errors
/// When there is none.
pub async fn rotate(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    id: &str,
    secret: &WebhookSecret,
    sealing: &Sealing,
) -> Result<SecretRotated> {
    let mut hook = find(tx, brand, id).await?;
    let until = act.at.plus_ms(OLD_SECRET_MS);
    let sealed = Sealed { secret: sealing.seal(id, secret), previous: Some((hook.sealed.secret, until)) };
    hook.webhook.updated_at = act.after(hook.webhook.updated_at);
    store::webhooks::set_secrets(tx, brand, &hook.webhook.id, &sealed, hook.webhook.updated_at).await?;
    let changes = Changes::default();
    tx.record(act, brand, payload::object("webhook.updated", id, "webhook", &hook.webhook, Some(changes.to_json())));
    Ok(SecretRotated { id: hook.webhook.id, secret: secret.reveal().to_owned(), previous_secret_expires_at: until })
}

/// The secret that a rotation asks for, or a new one.
#[must_use]
pub fn secret_of(rotation: &SecretRotation, entropy: &Entropy) -> WebhookSecret {
    rotation.secret.clone().unwrap_or_else(|| WebhookSecret::mint(entropy))
}

/// Deletes a webhook. What waits for it is failed in steps.
///
/// # Errors
/// When there is none.
pub async fn delete(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<()> {
    let Hook { webhook, .. } = find(tx, brand, id).await?;
    // The consumer is taken before its webhooks, as its steps do: whoever locks in one order never waits in a circle.
    if store::webhooks::count(tx, brand).await? == 1 {
        consumers::end(tx, brand, consumers::WEBHOOKS).await?;
    }
    store::webhooks::delete(tx, brand, &webhook.id, act.at).await?;
    tx.record(act, brand, payload::object("webhook.deleted", id, "webhook", &webhook, None));
    Ok(())
}

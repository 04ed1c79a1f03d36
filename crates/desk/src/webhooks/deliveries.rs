//! What has been delivered, and what is to be delivered once more.

use dispatch_model::{
    BrandId, DeliveryId, JsonText, Timestamp,
    event::{Act, Event, EventType, Telling},
    id::event_id,
    page::{Cursor, fingerprint},
    webhook::{CLOSED, Delivery, DeliveryStatus, DeliveryWithAttempts, payload},
};
use dispatch_store::{
    self as store, Tx,
    deliveries::{Kept, Test, Wanted},
    webhooks::Hook,
};

use super::find;
use crate::{
    Result,
    error::{Found, conflict, invalid},
};

/// What deliveries are asked for.
#[derive(Clone, Debug)]
pub struct DeliveryQuery {
    /// What has become of them.
    pub status: Option<DeliveryStatus>,
    /// Of these types.
    pub types: Option<Vec<EventType>>,
    /// Deliveries at most.
    pub limit: i64,
    /// Where the part begins.
    pub cursor: Option<String>,
}

/// Behind every id.
const NEWEST: &str = "whd_~";

/// A delivery as it is shown. What waits for a webhook that was disabled meanwhile has failed, whatever its row says.
async fn shown(tx: &Tx, hook: &Hook, kept: Kept) -> Result<DeliveryWithAttempts> {
    let payload = JsonText::stored(kept.payload(tx, &hook.webhook.brand_id).await?);
    let closed = kept.due_at.is_some() && !kept.claimed && kept.waiting_since <= hook.closed_to();
    let delivery = Delivery {
        id: kept.id,
        webhook_id: kept.webhook_id,
        event_id: kept.event_id,
        event: kept.kind,
        payload,
        status: if closed { DeliveryStatus::Failed } else { kept.status },
        attempts: kept.attempts,
        last_attempt: kept.last_attempt,
        next_attempt: if closed || kept.claimed { None } else { kept.due_at },
        response_code: kept.response_code,
        response_body: kept.response_body,
        error: if closed { Some(CLOSED.to_owned()) } else { kept.error },
        duration_ms: kept.duration_ms,
        is_test: kept.is_test,
        created_at: kept.created_at,
    };
    Ok(DeliveryWithAttempts { delivery, attempt_log: kept.attempt_log })
}

/// Deliveries of a webhook, newest first, and the cursor of the next part.
///
/// # Errors
/// When there is no such webhook, or the cursor is of another list.
pub async fn list(
    tx: &Tx,
    brand: &BrandId,
    webhook: &str,
    query: &DeliveryQuery,
) -> Result<(Vec<Delivery>, Option<String>)> {
    let hook = find(tx, brand, webhook).await?;
    let types = query.types.as_ref().map_or_else(String::new, |types| types.join(","));
    let status = query.status.map_or("", DeliveryStatus::as_str);
    let mark = fingerprint(&["deliveries", brand.as_str(), webhook, status, &types]);
    let before = match &query.cursor {
        None => NEWEST.to_owned(),
        Some(text) => {
            let cursor = Cursor::decode(text, mark, 1).and_then(|mut cursor| cursor.keys.pop());
            cursor.ok_or_else(|| invalid("cursor", "is not a cursor of this list"))?
        }
    };
    let (status, limit) = (query.status, query.limit);
    let wanted = Wanted { status, types: query.types.clone(), closed_at: hook.closed_to(), before, limit };
    let (found, next) = store::deliveries::list(tx, brand, &hook.webhook.id, &wanted).await?;
    let mut deliveries = Vec::with_capacity(found.len());
    for kept in found {
        deliveries.push(shown(tx, &hook, kept).await?.delivery);
    }
    Ok((deliveries, next.map(|DeliveryId(id)| Cursor { fingerprint: mark, keys: vec![id] }.encode())))
}

/// One delivery with its attempts.
///
/// # Errors
/// When there is none.
pub async fn delivery(tx: &Tx, brand: &BrandId, webhook: &str, id: &str) -> Result<DeliveryWithAttempts> {
    let hook = find(tx, brand, webhook).await?;
    let kept = store::deliveries::get(tx, brand, &hook.webhook.id, id).await?.found()?;
    shown(tx, &hook, kept).await
}

/// A delivery is to be tried at once, whatever became of it; its schedule begins anew. In the brand's lane.
///
/// # Errors
/// When there is none, an attempt is under way, or its webhook is disabled.
pub async fn retry(tx: &Tx, act: &Act, brand: &BrandId, webhook: &str, id: &str) -> Result<Delivery> {
    store::webhooks::hold(tx, brand).await?;
    let hook = find(tx, brand, webhook).await?;
    let kept = store::deliveries::get(tx, brand, &hook.webhook.id, id).await?.found()?;
    if !hook.webhook.enabled {
        return Err(conflict("The webhook is disabled: enable it first."));
    }
    if kept.claimed && kept.due_at.is_some_and(|until| act.at < until) {
        return Err(conflict("An attempt of this delivery is under way."));
    }
    store::deliveries::retry(tx, &hook, &kept.id, act.at).await?;
    store::webhooks::due(tx, brand, &hook.webhook.id, act.at).await?;
    Ok(delivery(tx, brand, webhook, id).await?.delivery)
}

/// A test call begins: what is to be sent, and the delivery that notes it.
///
/// # Errors
/// When there is no such webhook.
pub async fn begin_test(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    webhook: &str,
    until: Timestamp,
) -> Result<super::Claimed> {
    store::webhooks::hold(tx, brand).await?;
    let hook = find(tx, brand, webhook).await?;
    let event = ping(act, brand, &hook);
    let body = payload(&event);
    let id: DeliveryId = act.mint.id();
    let test = Test { id: &id, webhook: &hook.webhook.id, event_id: &event.id, payload: &body, now: act.at, until };
    store::deliveries::insert_test(tx, brand, &test).await?;
    store::webhooks::due(tx, brand, &hook.webhook.id, until).await?;
    let kept = store::deliveries::get(tx, brand, &hook.webhook.id, id.as_str()).await?.found()?;
    Ok(super::Claimed { brand: brand.clone(), hook, delivery: kept, attempt: 1, tries: 1, payload: body })
}

/// The event of a test call. It is in no log, so it has no place there.
fn ping(act: &Act, brand: &BrandId, hook: &Hook) -> Event {
    Event {
        id: event_id(act.at, act.random, 0),
        sequence: 0,
        kind: "webhook.ping".to_owned(),
        brand_id: brand.clone(),
        created_at: act.at,
        source: act.source.to_owned(),
        actor: JsonText::of(&act.actor),
        entity_id: hook.webhook.id.0.clone(),
        ticket_id: None,
        caused_by: None,
        depth: 0,
        changes: None,
        data: JsonText::of(&serde_json::json!({
            "id": hook.webhook.id,
            "message": "This is a test call of your webhook.",
        })),
        telling: Telling::Usual,
    }
}

/// A delivery as it is shown after its attempt, for whoever waited for it.
///
/// # Errors
/// When it is gone.
pub async fn shown_after(tx: &Tx, brand: &BrandId, webhook: &str, id: &str) -> Result<Delivery> {
    Ok(delivery(tx, brand, webhook, id).await?.delivery)
}

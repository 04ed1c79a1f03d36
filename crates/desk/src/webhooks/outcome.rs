//! The life of one attempt: claimed, made elsewhere, written down.

use dispatch_model::{
    BrandId, Timestamp, WebhookId,
    event::Act,
    limits::{ATTEMPTS_KEPT, FAILING_MS, REWRITE_STEP_ROWS},
    webhook::{Attempt, Attempted, DeliveryStatus},
};
use dispatch_store::{
    self as store, Tx,
    deliveries::{
        Kept,
        claim::{self as claims, Record, State},
    },
    webhooks::Hook,
};
use futures_util::{future::try_join_all, try_join};

use crate::{Result, mails, payload};

/// A delivery whose attempt begins.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The brand.
    pub brand: BrandId,
    /// The webhook.
    pub hook: Hook,
    /// The delivery.
    pub delivery: Kept,
    /// The number of this attempt.
    pub attempt: i64,
    /// Its place in the schedule, from 1.
    pub tries: i64,
    /// What is sent.
    pub payload: String,
}

/// What one claim has found.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Deliveries whose attempts begin.
    pub claimed: Vec<Claimed>,
    /// Whether there may be more of this webhook to do.
    pub more: bool,
}

/// Takes up to `room` deliveries of a webhook that are due, until `until`; and fails what waits for a webhook that is disabled or
/// deleted. In the webhook's own lane.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn claim(
    tx: &Tx,
    brand: &BrandId,
    id: &WebhookId,
    (now, until): (Timestamp, Timestamp),
    room: i64,
) -> Result<Claims> {
    store::webhooks::hold_one(tx, brand, id).await?;
    let Some(hook) = store::webhooks::get_any(tx, brand, id).await? else { return Ok(Claims::default()) };
    let closed = claims::close(tx, brand, id, hook.closed_to(), now, REWRITE_STEP_ROWS).await?;
    let mut found = Claims { more: closed == REWRITE_STEP_ROWS, ..Claims::default() };
    if !found.more {
        let due = claims::due(tx, brand, id, now, room).await?;
        found.more = i64::try_from(due.len()).unwrap_or(room) == room;
        // Read together: on PostgreSQL their answers come in one go.
        let payloads = try_join_all(due.iter().map(|delivery| delivery.payload(tx, brand))).await?;
        for (delivery, payload) in due.into_iter().zip(payloads) {
            if delivery.is_test && delivery.claimed {
                // Nobody waits for it any more, and a test call is made once.
                claims::fail(tx, brand, (id, &delivery.id), INTERRUPTED).await?;
                continue;
            }
            let log = match delivery.last_attempt.filter(|_| delivery.claimed) {
                // Nobody knows what became of the attempt whose claim has ended.
                Some(at) => {
                    let error = Some(INTERRUPTED.to_owned());
                    appended(delivery.attempt_log.as_str(), &Attempt { at, response_code: None, error, duration_ms: 0 })
                }
                None => delivery.attempt_log.clone(),
            };
            claims::claim(tx, brand, (id, &delivery.id), (now, until), &log).await?;
            let (attempt, tries) = (delivery.attempts + 1, delivery.tries + 1);
            found.claimed.push(Claimed { brand: brand.clone(), hook: hook.clone(), delivery, attempt, tries, payload });
        }
    }
    let next = claims::move_on(tx, brand, id, now).await?;
    if hook.deleted_at.is_some() && next.is_none() {
        store::webhooks::remove(tx, brand, id).await?;
    }
    Ok(found)
}

/// Why an attempt has failed whose server has stopped before the answer came.
const INTERRUPTED: &str = "the server stopped during the attempt";

/// What has become of a delivery, and of its webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It stands; its webhook as well.
    Recorded(DeliveryStatus),
    /// Another attempt counts: the lease of this one had ended.
    Superseded,
    /// The webhook is to be disabled, for this reason; nothing has been written yet.
    Disables(String),
}

/// The status that a receiver answers when it is gone for good.
const GONE: i64 = 410;

/// Writes down what came of several attempts of one webhook, in their order, outside of the brand's lane. It stops at the first that
/// disables the webhook: the last answer is then [`Ended::Disables`].
///
/// # Errors
/// When the database cannot answer or write.
pub async fn record_all(tx: &Tx, made: &[(Claimed, Attempted)]) -> Result<Vec<Ended>> {
    if made.len() > 1 && made.iter().all(|(_, attempted)| attempted.error.is_none()) {
        return record_successes(tx, made).await;
    }
    let mut all = Vec::with_capacity(made.len());
    for (claimed, attempted) in made {
        let ended = record(tx, claimed, attempted, None).await?;
        let stops = matches!(ended, Ended::Disables(_));
        all.push(ended);
        if stops {
            break;
        }
    }
    Ok(all)
}

/// The common case, for which the webhook is looked at and written once: all of them succeeded.
async fn record_successes(tx: &Tx, made: &[(Claimed, Attempted)]) -> Result<Vec<Ended>> {
    let Some((Claimed { brand, hook, .. }, last)) = made.last() else { return Ok(Vec::new()) };
    let webhook = &hook.webhook.id;
    store::webhooks::hold_one(tx, brand, webhook).await?;
    let states = made.iter().map(|(made, _)| claims::under_way(tx, brand, (webhook, &made.delivery.id), made.attempt));
    let states = try_join_all(states).await?;
    let mut all = Vec::with_capacity(made.len());
    for ((claimed, attempted), state) in made.iter().zip(states) {
        all.push(match state {
            Some(state) => {
                let record = written(attempted, DeliveryStatus::Success, None, &state);
                claims::record(tx, brand, (webhook, &claimed.delivery.id), &record).await?;
                Ended::Recorded(DeliveryStatus::Success)
            }
            None => Ended::Superseded,
        });
    }
    if all.iter().any(|ended| matches!(ended, Ended::Recorded(_))) {
        store::webhooks::succeeded(tx, brand, webhook, last.began, last.ended).await?;
    }
    Ok(all)
}

/// What is kept of an attempt.
fn written(attempted: &Attempted, status: DeliveryStatus, due_at: Option<Timestamp>, state: &State) -> Record {
    let Attempted { began, duration_ms, response_code, response_body, error, .. } = attempted;
    let attempt =
        Attempt { at: *began, response_code: *response_code, error: error.clone(), duration_ms: *duration_ms };
    Record {
        status,
        due_at,
        response_code: *response_code,
        response_body: response_body.clone(),
        error: error.clone(),
        duration_ms: *duration_ms,
        attempt_log: appended(state.attempt_log.as_str(), &attempt),
    }
}

/// Writes down what came of an attempt. `disables` says whether the webhook may be disabled here, which only the brand's lane
/// can: elsewhere nothing is written when it has to be.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn record(tx: &Tx, claimed: &Claimed, attempted: &Attempted, act: Option<&Act>) -> Result<Ended> {
    let (brand, delivery, webhook) = (&claimed.brand, &claimed.delivery, &claimed.hook.webhook.id);
    store::webhooks::hold_one(tx, brand, webhook).await?;
    let under_way = claims::under_way(tx, brand, (webhook, &delivery.id), claimed.attempt);
    let (state, hook) = try_join!(under_way, store::webhooks::get_any(tx, brand, webhook))?;
    let Some(state) = state else { return Ok(Ended::Superseded) };
    let Attempted { began, ended, error, again, .. } = attempted;
    let reason = hook.as_ref().and_then(|hook| disabling(hook, attempted));
    if let (Some(reason), None) = (&reason, act) {
        return Ok(Ended::Disables(reason.clone()));
    }
    let open = hook.as_ref().is_some_and(|hook| state.waiting_since > hook.closed_to()) && reason.is_none();
    let again = again.filter(|_| open && error.is_some() && !delivery.is_test);
    let status = match (error, again) {
        (None, _) => DeliveryStatus::Success,
        (Some(_), Some(_)) => DeliveryStatus::Retrying,
        (Some(_), None) => DeliveryStatus::Failed,
    };
    let record = written(attempted, status, again, &state);
    claims::record(tx, brand, (webhook, &delivery.id), &record).await?;
    if error.is_none() {
        store::webhooks::succeeded(tx, brand, webhook, *began, *ended).await?;
    } else {
        store::webhooks::failed(tx, brand, webhook, *began, *ended).await?;
    }
    if let Some(again) = again {
        store::webhooks::due(tx, brand, webhook, again).await?;
    }
    if let (Some(reason), Some(act)) = (reason, act) {
        disable(tx, act, brand, webhook, &reason).await?;
    }
    Ok(Ended::Recorded(status))
}

/// Why a webhook has to be disabled after this attempt, if it has. A test call may meet a disabled one.
fn disabling(hook: &Hook, attempted: &Attempted) -> Option<String> {
    if !hook.webhook.enabled || attempted.error.is_none() {
        return None;
    }
    if attempted.response_code == Some(GONE) {
        return Some("receiver answered 410".to_owned());
    }
    let since = hook.failing_since?;
    (since.plus_ms(FAILING_MS) <= attempted.ended).then(|| "5 days with only failures".to_owned())
}

/// Disables a webhook. In the brand's lane.
///
/// # Errors
/// When the database cannot answer or write.
async fn disable(tx: &Tx, act: &Act, brand: &BrandId, webhook: &WebhookId, reason: &str) -> Result<()> {
    store::webhooks::disable(tx, brand, webhook, reason, act.at).await?;
    if let Some(hook) = store::webhooks::get(tx, brand, webhook.as_str()).await? {
        let event = payload::object("webhook.disabled", webhook.as_str(), "webhook", &hook.webhook, None);
        tx.record(act, brand, event);
        mails::webhook_disabled(tx, act, brand, &hook.webhook).await?;
    }
    Ok(())
}

/// The attempts with one more, of which the newest are kept.
fn appended(log: &str, attempt: &Attempt) -> dispatch_model::JsonText {
    let mut attempts: Vec<serde_json::Value> = serde_json::from_str(log).unwrap_or_default();
    attempts.push(serde_json::json!(attempt));
    let first = attempts.len().saturating_sub(ATTEMPTS_KEPT);
    dispatch_model::JsonText::of(&attempts[first..])
}

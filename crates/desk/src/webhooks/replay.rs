//! Delivering once more what has happened since a time.

use dispatch_model::{
    BrandId, Timestamp, WebhookId,
    event::{Act, EventType},
    limits::{REPLAY_MAX, REPLAY_STEP},
    webhook::{HookName, Replay, subscribed},
};
use dispatch_store::{self as store, Tx};

use super::find;
use crate::{
    Result,
    error::{Found, conflict, invalid},
};

/// A replay on its way through the log.
#[derive(Clone, Debug)]
pub struct Replaying {
    webhook: WebhookId,
    since: Timestamp,
    until: Option<Timestamp>,
    types: Vec<EventType>,
    only_failed: bool,
    /// The last event that was looked at, and the last that there was when it began.
    position: i64,
    last: i64,
    /// Deliveries so far.
    pub count: i64,
    /// Whether the limit kept some away.
    pub has_more: bool,
    /// Whether there is nothing left to look at.
    pub done: bool,
}

/// Events may stand a little out of the order of their times: those that waited longest for their commit. So many in front of
/// the first that fits are looked at as well, and so much later than the end.
const SLACK_EVENTS: i64 = 1_000;
const SLACK_MS: i64 = 60_000;

/// Where a replay begins.
///
/// # Errors
/// When there is no such webhook, it is disabled, or `until` is not behind `since`.
pub async fn begin(tx: &Tx, brand: &BrandId, webhook: &str, order: &Replay) -> Result<Replaying> {
    let hook = find(tx, brand, webhook).await?;
    if order.until.is_some_and(|until| until <= order.since) {
        return Err(invalid("until", "must be after since"));
    }
    if !hook.webhook.enabled {
        return Err(conflict("The webhook is disabled: enable it first."));
    }
    let wanted: Option<Vec<String>> =
        order.types.as_ref().map(|types| types.0.iter().map(|HookName(name)| name.clone()).collect());
    let last = tx.counter(brand).await?.found()?.last_sequence;
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low + (high - low) / 2;
        let next = store::log::heads(tx, brand, middle, 1).await?.pop();
        match next {
            Some(event) if event.created_at < order.since => low = event.sequence,
            _ => high = middle,
        }
    }
    Ok(Replaying {
        webhook: hook.webhook.id,
        since: order.since,
        until: order.until,
        types: subscribed(&wanted.unwrap_or(hook.webhook.events)),
        only_failed: order.only_failed.unwrap_or(false),
        position: (low - SLACK_EVENTS).max(0),
        last,
        count: 0,
        has_more: false,
        done: false,
    })
}

/// Looks at the next events of a replay. In the lane of the consumer.
///
/// # Errors
/// When the webhook is gone or disabled meanwhile.
pub async fn step(tx: &Tx, act: &Act, brand: &BrandId, so_far: &Replaying) -> Result<Replaying> {
    let mut replay = so_far.clone();
    store::webhooks::hold(tx, brand).await?;
    let hook = find(tx, brand, replay.webhook.as_str()).await?;
    if !hook.webhook.enabled {
        return Err(conflict("The webhook was disabled meanwhile."));
    }
    let events = store::log::heads(tx, brand, replay.position, REPLAY_STEP).await?;
    let end = events.last().map_or(replay.last, |event| event.sequence).min(replay.last);
    let failed = if replay.only_failed {
        let span = (replay.position, end);
        Some(store::deliveries::failed(tx, brand, &replay.webhook, span, hook.closed_to()).await?)
    } else {
        None
    };
    let before = replay.count;
    let late = replay.until.map(|until| until.plus_ms(SLACK_MS));
    for event in events.iter().filter(|event| event.sequence <= replay.last) {
        if late.is_some_and(|late| event.created_at > late) {
            replay.done = true;
            break;
        }
        let fits = event.created_at >= replay.since
            && replay.until.is_none_or(|until| event.created_at < until)
            && replay.types.contains(&event.kind.as_str())
            && failed.as_ref().is_none_or(|failed| failed.contains(&event.sequence));
        if fits && replay.count == REPLAY_MAX {
            (replay.has_more, replay.done) = (true, true);
            break;
        }
        if fits {
            store::deliveries::insert(tx, brand, &act.mint.id(), &hook, event, act.at).await?;
            replay.count += 1;
        }
    }
    if replay.count > before {
        store::webhooks::due(tx, brand, &replay.webhook, act.at).await?;
    }
    replay.position = end;
    replay.done |= events.is_empty() || end >= replay.last;
    Ok(replay)
}

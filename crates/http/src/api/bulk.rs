//! `POST /brands/{brandId}/tickets/bulk`: each ticket is a transaction of its own (API 5.8).

use std::sync::Arc;

use dispatch_desk::{
    self as desk,
    tickets::bulk::{self, Step},
};
use dispatch_model::{
    BrandId,
    event::Act,
    limits::IDEMPOTENCY_KEPT_MS,
    ticket::{BulkChange, BulkReport, BulkResult},
};
use dispatch_store::{self as store, Lane, Tx, idempotency::Use};
use futures_util::{StreamExt, stream};

use crate::{
    App,
    call::{Call, REPLAYED, Reply, write_json},
    op,
    problem::Problem,
};

/// Tickets that are worked on at the same time: as many as one commit carries on PostgreSQL.
const AT_ONCE: usize = 32;

pub(super) async fn bulk(call: Call, change: BulkChange) -> Result<Reply, Problem> {
    let _alone = match &call.key {
        Some(key) => {
            let gate = format!("{} {} {}", key.credential, key.operation, key.key);
            Some(call.app.running().enter(&gate).await?)
        }
        None => None,
    };
    let quiet = change.notify == Some(false);
    let (at, change, used) = (call.brand(), Arc::new(change), call.key.clone());
    let (brand, key) = (at.clone(), used.clone());
    let (step, targets) = call
        .made(op!(
            [at, change, used] | tx,
            act | async {
                first_of_its_key(tx, &act, used.as_ref()).await?;
                let step = bulk::prepare(tx, &act, &at, &change).await?;
                Ok::<_, desk::Error>((step, bulk::targets(tx, &at, &change.ticket_ids.0).await?))
            }
        ))
        .await?;
    let step = Arc::new(step);
    let work = targets.into_iter().map(|(text, id)| {
        let (app, actor, brand, step) = (call.app.clone(), call.caller.actor.clone(), brand.clone(), step.clone());
        // The credential's own source; each ticket gets an act of its own, with ids of its own.
        let act = Act { quiet, ..app.act(actor, call.act.source) };
        let key =
            key.clone().zip(id.clone()).map(|(key, id)| Use { operation: format!("{} {id}", key.operation), ..key });
        async move { one(&app, act, brand, step, text, id, key).await }
    });
    let results: Vec<(BulkResult, bool)> = stream::iter(work).buffered(AT_ONCE).collect().await;
    let count = results.iter().filter(|(result, _)| result.ok).count();
    let failed = results.len() - count;
    let replayed = !results.is_empty() && results.iter().all(|(_, replayed)| *replayed);
    let results = results.into_iter().map(|(result, _)| result).collect();
    let body = write_json(&BulkReport { success: failed == 0, count, failed, results })?;
    let reply = call.reply(body);
    Ok(if replayed { reply.header(REPLAYED, "true") } else { reply })
}

/// Notes the body that a key stands for; another body with it is refused. Each ticket has an answer of its own.
async fn first_of_its_key(tx: &Tx, act: &Act, key: Option<&Use>) -> desk::Result<()> {
    let Some(key) = key else { return Ok(()) };
    match store::idempotency::get(tx, key, act.at.plus_ms(-IDEMPOTENCY_KEPT_MS)).await? {
        Some(stored) if stored.body_hash != key.body_hash => Err(desk::Refusal::KeyReused.into()),
        Some(_) => Ok(()),
        None => Ok(store::idempotency::put(tx, key, 200, "", act.at).await?),
    }
}

/// Does the step to one ticket, unless its key says that it was done; says whether it was.
async fn one(
    app: &App,
    act: Act,
    brand: BrandId,
    step: Arc<Step>,
    text: String,
    id: Option<String>,
    key: Option<Use>,
) -> (BulkResult, bool) {
    let shown = id.clone().unwrap_or(text);
    let done: Result<bool, desk::Error> = match id {
        None => Err(desk::Refusal::NotFound.into()),
        Some(id) => {
            let lane = Lane::Brand(brand.clone());
            app.db()
                .write(lane, "tickets.bulk_step", move |tx| {
                    let (act, brand, step, id, key) =
                        (act.clone(), brand.clone(), step.clone(), id.clone(), key.clone());
                    Box::pin(async move {
                        let since = act.at.plus_ms(-IDEMPOTENCY_KEPT_MS);
                        if let Some(key) = &key
                            && store::idempotency::get(tx, key, since).await?.is_some()
                        {
                            return Ok(true);
                        }
                        bulk::step(tx, &act, &brand, &id, &step).await?;
                        if let Some(key) = &key {
                            store::idempotency::put(tx, key, 200, "", act.at).await?;
                        }
                        Ok(false)
                    })
                })
                .await
        }
    };
    match done {
        Ok(replayed) => (BulkResult { id: shown, ok: true, code: None, message: None }, replayed),
        Err(error) => {
            let problem = Problem::from(error);
            let code = Some(problem.code.as_str().to_owned());
            (BulkResult { id: shown, ok: false, code, message: Some(told(problem)) }, false)
        }
    }
}

/// What is wrong, in one text: there is no place for fields here.
fn told(problem: Problem) -> String {
    match problem.errors.first() {
        Some(error) => format!("{} {}.", error.field, error.message),
        None => problem.message,
    }
}

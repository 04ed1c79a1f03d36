//! Automations at work: their consumer of the log, and the calls that runs are still to make. A call is claimed, made with no
//! transaction open and written down; a target that is slow or dead holds up its own calls alone.

use std::{sync::Arc, time::Duration};

use dispatch_desk::{
    self as desk,
    automations::{
        Acts, Failed, Stopped,
        calls::{Claimed, Ended, claim, record},
    },
    webhooks::Step,
};
use dispatch_model::{
    BrandId, Timestamp,
    automation::RunStatus,
    connection::Answer,
    event::{Act, Actor},
    limits::{REWRITE_STEP_ROWS, RUN_KEPT_MS},
};
use dispatch_outbound::Schedule;
use dispatch_store::{
    self as store, Lane,
    automations::{calls as kept, calls::CallKey, runs},
};
use futures_util::future::join_all;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{Worker, places::Places};

/// Calls under way of one connection, and in all.
const PER_CONNECTION: usize = 4;
const IN_ALL: usize = 64;
/// Calls that one look finds.
const CALLS_MAX: i64 = 128;
/// How often it looks for what has become due.
const LOOK: Duration = Duration::from_secs(1);
/// How long a claim lasts: the longest that a call may take, and as long again to write it down.
const LEASE_MS: i64 = 60_000;
/// How long a server that stops waits for calls under way. What is left then is made again when its claim ends.
const LAST_CALLS: Duration = Duration::from_secs(5);

impl Worker {
    fn system(&self) -> Act {
        Act::new(Actor::system(), "system", &self.seams.clock, &self.seams.entropy)
    }

    /// One step of the consumer of automations. What a run cannot do to its ticket is given up in a transaction of its own.
    pub(crate) async fn automate(&self, name: &'static str, brand: &BrandId) -> desk::Result<Step> {
        let mut failed: Option<Failed> = None;
        loop {
            let acts = Acts { own: self.system(), run: self.system() };
            let (id, rules, before) = (brand.clone(), self.rules.clone(), failed.take());
            let lane = Lane::Brand(brand.clone());
            let done: Result<Step, Stopped> = self
                .db
                .write(lane, name, move |tx| {
                    let (acts, id, rules, before) = (acts.clone(), id.clone(), rules.clone(), before.clone());
                    Box::pin(async move { desk::automations::consume(tx, &acts, &id, &rules, before.as_ref()).await })
                })
                .await;
            match done {
                Ok(step) => {
                    let tally = self.seams.outbound.tally();
                    tally.ran(RunStatus::Skipped, step.skipped);
                    if let Some(status) = step.ran {
                        tally.ran(status, 1);
                    }
                    return Ok(step);
                }
                Err(Stopped::Run(run)) => failed = Some(run),
                Err(Stopped::Other(error)) => return Err(error),
            }
        }
    }

    /// Makes calls until it is told to stop; then it waits a moment for those under way.
    pub(crate) async fn calling(&self, mut stop: watch::Receiver<bool>) {
        let (places, mut attempts) = (Places::new(IN_ALL, PER_CONNECTION), JoinSet::new());
        while !*stop.borrow() {
            let more = match self.call_round(&places, &mut attempts).await {
                Ok(more) => more,
                Err(error) => {
                    tracing::warn!(%error, "calls could not be claimed and will be again");
                    sleep(LOOK).await;
                    false
                }
            };
            while attempts.try_join_next().is_some() {}
            if !more {
                tokio::select! {
                    () = self.calls.notified() => {}
                    Some(_) = attempts.join_next() => {}
                    () = sleep(LOOK) => {}
                    _ = stop.changed() => {}
                }
            }
        }
        let _in_time = timeout(LAST_CALLS, async { while attempts.join_next().await.is_some() {} }).await;
    }

    /// Makes every call that is due now; for tests.
    pub(crate) async fn call_all(&self) -> desk::Result<()> {
        let (places, mut attempts) = (Places::new(IN_ALL, PER_CONNECTION), JoinSet::new());
        while self.call_round(&places, &mut attempts).await? || !attempts.is_empty() {
            attempts.join_next().await;
        }
        Ok(())
    }

    /// Makes calls as long as there is no reason to wait, and says how often it looked; for tests.
    ///
    /// # Errors
    /// When one could not be claimed.
    pub async fn call_rounds(&self) -> desk::Result<usize> {
        let (places, mut attempts, mut rounds) = (Places::new(IN_ALL, PER_CONNECTION), JoinSet::new(), 1);
        while self.call_round(&places, &mut attempts).await? {
            rounds += 1;
        }
        while attempts.join_next().await.is_some() {}
        Ok(rounds)
    }

    /// Claims what is due and has room, and begins the calls. Says whether there is more to claim at once.
    async fn call_round(&self, places: &Places, attempts: &mut JoinSet<()>) -> desk::Result<bool> {
        let Some(full) = places.full() else { return Ok(false) };
        let now = self.seams.clock.now();
        let due: store::Result<Vec<(CallKey, String)>> = self
            .db
            .read("worker.calls_due", move |tx| {
                let full = full.clone();
                Box::pin(async move { kept::due(tx, (&full.brands, &full.targets), now, CALLS_MAX).await })
            })
            .await;
        let due = due?;
        let whole = i64::try_from(due.len()).unwrap_or(0) < CALLS_MAX;
        let entering = due.into_iter().filter(|(key, connection)| places.take(&key.brand, connection, 1) == 1);
        let claiming = entering.map(|(key, connection)| async move { (self.claim_call(&key).await, key, connection) });
        let (mut any, mut over, mut failed) = (false, false, None);
        for (claimed, key, connection) in join_all(claiming.collect::<Vec<_>>()).await {
            match claimed {
                Ok(Some(claimed)) => {
                    any = true;
                    let (worker, places) = (self.clone(), places.clone());
                    attempts.spawn(async move {
                        worker.make_call(claimed).await;
                        places.give_back(&key.brand, &connection, 1);
                    });
                }
                // It is over, or another node's, or waits for its like: not due any more, and in nobody's way.
                Ok(None) => {
                    over = true;
                    places.give_back(&key.brand, &connection, 1);
                }
                Err(error) => {
                    places.give_back(&key.brand, &connection, 1);
                    tracing::warn!(run = %key.run, %error, "a call could not be claimed and will be again");
                    failed = Some(error);
                }
            }
        }
        match failed {
            // What cannot be claimed is still due: nobody looks again at once.
            Some(error) if !any && !over => Err(error),
            _ => Ok(over || (any && !whole)),
        }
    }

    async fn claim_call(&self, key: &CallKey) -> desk::Result<Option<Claimed>> {
        let (act, rules, server_key) = (self.system(), self.rules.clone(), self.seams.key.clone());
        let (key, lane) = (key.clone(), Lane::Brand(key.brand.clone()));
        self.db
            .write(lane, "calls.claim", move |tx| {
                let (act, key, rules, server_key) = (act.clone(), key.clone(), rules.clone(), server_key.clone());
                Box::pin(async move {
                    let until = act.at.plus_ms(LEASE_MS);
                    claim(tx, &act, &key, until, (&rules, &server_key)).await
                })
            })
            .await
    }

    /// One attempt, from its beginning to its record.
    async fn make_call(&self, claimed: Claimed) {
        let seams = &self.seams;
        let answer = seams.outbound.call(&claimed.target, &claimed.message, &seams.clock).await;
        let now = seams.clock.now();
        let again = Schedule::CALL.next(claimed.tries, now, answer.retry_after, &seams.entropy);
        let run = claimed.key.run.clone();
        match self.record_call(claimed, answer, again).await {
            Ok(ended) => seams.outbound.tally().called(match ended {
                Ended::Done => "success",
                Ended::Again => "retrying",
                Ended::GaveUp => "failed",
                Ended::Superseded => return,
            }),
            Err(error) => tracing::warn!(%run, %error, "a call could not be written down and will be made again"),
        }
    }

    async fn record_call(&self, claimed: Claimed, answer: Answer, again: Option<Timestamp>) -> desk::Result<Ended> {
        let (act, lane) = (self.system(), Lane::Brand(claimed.key.brand.clone()));
        let both = Arc::new((claimed, answer));
        self.db
            .write(lane, "calls.record", move |tx| {
                let (act, both) = (act.clone(), both.clone());
                Box::pin(async move { record(tx, &act, &both.0, &both.1, again).await })
            })
            .await
    }

    /// Removes runs that are older than they are kept.
    pub(crate) async fn purge_runs(&self) -> desk::Result<()> {
        let oldest = runs::first_id_at(self.seams.clock.now().plus_ms(-RUN_KEPT_MS));
        let mut after = String::new();
        loop {
            let from = after.clone();
            let next: store::Result<_> = self
                .db
                .read("worker.runs_old", move |tx| {
                    let from = from.clone();
                    Box::pin(async move { runs::next_brand(tx, &from).await })
                })
                .await;
            let Some((brand, first)) = next? else { return Ok(()) };
            let mut old = first.0 < oldest;
            while old {
                let (id, oldest) = (brand.clone(), oldest.clone());
                let purged: store::Result<bool> = self
                    .db
                    .write(Lane::Brand(brand.clone()), "runs.purge", move |tx| {
                        let (id, oldest) = (id.clone(), oldest.clone());
                        Box::pin(async move { runs::purge(tx, &id, &oldest, REWRITE_STEP_ROWS).await })
                    })
                    .await;
                old = purged?;
            }
            after = brand.0;
        }
    }
}

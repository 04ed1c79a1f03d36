//! PostgreSQL: a bounded pool, statements prepared on connect, and brand lanes.
//!
//! Waiting writes of one lane form a batch: it takes the lane's lock, runs the operations one after the other,
//! commits once and answers everybody. There are no savepoints: when an operation of a batch fails after it has
//! written, the batch is rolled back and its operations run again, each in a transaction of its own.

mod carry;
mod outside;
mod reach;
mod wire;

pub(crate) use carry::{Session, Stay};
pub(crate) use outside::Outside;
pub(crate) use reach::working;
pub(crate) use wire::{PgTx, error, parse};

use std::{
    collections::{HashMap, VecDeque},
    panic::AssertUnwindSafe,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::{
    FutureExt,
    future::{join, try_join_all},
};
use reach::Reach;
use tokio_postgres::{Config, NoTls, config::SslMode};
use wire::{chain, tls};

use super::{BATCH_MAX, Connection, Lane, Operation, Options, Verdict};
use crate::{
    Dialect, Error, Result, Signals, Tx,
    dialect::{POSTGRES_BEGIN_READ, POSTGRES_LOCK_ACCOUNT, POSTGRES_LOCK_BRAND, POSTGRES_LOCK_CONSUMER, POSTGRES_OPEN},
};

type Job = Box<dyn Operation>;

/// Operations that one batch of a lane takes (DESIGN 1).
const LANE_BATCH_MAX: usize = BATCH_MAX / 2;
/// Runs of an operation that meets other writers.
const RUNS_MAX: usize = 4;
/// How long a commit may take. One that waits for a synchronous standby which is gone would never come back.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(15);

#[derive(Clone, Debug)]
pub(super) struct Postgres {
    pool: Pool,
    lanes: Arc<Mutex<HashMap<Lane, VecDeque<Job>>>>,
    waiting: Arc<AtomicUsize>,
    queue_max: usize,
    config: Box<Config>,
    signals: Signals,
}

impl std::fmt::Debug for dyn Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Postgres {
    pub(super) async fn open(url: &str, options: &Options) -> Result<Self> {
        let timeout = Duration::from_millis(options.connect_timeout_ms);
        let mut config = parse(url)?;
        config.connect_timeout(timeout);
        let recycle = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match config.get_ssl_mode() {
            SslMode::Disable => Manager::from_connect(config.clone(), Reach(NoTls), recycle),
            _ => Manager::from_connect(config.clone(), Reach(tls()?), recycle),
        };
        let pool = Pool::builder(manager)
            .max_size(options.pool_max)
            .wait_timeout(Some(timeout))
            .create_timeout(Some(timeout))
            .runtime(Runtime::Tokio1)
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move {
                    client.batch_execute(POSTGRES_OPEN).await.map_err(HookError::Backend)?;
                    let locks = [POSTGRES_LOCK_ACCOUNT, POSTGRES_LOCK_BRAND, POSTGRES_LOCK_CONSUMER];
                    let ours = crate::statements().into_iter().filter(|sql| sql.is_for(Dialect::Postgres));
                    let texts = ours.map(|sql| sql.postgres).chain(locks);
                    let texts = texts.map(|text| client.prepare_cached(text));
                    try_join_all(texts).await.map(|_| ()).map_err(HookError::Backend)
                })
            }))
            .build()
            .map_err(|error| Error::Bug(error.to_string()))?;
        let postgres = Self {
            pool,
            lanes: Arc::default(),
            waiting: Arc::default(),
            queue_max: options.queue_max,
            config: Box::new(config),
            signals: Signals::new(),
        };
        postgres.connection().await?;
        Ok(postgres)
    }

    pub(super) const fn signals(&self) -> &Signals {
        &self.signals
    }

    pub(super) fn listen(&self) {
        self.signals.connect(|| Outside::open((*self.config).clone(), self.signals.downgrade()));
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    async fn connection(&self) -> Result<PgTx> {
        let client = self.pool.get().await.map_err(|error| Error::Unavailable(chain(&error)))?;
        Ok(PgTx::new(client))
    }

    /// Reads run detached as well: a caller that goes away must not leave a transaction open on a pooled connection.
    pub(super) fn read(&self, mut job: Job) {
        let this = self.clone();
        tokio::spawn(async move {
            let conn = match this.connection().await {
                Ok(conn) => conn,
                Err(error) => return job.finish(Some(error)),
            };
            let tx = Tx::new(Connection::Postgres(conn.clone()), true);
            let (begun, verdict) = join(conn.word(POSTGRES_BEGIN_READ), run(&tx, &mut job)).await;
            drop(tx);
            let name = job.name();
            job.finish(begun.err());
            if verdict.is_none() {
                tracing::error!(operation = name, "an operation panicked");
            }
            conn.end("COMMIT").await;
        });
    }

    pub(super) fn write(&self, lane: Lane, job: Job) -> Result<()> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.queue_max {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::Busy);
        }
        let mut lanes = self.lanes();
        if let Some(queue) = lanes.get_mut(&lane) {
            queue.push_back(job);
        } else {
            lanes.insert(lane.clone(), VecDeque::from([job]));
            let this = self.clone();
            tokio::spawn(async move { this.work(lane).await });
        }
        Ok(())
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<Lane, VecDeque<Job>>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works a lane until nothing waits in it.
    async fn work(&self, lane: Lane) {
        loop {
            let batch: Vec<Job> = {
                let mut lanes = self.lanes();
                let Some(queue) = lanes.get_mut(&lane) else { return };
                if queue.is_empty() {
                    lanes.remove(&lane);
                    return;
                }
                queue.drain(..queue.len().min(LANE_BATCH_MAX)).collect()
            };
            let count = batch.len();
            self.write_batch(&lane, batch).await;
            self.waiting.fetch_sub(count, Ordering::Relaxed);
        }
    }

    /// One batch; when it cannot stand as a whole, each of its operations alone.
    async fn write_batch(&self, lane: &Lane, batch: Vec<Job>) {
        let alone = batch.len() == 1;
        match self.try_batch(lane, batch).await {
            Ok(()) => {}
            Err(failed) if alone => self.write_alone(lane, failed).await,
            Err(failed) => {
                for job in failed {
                    if let Err(again) = self.try_batch(lane, vec![job]).await {
                        self.write_alone(lane, again).await;
                    }
                }
            }
        }
    }

    /// Runs operations that met another writer again, a bounded number of times.
    async fn write_alone(&self, lane: &Lane, mut jobs: Vec<Job>) {
        for _ in 1..RUNS_MAX {
            match self.try_batch(lane, jobs).await {
                Ok(()) => return,
                Err(again) => jobs = again,
            }
        }
        let met = Error::Again(format!("{RUNS_MAX} runs met other writers"));
        for job in jobs {
            job.finish(Some(met.clone()));
        }
    }

    /// Runs a batch in one transaction and answers its callers; gives back the operations that must run again.
    async fn try_batch(&self, lane: &Lane, mut batch: Vec<Job>) -> std::result::Result<(), Vec<Job>> {
        let conn = match self.connection().await {
            Ok(conn) => conn,
            Err(error) => return finish_all(batch, Some(&error)),
        };
        let tx = Tx::new(Connection::Postgres(conn.clone()), false);
        let many = batch.len() > 1;
        let mut locked = false;
        for job in &mut batch {
            tx.begin_operation();
            let (begun, verdict) = if std::mem::replace(&mut locked, true) {
                (Ok(()), run(&tx, job).await)
            } else {
                // The lock and the first statements travel together; they are carried out in this order.
                join(conn.begin(lane), run(&tx, job)).await
            };
            if let Err(error) = begun {
                drop(tx);
                conn.end("ROLLBACK").await;
                return finish_all(batch, Some(&error));
            }
            match verdict {
                Some(Verdict::Done) => {}
                // Nothing was written and nothing failed: there is nothing to take back.
                Some(Verdict::Refused) if !tx.wrote() => tx.undo_operation(),
                other => {
                    drop(tx);
                    // A statement before the one that the operation complains of may be the cause.
                    let cause = conn.settle().await.err();
                    conn.end("ROLLBACK").await;
                    if many || other == Some(Verdict::Again) || matches!(cause, Some(Error::Again(_))) {
                        return Err(batch);
                    }
                    return finish_all(batch, cause.as_ref());
                }
            }
        }
        let fate = match tx.write_gathered().await {
            // When a statement failed, PostgreSQL rolls back at this COMMIT, and its failure is seen here.
            Ok(()) => {
                let commit = join(conn.settle(), conn.word("COMMIT"));
                let Ok(fate) = tokio::time::timeout(COMMIT_TIMEOUT, commit).await else {
                    drop(tx);
                    conn.leave();
                    // As when the connection is gone: whether it came through is not known, and nothing may run twice.
                    let why = "the commit takes too long: does a synchronous standby answer?".to_owned();
                    return finish_all(batch, Some(&Error::Unavailable(why)));
                };
                fate
            }
            Err(error) => (Err(error), Ok(())),
        };
        let fate = fate.0.and(fate.1);
        if fate.is_ok() {
            self.signals.committed(&tx);
        }
        drop(tx);
        if fate.is_err() {
            conn.end("ROLLBACK").await;
        }
        match fate {
            Ok(()) => finish_all(batch, None),
            // The connection is gone: whether the commit came through is not known, and nothing may run twice.
            Err(Error::Unavailable(why)) => finish_all(batch, Some(&Error::Unavailable(why))),
            Err(Error::Bug(why)) if !many => finish_all(batch, Some(&Error::Bug(why))),
            Err(_) => Err(batch),
        }
    }
}

fn finish_all(batch: Vec<Job>, error: Option<&Error>) -> std::result::Result<(), Vec<Job>> {
    for job in batch {
        job.finish(error.cloned());
    }
    Ok(())
}

/// Runs an operation; `None` when it panicked.
async fn run(tx: &Tx, job: &mut Job) -> Option<Verdict> {
    let name = job.name();
    let verdict = AssertUnwindSafe(job.run(tx)).catch_unwind().await.ok();
    if verdict.is_none() {
        tracing::error!(operation = name, "an operation panicked");
    }
    verdict
}

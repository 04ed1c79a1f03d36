//! An operation on its way through the seam: run it, know its verdict, answer its caller once its fate is known.

use std::{future::Future, pin::Pin};

use tokio::sync::oneshot;

use super::OpFuture;
use crate::{Error, Failure, Result, Tx};

/// What became of one run of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It wants to be committed.
    Done,
    /// The rules refused it; what it wrote must go.
    Refused,
    /// The database failed it, or it has a bug; what it wrote must go.
    Failed,
    /// Another writer was in the way; it may run again.
    Again,
}

/// An operation whose types are forgotten.
pub(crate) trait Operation: Send {
    /// Its name in logs.
    fn name(&self) -> &'static str;
    fn run<'a>(&'a mut self, tx: &'a Tx) -> Pin<Box<dyn Future<Output = Verdict> + Send + 'a>>;
    /// Answers the caller: with the outcome of the last run, or with `error` when it must not stand.
    fn finish(self: Box<Self>, error: Option<Error>);
}

pub(super) struct Task<T, E, F> {
    name: &'static str,
    op: F,
    outcome: Option<std::result::Result<T, E>>,
    answer: oneshot::Sender<std::result::Result<T, E>>,
}

impl<T, E, F> Task<T, E, F>
where
    T: Send + 'static,
    E: Failure,
    F: for<'t> Fn(&'t Tx) -> OpFuture<'t, T, E> + Send + 'static,
{
    /// An operation on its way, and where its answer comes out.
    pub(super) fn begin(
        name: &'static str,
        op: F,
    ) -> (Box<dyn Operation>, oneshot::Receiver<std::result::Result<T, E>>) {
        let (answer, receiver) = oneshot::channel();
        (Box::new(Self { name, op, outcome: None, answer }), receiver)
    }
}

impl<T, E, F> Operation for Task<T, E, F>
where
    T: Send + 'static,
    E: Failure,
    F: for<'t> Fn(&'t Tx) -> OpFuture<'t, T, E> + Send + 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn run<'a>(&'a mut self, tx: &'a Tx) -> Pin<Box<dyn Future<Output = Verdict> + Send + 'a>> {
        Box::pin(async move {
            self.outcome = None;
            let outcome = match (self.op)(tx).await {
                Ok(value) => finish_log(tx).await.map(|()| value).map_err(E::from),
                Err(error) => Err(error),
            };
            let verdict = match &outcome {
                Ok(_) => Verdict::Done,
                Err(error) if matches!(error.database(), Some(Error::Again(_))) => Verdict::Again,
                Err(error) if error.database().is_some() => Verdict::Failed,
                Err(_) => Verdict::Refused,
            };
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn finish(self: Box<Self>, error: Option<Error>) {
        let outcome = match (error, self.outcome) {
            // What the operation itself refused stays refused, whatever became of the batch.
            (cause, Some(Err(own))) => match cause {
                Some(cause) if own.database().is_some() => Err(cause.into()),
                _ => Err(own),
            },
            (Some(error), _) => Err(error.into()),
            (None, Some(Ok(value))) => Ok(value),
            (None, None) => Err(Error::Bug(format!("{} never ran", self.name)).into()),
        };
        // The caller may be gone; the change stands all the same.
        let _gone = self.answer.send(outcome);
    }
}

/// Writes the events that the operation recorded.
async fn finish_log(tx: &Tx) -> Result<()> {
    if tx.is_read() { Ok(()) } else { tx.write_events().await }
}

//! Passwords are hashed and compared beside the requests: on threads of their own, and only a few at once.

use std::{sync::Arc, time::Duration};

use dispatch_desk::passwords;
use dispatch_store as store;
use tokio::sync::Semaphore;

use crate::{
    App,
    problem::{Code, Problem},
};

/// Hashes at once: each takes 19 MiB and a core for some ten milliseconds, and the other requests want theirs.
const AT_ONCE_MAX: usize = 4;
/// How long a password waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// The turns.
#[derive(Clone, Debug)]
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE_MAX)))
    }
}

impl Hashing {
    /// Does this work when it is its turn.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let busy =
            || Problem::new(Code::Unavailable, "Too many people sign in at once; try again soon.").retry_after(1);
        let turn = tokio::time::timeout(WAIT, self.0.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        // The turn goes with the work: a client that leaves does not let another one begin early.
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|error| store::Error::Bug(error.to_string()).into())
    }
}

/// The hash of a new password.
pub(crate) async fn hash(app: &App, password: &str) -> Result<String, Problem> {
    let (password, cost, entropy) = (password.to_owned(), app.settings().password_cost, app.seams().entropy.clone());
    Ok(app.hashing().run(move || passwords::hash(&password, cost, &entropy)).await??)
}

/// The place of the first hash that a password fits. Without any hash it takes as long as with one, so that nobody can
/// tell by the time whether there is somebody.
pub(crate) async fn first_fit(app: &App, password: &str, hashes: Vec<String>) -> Result<Option<usize>, Problem> {
    if hashes.is_empty() {
        hash(app, password).await?;
        return Ok(None);
    }
    let password = password.to_owned();
    app.hashing().run(move || hashes.iter().position(|hash| passwords::fits(&password, hash))).await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn only_a_few_work_at_once_and_all_get_their_turn() {
        let (hashing, working, most) =
            (Hashing::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs = (0..3 * AT_ONCE_MAX).map(|_| {
            let (working, most) = (working.clone(), most.clone());
            hashing.run(move || {
                most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(20));
                working.fetch_sub(1, Ordering::SeqCst);
            })
        });
        let done = futures_util::future::join_all(jobs).await;
        assert!(done.iter().all(Result::is_ok));
        assert_eq!(most.load(Ordering::SeqCst), AT_ONCE_MAX);
    }
}

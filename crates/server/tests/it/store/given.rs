//! What these tests share: an operation that holds a lane until it is told to go on, small writes, a second node.

use std::sync::{
    Arc, Mutex,
    mpsc::{Receiver, Sender, channel},
};

use dispatch_http::{App, HttpSettings, Listening, Seams};
use dispatch_model::{
    BrandId, Clock, Entropy, JsonText, Timestamp,
    event::{Act, Actor, NewEvent},
};
use dispatch_store::{Db, Dialect, Error, Lane, Options, Result, Tx, idempotency, inspect};
use dispatch_testkit::TestApp;
use tokio::{
    sync::{oneshot, watch},
    task::JoinHandle,
};

use crate::cli::http::Client;

/// The id of the brand with this path.
pub fn id(brand: &str) -> BrandId {
    BrandId::from(brand.trim_start_matches("/brands/"))
}

/// An act of these tests.
pub fn act() -> Act {
    Act::new(Actor::system(), "system", &Clock::System, &Entropy::Os)
}

/// An operation that is under way and does not end by itself. Whatever comes behind it in its lane waits.
pub struct Held {
    thread: Sender<()>,
    task: watch::Sender<bool>,
    ended: JoinHandle<Result<()>>,
}

impl Held {
    /// Lets it end, and waits for that.
    pub async fn release(self) -> Result<()> {
        self.task.send_replace(true);
        drop(self.thread);
        self.ended.await.unwrap()
    }
}

/// What an operation waits for. On SQLite it holds its thread, as a slow one would; on PostgreSQL it awaits.
#[derive(Clone)]
pub struct Gate {
    thread: Arc<Mutex<Receiver<()>>>,
    task: watch::Receiver<bool>,
    entered: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

impl Gate {
    pub async fn pass(&self, tx: &Tx) {
        if let Some(entered) = self.entered.lock().unwrap().take() {
            let _nobody_waits = entered.send(());
        }
        if tx.dialect() == Dialect::Sqlite {
            let _opened = self.thread.lock().unwrap().recv().is_ok();
        } else {
            let mut task = self.task.clone();
            let _opened = task.wait_for(|open| *open).await.is_ok();
        }
    }
}

/// Starts an operation around a gate; answers when it has come to the gate.
pub async fn hold_with<F>(run: impl FnOnce(Gate) -> F) -> Held
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let ((sender, receiver), (open, opened), (entered, came)) = (channel(), watch::channel(false), oneshot::channel());
    let gate =
        Gate { thread: Arc::new(Mutex::new(receiver)), task: opened, entered: Arc::new(Mutex::new(Some(entered))) };
    let ended = tokio::spawn(run(gate));
    came.await.unwrap();
    Held { thread: sender, task: open, ended }
}

/// Holds a lane; on SQLite that is the writer. Its lock is taken when this answers: a statement behind it was answered.
pub async fn hold(db: &Db, lane: Lane) -> Held {
    let db = db.clone();
    hold_with(move |gate| async move {
        db.write(lane, "test.hold", move |tx| {
            let gate = gate.clone();
            Box::pin(async move {
                inspect::answers(tx).await?;
                gate.pass(tx).await;
                Ok(())
            })
        })
        .await
    })
    .await
}

/// Writes a row that can be found again by this name.
pub async fn put(tx: &Tx, name: &str) -> Result<()> {
    let used = idempotency::Use {
        credential: "test".to_owned(),
        operation: "test".to_owned(),
        key: name.to_owned(),
        body_hash: String::new(),
    };
    idempotency::put(tx, &used, 200, "{}", Timestamp::from_millis(1)).await
}

/// Writes such a row, takes a ticket number and records an event.
pub async fn put_with_event(tx: &Tx, brand: &BrandId, name: &str) -> Result<i64> {
    put(tx, name).await?;
    let data = JsonText::of(&serde_json::json!({ "name": name }));
    let event = NewEvent { kind: "customer.updated", entity_id: name.to_owned(), ticket_id: None, changes: None, data };
    tx.record(&act(), brand, event);
    tx.count(brand, |counter| {
        counter.next_ticket_number += 1;
        counter.next_ticket_number - 1
    })
    .await
}

/// The names of the rows that [`put`] has written, in order.
pub async fn names(db: &Db) -> Vec<String> {
    ask(db, "SELECT key FROM idempotency WHERE credential = 'test' ORDER BY key").await
}

/// The first column of what a statement answers.
pub async fn ask(db: &Db, statement: &'static str) -> Vec<String> {
    let found: Result<Vec<String>> = db.read("test.ask", move |tx| Box::pin(inspect::ask(tx, statement))).await;
    found.unwrap()
}

/// Runs any statement as a write of its own.
pub async fn execute(db: &Db, statement: &'static str) -> Result<()> {
    db.write(Lane::Account, "test.execute", move |tx| Box::pin(inspect::execute(tx, statement))).await
}

/// A write that must work.
pub async fn works(db: &Db, lane: Lane) {
    let done: Result<()> = db.write(lane, "test.works", |tx| Box::pin(put(tx, "works"))).await;
    done.unwrap();
    assert!(names(db).await.contains(&"works".to_owned()));
}

/// The operations' names as their events tell them, oldest first.
pub async fn told(app: &TestApp, brand: &str) -> Vec<String> {
    let events = app.events(brand).await;
    let ours = events.iter().filter(|event| event["type"] == "customer.updated");
    ours.map(|event| event["data"]["name"].as_str().unwrap().to_owned()).collect()
}

/// Whether an error says that the database cannot, for now.
pub fn is_unavailable<T: std::fmt::Debug>(result: &Result<T>) -> bool {
    matches!(result, Err(Error::Unavailable(_)))
}

/// Another process on the same database, as far as the database can tell; asked over a socket of its own.
pub struct Node {
    pub db: Db,
    pub client: Client,
    serving: JoinHandle<()>,
    _folder: dispatch_testkit::FileFolder,
}

impl Node {
    pub async fn beside(app: &TestApp) -> Self {
        let db = app.database.open(&Options { pool_max: 6, ..Options::default() }).await;
        let (files, folder) = dispatch_testkit::folder("", &Clock::System, &Entropy::Os);
        let seams = Seams {
            clock: Clock::System,
            entropy: Entropy::Os,
            key: dispatch_testkit::server_key(),
            files,
            outbound: dispatch_testkit::open_outbound(),
            judge: dispatch_testkit::judge(),
        };
        let router = dispatch_http::router(App::new(db.clone(), seams, HttpSettings::default()));
        let listening = Listening::open("127.0.0.1:0").await.unwrap();
        let client = Client::new(&listening.address().unwrap().to_string(), &app.key);
        let serving = tokio::spawn(dispatch_http::serve(listening, router, std::future::pending()));
        Self { db, client, serving, _folder: folder }
    }

    /// POST: the status and the body.
    pub async fn post(&self, path: &str, body: serde_json::Value) -> (u16, serde_json::Value) {
        let (client, path) = (self.client.clone(), path.to_owned());
        let reply = tokio::task::spawn_blocking(move || client.post(&path, &body)).await.unwrap();
        let status = reply.status;
        (status, reply.with(status))
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

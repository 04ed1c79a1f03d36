//! Test support: the whole server on a fresh database of either kind, a clock that the test moves, a worker that the
//! test drains, and requests without sockets.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must end")]

mod answer;
mod certificate;
pub mod contract;
mod database;
mod door;
mod files;
mod imap;
mod jira;
mod people;
mod receiver;
mod slack;
mod smtp;
mod stream;

pub use answer::Answer;
pub use certificate::Certificate;
pub use database::Database;
pub use door::{Door, Mailer};
pub use files::{FileFolder, TestBucket, fetch, folder, serve_bucket};
pub use imap::{Imap, Lying};
pub use jira::Jira;
pub use people::{CHEAP, PASSWORD};
pub use receiver::{Answering, Received, Receiver};
pub use slack::Slack;
pub use smtp::{Mailed, Relay};

pub use stream::Stream;

use std::time::Duration;

use axum::{Router, body::Body, http::Request};
use dispatch_blob::Files;
use dispatch_desk::{
    Scope, accounts,
    api_keys::{self, KeyOrder, Secret},
    automations::Rules,
};
use dispatch_http::{App, HttpSettings, Seams};
use dispatch_mail::judge::{Judge, Zone};
use dispatch_model::{
    Clock, Entropy, Timestamp,
    event::{Act, Actor},
};
use dispatch_outbound::Outbound;
use dispatch_seal::ServerKey;
use dispatch_store::{Db, Lane, Options};
use dispatch_worker::Worker;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own in the cluster of `scripts/with-postgres.sh`.
    Postgres,
}

/// Runs a test on both databases, as `name::sqlite` and `name::postgres`.
///
/// ```ignore
/// both! {
///     /// What it shows.
///     async fn a_new_brand_has_four_statuses(app) {
///         let brand = app.brand("acme").await;
///     }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* async fn $name:ident($app:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a test may need nothing from around it")]
            use super::*;

            $(#[$doc])*
            async fn test($app: &$crate::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::run($crate::Kind::Sqlite, async |app| test(app).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::run($crate::Kind::Postgres, async |app| test(app).await).await;
            }
        }
    )*};
}

/// Runs a test with an app of its own.
pub async fn run(kind: Kind, test: impl AsyncFnOnce(&TestApp)) {
    let settings =
        HttpSettings { mail_domain: "mail.example".to_owned(), password_cost: CHEAP, ..HttpSettings::default() };
    let app = TestApp::start(kind, settings).await;
    test(&app).await;
    app.end().await;
}

/// The whole server, with an API key that reaches all brands.
#[derive(Debug)]
pub struct TestApp {
    /// The server.
    pub app: App,
    /// Its database.
    pub db: Db,
    /// Its clock; it stands still until the test moves it.
    pub clock: Clock,
    /// An API key for all brands.
    pub key: String,
    /// Where the database is.
    pub database: Database,
    /// Where the files are, unless they are in a bucket.
    pub folder: FileFolder,
    /// The names of the world, for those who judge mail; empty until a test puts something in.
    pub zone: Zone,
    entropy: Entropy,
    outbound: Outbound,
    router: Router,
}

/// The server key of every test, as the setting `server.key` takes it.
pub const SERVER_KEY: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

/// [`SERVER_KEY`] as a key.
#[must_use]
pub fn server_key() -> ServerKey {
    ServerKey::read(SERVER_KEY).expect("a key")
}

/// The way out of most tests: their receivers listen on this machine.
#[must_use]
pub fn open_outbound() -> Outbound {
    Outbound::new(true).expect("a way out")
}

/// A judge of mail for whom there are no names in the world.
#[must_use]
pub fn judge() -> Judge {
    Judge::with_zone(Zone::default())
}

/// Events that so many automations have led to start no other: the default of the setting.
pub const MAX_DEPTH: i64 = 5;

/// When every test begins.
pub const START: &str = "2026-01-02T03:04:05.678Z";

impl TestApp {
    /// Starts a server with these settings on a fresh database.
    pub async fn start(kind: Kind, settings: HttpSettings) -> Self {
        Self::with_options(kind, settings, Options { pool_max: 6, ..Options::default() }).await
    }

    /// The same with other limits of the database.
    pub async fn with_options(kind: Kind, settings: HttpSettings, options: Options) -> Self {
        Self::with_outbound(kind, settings, options, open_outbound()).await
    }

    /// The same with another way out to the network.
    pub async fn with_outbound(kind: Kind, settings: HttpSettings, options: Options, outbound: Outbound) -> Self {
        let database = Database::fresh(kind).await;
        let db = database.open(&options).await;
        let clock = Clock::manual(Timestamp::parse(START).expect("a time"));
        let entropy = Entropy::seeded(20_260_102);
        let zone = Zone::default();
        let (files, folder) = files::folder(&settings.public_url, &clock, &entropy);
        let seams = Seams {
            clock: clock.clone(),
            entropy: entropy.clone(),
            key: server_key(),
            files,
            outbound: outbound.clone(),
            judge: Judge::with_zone(zone.clone()),
        };
        let app = App::new(db.clone(), seams, settings);
        let router = dispatch_http::router(app.clone());
        let mut this = Self { app, db, clock, key: String::new(), database, folder, entropy, outbound, zone, router };
        this.key = this.new_key(json!({ "name": "Test key", "allBrands": true })).await;
        this
    }

    /// Another server on the same database, with these settings; it takes the same keys.
    #[must_use]
    pub fn with_settings(&self, settings: HttpSettings) -> Self {
        self.like_this(self.db.clone(), settings, self.app.seams().files.clone())
    }

    fn like_this(&self, db: Db, settings: HttpSettings, files: Files) -> Self {
        let (outbound, zone) = (self.outbound.clone(), self.zone.clone());
        let seams = Seams {
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
            key: server_key(),
            files,
            outbound: outbound.clone(),
            judge: Judge::with_zone(zone.clone()),
        };
        let app = App::new(db.clone(), seams, settings);
        let router = dispatch_http::router(app.clone());
        let (database, entropy) = (self.database.clone(), self.entropy.clone());
        let (clock, key, folder) = (self.clock.clone(), self.key.clone(), self.folder.clone());
        Self { app, db, clock, key, database, folder, entropy, outbound, zone, router }
    }

    /// Another node: a server with a database handle of its own. On SQLite, which one process has for itself, they share it.
    pub async fn node(&self) -> Self {
        let db = match &self.database {
            Database::Sqlite(_) => self.db.clone(),
            Database::Postgres { .. } => self.database.open(&Options { pool_max: 6, ..Options::default() }).await,
        };
        self.like_this(db, self.app.settings().clone(), self.app.seams().files.clone())
    }

    /// Creates an API key past the API and answers its text.
    pub async fn new_key(&self, body: Value) -> String {
        let act = Act::new(Actor::system(), "system", &self.clock, &self.entropy);
        let secret = Secret::mint(&self.entropy);
        let text = secret.reveal().to_owned();
        let mut members = body.as_object().expect("an object").clone();
        let new = <dispatch_model::account::NewApiKey as dispatch_model::Input>::read(
            &mut members,
            &mut dispatch_model::Errors::default(),
        );
        let new = new.expect("a good key");
        let made: dispatch_desk::Result<()> = self
            .db
            .write(Lane::Account, "test.key", move |tx| {
                let (act, secret, new) = (act.clone(), secret.clone(), new.clone());
                Box::pin(async move {
                    let account = accounts::ensure(tx, &act).await?.id;
                    let order = KeyOrder {
                        account: &account,
                        created_by: None,
                        scope: &Scope::All,
                        new: &new,
                        secret: &secret,
                    };
                    api_keys::create(tx, &act, &order).await.map(|_| ())
                })
            })
            .await;
        made.expect("a key");
        text
    }

    /// Sends any request as it is; no credential is added. It and its answer are held against the API document.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (sent, request) = contract::Sent::of(request).await;
        let answer =
            Answer::read(self.router.clone().oneshot(request).await.expect("a service that cannot fail")).await;
        contract::check(&sent, &answer);
        answer
    }

    /// Sends a request with this key. `body` may be null for none.
    pub async fn call(&self, key: &str, method: &str, path: &str, body: Value) -> Answer {
        self.call_with(key, method, path, body, &[]).await
    }

    /// The same with more headers.
    pub async fn call_with(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/v1{path}"));
        if !key.is_empty() {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).expect("a request")).await
    }

    /// GET with the app's own key.
    pub async fn get(&self, path: &str) -> Answer {
        self.call(&self.key, "GET", path, Value::Null).await
    }

    /// POST with the app's own key.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(&self.key, "POST", path, body).await
    }

    /// PATCH with the app's own key.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(&self.key, "PATCH", path, body).await
    }

    /// PUT with the app's own key.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(&self.key, "PUT", path, body).await
    }

    /// DELETE with the app's own key.
    pub async fn delete(&self, path: &str) -> Answer {
        self.call(&self.key, "DELETE", path, Value::Null).await
    }

    /// Creates a brand with this slug and answers its path, `/brands/br_...`.
    pub async fn brand(&self, slug: &str) -> String {
        let brand = self.post("/brands", json!({ "name": slug, "slug": slug })).await.created();
        format!("/brands/{}", brand["id"].as_str().expect("an id"))
    }

    /// Creates a ticket in the brand with this path and answers it.
    pub async fn ticket(&self, brand: &str, body: Value) -> Value {
        self.post(&format!("{brand}/tickets"), body).await.created()
    }

    /// Moves the clock.
    pub fn advance_ms(&self, millis: i64) {
        self.clock.advance_ms(millis);
    }

    /// Lets live streams and presence do what is due by the clock.
    pub async fn tick(&self) {
        self.app.tick().await;
    }

    /// Lets the worker do everything that there is to do.
    pub async fn drain(&self) {
        self.app.mailroom().process_all().await.expect("mail is read");
        self.worker().drain().await.expect("the worker works");
        self.app.mailroom().send_all().await.expect("mail is sent");
    }

    /// The worker of this server.
    #[must_use]
    pub fn worker(&self) -> Worker {
        let (clock, entropy) = (self.clock.clone(), self.entropy.clone());
        let seams = dispatch_worker::Seams { clock, entropy, key: server_key(), outbound: self.outbound.clone() };
        let rules = Rules { base_url: self.app.settings().public_url.clone(), max_depth: MAX_DEPTH };
        Worker::new(self.db.clone(), seams)
            .with_mail_domain("mail.example".to_owned())
            .with_rules(rules)
            .with_files(self.app.seams().files.clone())
    }

    /// Every problem that doctor finds in the brand with this path.
    pub async fn problems(&self, brand: &str) -> Vec<String> {
        let id = dispatch_model::BrandId::from(brand.trim_start_matches("/brands/"));
        let found: dispatch_store::Result<Vec<String>> = self
            .db
            .read("test.problems", move |tx| {
                let id = id.clone();
                Box::pin(async move { dispatch_store::inspect::problems(tx, &id).await })
            })
            .await;
        found.expect("doctor looks")
    }

    /// Every event of the brand with this path, oldest first.
    pub async fn events(&self, brand: &str) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), "0".to_owned());
        loop {
            let page = self.get(&format!("{brand}/events?limit=100&after={after}")).await.ok();
            all.extend(page["data"].as_array().expect("events").iter().cloned());
            after = page["position"].as_str().expect("a position").to_owned();
            if page["pagination"]["hasMore"] == json!(false) {
                return all;
            }
        }
    }

    async fn end(self) {
        let Self { app, db, router, database, .. } = self;
        drop((app, db, router));
        database.remove().await;
    }
}

/// Waits a moment for something that another task will do; for tests of sockets and processes only.
pub async fn until(what: &str, mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} did not happen in 30 seconds");
}

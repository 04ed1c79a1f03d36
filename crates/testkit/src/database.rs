//! A fresh database for one test: a file, or a copy of a template in the test cluster.

use std::sync::Arc;

use dispatch_store::{Db, Options, conn::file_in};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

use crate::Kind;

/// Where a test's database is.
#[derive(Clone, Debug)]
pub enum Database {
    /// In a temporary folder that goes with the last clone.
    Sqlite(Arc<TempDir>),
    /// At this address.
    Postgres {
        /// The address of the database.
        url: String,
        /// Its name.
        name: String,
    },
}

/// The database that every test's is a copy of.
const TEMPLATE: &str = "dispatch_template";

fn cluster() -> String {
    std::env::var("DISPATCH_TEST_POSTGRES")
        .expect("DISPATCH_TEST_POSTGRES is set: run tests through scripts/with-postgres.sh or `make test`")
}

fn address_of(name: &str) -> String {
    let url = cluster();
    let (server, _) = url.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the test cluster answers");
    tokio::spawn(connection);
    client
}

impl Database {
    /// An empty database, brought to this version.
    pub async fn fresh(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::Sqlite(Arc::new(TempDir::new().expect("a folder"))),
            Kind::Postgres => {
                let client = connect(&cluster()).await;
                // One process makes the template, the others wait for it.
                client.batch_execute("SELECT pg_advisory_lock(77001)").await.expect("a lock");
                make_template(&client).await;
                let name = format!("test_{}_{}", std::process::id(), unique());
                // A process before this one may have had the same number, and left its database behind in a panic.
                client
                    .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                    .await
                    .expect("nothing old");
                let copy = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
                client.batch_execute(&copy).await.expect("a copy of the template");
                client.batch_execute("SELECT pg_advisory_unlock(77001)").await.expect("an unlock");
                Self::Postgres { url: address_of(&name), name }
            }
        }
    }

    /// Opens it as the server would.
    pub async fn open(&self, options: &Options) -> Db {
        match self {
            Self::Sqlite(folder) => Db::sqlite(&file_in(folder.path()), options),
            Self::Postgres { url, .. } => Db::postgres(url, options).await,
        }
        .expect("the database opens")
    }

    /// The flags of the command line that name it, and a data folder; on PostgreSQL the server key as well.
    #[must_use]
    pub fn flags(&self, data: &std::path::Path) -> Vec<String> {
        let mut flags = vec!["--data".to_owned(), data.display().to_string()];
        if let Self::Postgres { url, .. } = self {
            let key = format!("server.key={}", crate::SERVER_KEY);
            flags.extend(["--database".to_owned(), url.clone(), "--set".to_owned(), key]);
        }
        flags
    }

    pub(crate) async fn remove(self) {
        if let Self::Postgres { name, .. } = self {
            let client = connect(&cluster()).await;
            let gone = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            gone.expect("the test's database is dropped");
        }
    }
}

fn unique() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

async fn make_template(client: &Client) {
    let known = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate", &[&TEMPLATE]).await;
    if known.expect("an answer").is_some() {
        return;
    }
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")).await.expect("nothing old");
    client.batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).await.expect("an empty template");
    drop(Db::postgres(&address_of(TEMPLATE), &Options { pool_max: 1, ..Options::default() }).await.expect("migrated"));
    // Nobody may be connected while it is copied.
    let closed = format!("ALTER DATABASE {TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
    client.batch_execute(&closed).await.expect("a template");
    let rest = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    client.execute(rest, &[&TEMPLATE]).await.expect("nobody left");
}

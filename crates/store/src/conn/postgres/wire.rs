//! One connection: statements on their way through it, parameters, rows, errors, TLS.

use std::{
    collections::VecDeque,
    error::Error as _,
    pin::Pin,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use deadpool_postgres::Object;
use futures_util::future::join;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::{
    Config,
    error::{DbError, SqlState},
    types::{IsNull, ToSql, Type, to_sql_checked},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::reach;
use crate::{
    Error, Result, Value,
    conn::{Lane, Row, Text},
    dialect::{POSTGRES_BEGIN_WRITE, POSTGRES_LOCK_ACCOUNT, POSTGRES_LOCK_BRAND, POSTGRES_LOCK_CONSUMER},
    sql::Sql,
    value::{Bind, Columns, OwnedValue},
};

/// Texts of lists that a connection keeps prepared, beside the fixed ones, before it is replaced by a fresh one.
const BUILT_MAX: usize = 200;
/// How many texts are fixed; the locks are no more than a few.
static FIXED: LazyLock<usize> = LazyLock::new(|| crate::statements().len());

/// A statement on its way.
type Sent = Pin<Box<dyn Future<Output = std::result::Result<(), tokio_postgres::Error>> + Send>>;

/// A connection from the pool, for one transaction, and the statements on their way through it.
#[derive(Clone)]
pub(crate) struct PgTx {
    client: Arc<Object>,
    sent: Arc<Mutex<VecDeque<Sent>>>,
}

impl std::fmt::Debug for PgTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PgTx")
    }
}

impl PgTx {
    pub(super) fn new(client: Object) -> Self {
        Self { client: Arc::new(client), sent: Arc::default() }
    }

    pub(super) async fn word(&self, text: &str) -> Result<()> {
        self.client.batch_execute(text).await.map_err(|failure| error(&failure))
    }

    /// Begins a transaction and takes the lane's lock, if it has one, in one round trip.
    pub(super) async fn begin(&self, lane: &Lane) -> Result<()> {
        let lock = async {
            match lane {
                Lane::Account => self.query(Text::Built(POSTGRES_LOCK_ACCOUNT), &[], |_| Ok(())).await,
                Lane::Brand(brand) => {
                    let brand = [Value::Text(brand.as_str())];
                    self.query(Text::Built(POSTGRES_LOCK_BRAND), &brand, |_| Ok(())).await
                }
                Lane::Consumer(brand, kind) => {
                    let consumer = [Value::Text(brand.as_str()), Value::Text(kind)];
                    self.query(Text::Built(POSTGRES_LOCK_CONSUMER), &consumer, |_| Ok(())).await
                }
                Lane::Outbox(_) => Ok(Vec::new()),
            }
        };
        let (begun, locked) = join(self.word(POSTGRES_BEGIN_WRITE), lock).await;
        begun.and(locked.map(|_| ()))
    }

    /// Ends the transaction, and takes a connection that cannot out of the pool.
    pub(super) async fn end(self, word: &str) {
        self.sent().clear();
        let ended = self.word(word).await;
        let worn = self.client.statement_cache.size() > *FIXED + BUILT_MAX;
        if (ended.is_err() || worn)
            && let Some(object) = Arc::into_inner(self.client)
        {
            drop(Object::take(object));
        }
    }

    /// Takes the connection out of the pool as it is, with what is still on its way.
    pub(super) fn leave(self) {
        self.sent().clear();
        if let Some(object) = Arc::into_inner(self.client) {
            drop(Object::take(object));
        }
    }

    pub(in crate::conn) async fn query<T>(
        &self,
        sql: Text<'_>,
        args: &[Value<'_>],
        map: impl Fn(&mut Columns<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let statement = self.client.prepare_cached(text(sql)).await.map_err(|failure| error(&failure))?;
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|value| value as _).collect();
        let rows = self.client.query(&statement, &args).await.map_err(|failure| error(&failure))?;
        rows.iter().map(|row| map(&mut Columns::new(Row::Postgres(row)))).collect()
    }

    /// Sends a statement that changes rows, without waiting for its answer.
    pub(in crate::conn) fn send(&self, sql: &'static Sql, args: &[Value<'_>]) -> Result<()> {
        let (client, args) = (self.client.clone(), args.iter().map(OwnedValue::from).collect::<Vec<_>>());
        let mut sent: Sent = Box::pin(async move {
            let statement = client.prepare_cached(sql.postgres).await?;
            let args: Vec<Value<'_>> = args.iter().map(Bind::bind).collect();
            let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|value| value as _).collect();
            client.execute(&statement, &args).await.map(|_| ())
        });
        // The first poll writes the message; statements are prepared, so that nothing stands between.
        match sent.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => done.map_err(|failure| error(&failure)),
            Poll::Pending => {
                self.sent().push_back(sent);
                Ok(())
            }
        }
    }

    fn sent(&self) -> MutexGuard<'_, VecDeque<Sent>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the answers of all statements that were sent; the first failure is the one that counts.
    pub(super) async fn settle(&self) -> Result<()> {
        loop {
            let next = self.sent().pop_front();
            match next {
                None => return Ok(()),
                Some(sent) => sent.await.map_err(|failure| error(&failure))?,
            }
        }
    }
}

const fn text(sql: Text<'_>) -> &str {
    match sql {
        Text::Fixed(sql) => sql.postgres,
        Text::Built(text) => text,
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Bool(value) => value.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true // the schema has three types, and every statement is prepared by a test
    }

    to_sql_checked!();
}

/// What an error of the driver means for us.
pub(crate) fn error(error: &tokio_postgres::Error) -> Error {
    let again = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::UNIQUE_VIOLATION,
        SqlState::LOCK_NOT_AVAILABLE,
    ];
    // Class 53: out of disk, memory or connections; 57P: shutting down; 58: the system around it; 25006: a standby.
    let away =
        |code: &str| code.starts_with("53") || code.starts_with("57P") || code.starts_with("58") || code == "25006";
    match error.code() {
        Some(code) if again.contains(code) => Error::Again(chain(error)),
        Some(code) if away(code.code()) => Error::Unavailable(chain(error)),
        Some(_) => Error::Bug(chain(error)),
        None if is_away(error) => Error::Unavailable(chain(error)),
        None => Error::Bug(chain(error)),
    }
}

/// Whether the connection is what failed, and not what was said over it.
fn is_away(error: &tokio_postgres::Error) -> bool {
    let mut cause = error.source();
    let mut io = false;
    while let Some(inner) = cause {
        io |= inner.is::<std::io::Error>();
        cause = inner.source();
    }
    // Errors without a cause are of the connection too: it timed out, or ended unexpectedly.
    io || error.is_closed() || error.source().is_none()
}

/// An error with its causes. PostgreSQL's details hold values of rows and are left out.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        match inner.downcast_ref::<DbError>() {
            Some(database) => text = format!("{text}: {} ({})", database.message(), database.code().code()),
            None => text = format!("{text}: {inner}"),
        }
        cause = inner.source();
    }
    text
}

/// Reads the address of a database without ever repeating its password.
pub(crate) fn parse(url: &str) -> Result<Config> {
    let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
        let why = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
        Error::Unavailable(format!("the database address cannot be read{why}"))
    })?;
    reach::bound(&mut config);
    Ok(config)
}

/// TLS with the machine's own certificates (or `SSL_CERT_FILE`).
pub(crate) fn tls() -> Result<MakeRustlsConnect> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Bug(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

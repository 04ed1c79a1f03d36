//! Calls that actions of runs are still to make. A claim is a lease: until `due_at` the others leave the call alone, and if nothing
//! has been written down by then it is made again. All of it happens in the lane of the brand.

use dispatch_model::{BrandId, RunId, TicketId, Timestamp};

use crate::{
    Result, Select, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    INSERT = "INSERT INTO automation_call (brand_id, run_id, place, ticket_id, connection_id, attempts, tries, claimed, due_at)
        VALUES ($1, $2, $3, $4, $5, $6, 0, FALSE, $7)";
    GET = "SELECT ticket_id, connection_id, attempts, tries, claimed, due_at FROM automation_call
        WHERE brand_id = $1 AND run_id = $2 AND place = $3";
    CLAIM = "UPDATE automation_call SET claimed = TRUE, attempts = attempts + 1, tries = tries + 1, due_at = $4
        WHERE brand_id = $1 AND run_id = $2 AND place = $3";
    AGAIN = "UPDATE automation_call SET claimed = FALSE, due_at = $4 WHERE brand_id = $1 AND run_id = $2 AND place = $3";
    REMOVE = "DELETE FROM automation_call WHERE brand_id = $1 AND run_id = $2 AND place = $3";
    UNDER_WAY = "SELECT count(*) FROM automation_call WHERE brand_id = $1 AND ticket_id = $2 AND connection_id = $3
        AND claimed AND due_at > $4 AND (run_id <> $5 OR place <> $6)";
    WAITING = "SELECT count(*) FROM (SELECT 1 FROM automation_call LIMIT $1) found";
}

/// Which call: the brand, its run, and the place of its action.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallKey {
    /// The brand.
    pub brand: BrandId,
    /// The run.
    pub run: RunId,
    /// The place of the action.
    pub place: i64,
}

/// A call as it is kept.
#[derive(Clone, Debug)]
pub struct KeptCall {
    /// The ticket.
    pub ticket: TicketId,
    /// What is called.
    pub connection: String,
    /// Attempts in all.
    pub attempts: i64,
    /// Attempts since its schedule began.
    pub tries: i64,
    /// Whether an attempt is under way.
    pub claimed: bool,
    /// When it is due, or until when the attempt under way is waited for.
    pub due_at: Timestamp,
}

fn row(columns: &mut Columns<'_>) -> Result<KeptCall> {
    Ok(KeptCall {
        ticket: columns.take()?,
        connection: columns.take()?,
        attempts: columns.take()?,
        tries: columns.take()?,
        claimed: columns.take()?,
        due_at: columns.take()?,
    })
}

/// A call is to be made now; it has had so many attempts before.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(
    tx: &Tx,
    key: &CallKey,
    ticket: &TicketId,
    connection: &str,
    attempts: i64,
    now: Timestamp,
) -> Result<()> {
    tx.run(&INSERT, args![key.brand, key.run, key.place, ticket, connection, attempts, now]).await
}

/// Calls that are due, those that have waited longest first, without those of `busy` connections and of busy brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn due(
    tx: &Tx,
    (brands, busy): (&[BrandId], &[String]),
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(CallKey, String)>> {
    let mut select = Select::new("SELECT brand_id, run_id, place, connection_id FROM automation_call");
    select.with("due_at <=", &now).without("brand_id", brands).without("connection_id", busy);
    select.page("due_at, brand_id, run_id, place", &limit);
    tx.select(&select, |columns| {
        let key = CallKey { brand: columns.take()?, run: columns.take()?, place: columns.take()? };
        Ok((key, columns.take()?))
    })
    .await
}

/// One call that is not over.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, key: &CallKey) -> Result<Option<KeptCall>> {
    tx.maybe(&GET, args![key.brand, key.run, key.place], row).await
}

/// An attempt begins: nobody else makes one before `until`.
///
/// # Errors
/// When the database cannot write.
pub async fn claim(tx: &Tx, key: &CallKey, until: Timestamp) -> Result<()> {
    tx.run(&CLAIM, args![key.brand, key.run, key.place, until]).await
}

/// It is to be made again then.
///
/// # Errors
/// When the database cannot write.
pub async fn again(tx: &Tx, key: &CallKey, at: Timestamp) -> Result<()> {
    tx.run(&AGAIN, args![key.brand, key.run, key.place, at]).await
}

/// It is over.
///
/// # Errors
/// When the database cannot write.
pub async fn remove(tx: &Tx, key: &CallKey) -> Result<()> {
    tx.run(&REMOVE, args![key.brand, key.run, key.place]).await
}

/// Whether another call of this connection for the same ticket is under way.
///
/// # Errors
/// When the database cannot answer.
pub async fn another_under_way(tx: &Tx, key: &CallKey, call: &KeptCall, now: Timestamp) -> Result<bool> {
    let values = args![key.brand, call.ticket, call.connection, now, key.run, key.place];
    Ok(tx.one(&UNDER_WAY, values, only::<i64>).await? > 0)
}

/// Calls that are counted one by one.
const COUNTED_MAX: i64 = 1_000_000;

/// How many calls wait, or are under way; a million stands for more.
///
/// # Errors
/// When the database cannot answer.
pub async fn waiting(tx: &Tx) -> Result<i64> {
    tx.one(&WAITING, args![COUNTED_MAX], only).await
}

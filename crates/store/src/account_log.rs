//! The log of the account: keys, members, brands created and deleted. It is read by the account's audit log, `log/audit.rs`.

use dispatch_model::{
    AccountId, JsonText,
    event::{Act, EventType},
    id::event_id,
};

use crate::{Result, Tx, args, value::only};

crate::statements! {
    FIRST = "SELECT coalesce(min(sequence), 1) FROM account_event WHERE account_id = $1";
    LAST = "SELECT coalesce(max(sequence), 0) FROM account_event WHERE account_id = $1";
    LOCK = "UPDATE account SET updated_at = updated_at WHERE id = $1";
    NEXT = "SELECT coalesce(max(sequence), 0) + 1 FROM account_event WHERE account_id = $1";
    INSERT = "INSERT INTO account_event (account_id, sequence, id, type, created_at, source, actor, entity_id, changes, data)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// Adds an event. The account's row is the lock that keeps its numbers without holes.
///
/// # Errors
/// When the database cannot write.
pub async fn append(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    kind: EventType,
    entity_id: &str,
    changes: Option<JsonText>,
    data: JsonText,
) -> Result<()> {
    tx.run(&LOCK, args![account]).await?;
    let sequence: i64 = tx.one(&NEXT, args![account], only).await?;
    let id = event_id(act.at, act.random, sequence);
    let actor = JsonText::of(&act.actor);
    tx.run(&INSERT, args![account, sequence, id, kind, act.at, act.source, actor, entity_id, changes, data]).await?;
    Ok(())
}

/// The columns that the audit log shows.
pub(crate) const SELECT: &str =
    "SELECT sequence, id, type, created_at, source, actor, entity_id, changes, data FROM account_event";

/// The sequence of the oldest event; 1 in an empty log.
///
/// # Errors
/// When the database cannot answer.
pub async fn first_sequence(tx: &Tx, account: &AccountId) -> Result<i64> {
    tx.one(&FIRST, args![account], only).await
}

/// The sequence of the newest event; 0 in an empty log.
///
/// # Errors
/// When the database cannot answer.
pub async fn last_sequence(tx: &Tx, account: &AccountId) -> Result<i64> {
    tx.one(&LAST, args![account], only).await
}

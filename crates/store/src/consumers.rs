//! Readers of the log that keep their place in it (DESIGN 1): webhooks, and whatever else follows from events.
//!
//! A consumer of a brand is a row with a position. It works in steps: read events behind the position, write rows of its
//! own, move the position, all in one transaction, so that a crash repeats nothing and loses nothing. Which brands have
//! something to read says `brand_counter.dirty`, which the commit that wrote the events has set; whoever finds that all
//! consumers of a brand have come to the end of its log takes it back.

use dispatch_model::BrandId;

use crate::{Result, Tx, args, value::only};

crate::statements! {
    POSITION = "SELECT position FROM consumer WHERE brand_id = $1 AND kind = $2";
    PLACE = "SELECT position, place FROM consumer WHERE brand_id = $1 AND kind = $2";
    MOVE_WITHIN = "UPDATE consumer SET position = $3, place = $4 WHERE brand_id = $1 AND kind = $2";
    INSERT = "INSERT INTO consumer (brand_id, kind, position) VALUES ($1, $2, $3) ON CONFLICT (brand_id, kind) DO NOTHING";
    CONSUME = "UPDATE brand_counter SET consumed = TRUE WHERE brand_id = $1 AND NOT consumed";
    MOVE = "UPDATE consumer SET position = $3 WHERE brand_id = $1 AND kind = $2";
    DELETE = "DELETE FROM consumer WHERE brand_id = $1 AND kind = $2";
    RELEASE = "UPDATE brand_counter SET consumed = FALSE, dirty = FALSE WHERE brand_id = $1
        AND NOT EXISTS (SELECT 1 FROM consumer c WHERE c.brand_id = brand_counter.brand_id AND c.kind <> 'notifications')";
    GONE_ON = "SELECT c.brand_id FROM consumer c JOIN brand_counter b ON b.brand_id = c.brand_id
        WHERE c.kind = 'notifications' AND c.position < b.last_sequence AND c.brand_id > $1 ORDER BY c.brand_id LIMIT $2";
    BEHIND = "SELECT b.brand_id FROM brand_counter b JOIN consumer c ON c.brand_id = b.brand_id
        WHERE b.dirty AND b.brand_id > $2 AND c.kind = $1 AND c.position < b.last_sequence ORDER BY b.brand_id LIMIT $3";
    CAUGHT_UP = "SELECT b.brand_id FROM brand_counter b WHERE b.dirty AND NOT EXISTS (SELECT 1 FROM consumer c
        WHERE c.brand_id = b.brand_id AND c.kind <> 'notifications' AND c.position < b.last_sequence) ORDER BY b.brand_id LIMIT $1";
    CLEAN = "UPDATE brand_counter SET dirty = FALSE WHERE brand_id = $1 AND NOT EXISTS (SELECT 1 FROM consumer c
        WHERE c.brand_id = brand_counter.brand_id AND c.kind <> 'notifications' AND c.position < brand_counter.last_sequence)";
    LAG = "SELECT CAST(coalesce(sum(b.last_sequence - c.position), 0) AS bigint) FROM brand_counter b
        CROSS JOIN consumer c WHERE c.brand_id = b.brand_id AND b.dirty AND c.kind = $1";
}

/// The consumers of webhooks.
pub const WEBHOOKS: &str = "webhooks";

/// The consumers of automations.
pub const AUTOMATIONS: &str = "automations";

/// The consumers of notifications: every brand has one. They are not woken by commits and set no mark, so that what is written in a
/// brand without webhooks and automations costs nothing for them; their reader looks for brands that have gone on.
pub const NOTIFICATIONS: &str = "notifications";

/// From now on the brand has this consumer, which has seen everything up to `position`; where it has it already, nothing
/// changes. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn begin(tx: &Tx, brand: &BrandId, kind: &str, position: i64) -> Result<()> {
    tx.run(&INSERT, args![brand, kind, position]).await?;
    tx.run(&CONSUME, args![brand]).await
}

/// The same for the consumer of notifications.
///
/// # Errors
/// When the database cannot write.
pub async fn begin_notifying(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&INSERT, args![brand, NOTIFICATIONS, 0_i64]).await
}

/// Up to `limit` brands behind `after` whose log goes on behind what people were told of.
///
/// # Errors
/// When the database cannot answer.
pub async fn to_notify(tx: &Tx, after: &str, limit: i64) -> Result<Vec<BrandId>> {
    tx.all(&GONE_ON, args![after, limit], only).await
}

/// The brand no longer has this consumer. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn end(tx: &Tx, brand: &BrandId, kind: &str) -> Result<()> {
    tx.run(&DELETE, args![brand, kind]).await?;
    tx.run(&RELEASE, args![brand]).await
}

/// The sequence of the last event that this consumer has dealt with; none when the brand does not have it.
///
/// # Errors
/// When the database cannot answer.
pub async fn position(tx: &Tx, brand: &BrandId, kind: &str) -> Result<Option<i64>> {
    tx.maybe(&POSITION, args![brand, kind], only).await
}

/// The position of a consumer that takes an event in several steps, and how far it is with the event behind that.
///
/// # Errors
/// When the database cannot answer.
pub async fn place(tx: &Tx, brand: &BrandId, kind: &str) -> Result<Option<(i64, Option<String>)>> {
    tx.maybe(&PLACE, args![brand, kind], |row| Ok((row.take()?, row.take()?))).await
}

/// Moves such a consumer.
///
/// # Errors
/// When the database cannot write.
pub async fn move_within(tx: &Tx, brand: &BrandId, kind: &str, position: i64, place: Option<&str>) -> Result<()> {
    tx.run(&MOVE_WITHIN, args![brand, kind, position, place]).await
}

/// Moves the position, in the transaction that wrote what followed from the events before it.
///
/// # Errors
/// When the database cannot write.
pub async fn move_on(tx: &Tx, brand: &BrandId, kind: &str, position: i64) -> Result<()> {
    tx.run(&MOVE, args![brand, kind, position]).await
}

/// Up to `limit` brands behind `after` whose log goes on behind this consumer's position.
///
/// # Errors
/// When the database cannot answer.
pub async fn behind(tx: &Tx, kind: &str, after: &str, limit: i64) -> Result<Vec<BrandId>> {
    tx.all(&BEHIND, args![kind, after, limit], only).await
}

/// Brands that are still marked, although all of their consumers have come to the end.
///
/// # Errors
/// When the database cannot answer.
pub async fn caught_up(tx: &Tx, limit: i64) -> Result<Vec<BrandId>> {
    tx.all(&CAUGHT_UP, args![limit], only).await
}

/// Takes the mark from a brand if all of its consumers have come to the end. In the brand's lane.
///
/// # Errors
/// When the database cannot write.
pub async fn clean(tx: &Tx, brand: &BrandId) -> Result<()> {
    tx.run(&CLEAN, args![brand]).await
}

/// How many events wait for consumers of this kind.
///
/// # Errors
/// When the database cannot answer.
pub async fn lag(tx: &Tx, kind: &str) -> Result<i64> {
    tx.one(&LAG, args![kind], only).await
}

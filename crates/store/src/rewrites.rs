//! What took effect at once for every reader, and whose rows follow in restartable steps (API 1.6, DESIGN 1): deleted and
//! merged categories and tags, deleted companies, new domains of companies, removed members, erased customers.

use dispatch_model::{BrandId, RewriteId, StatusId, Timestamp, rewrite::RewriteKind};

use crate::{
    Error, Result, Tx, args,
    value::{Columns, only},
};

crate::statements! {
    INSERT = "INSERT INTO rewrite (brand_id, id, kind, subject, target, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    MARK = "UPDATE brand SET rewriting = TRUE WHERE id = $1 AND NOT rewriting";
    UNMARK = "UPDATE brand SET rewriting = FALSE
        WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM rewrite r WHERE r.brand_id = brand.id)";
    RETARGET = "UPDATE rewrite SET target = $4 WHERE brand_id = $1 AND kind = $2 AND target = $3";
    LET_GO = "UPDATE rewrite SET target = NULL WHERE brand_id = $1 AND kind = $2 AND target = $3";
    ARRIVE = "UPDATE rewrite SET target = NULL WHERE brand_id = $1 AND id = $2";
    AIM = "UPDATE rewrite SET target = $3 WHERE brand_id = $1 AND id = $2";
    MOVE_ON = "UPDATE rewrite SET position = $3 WHERE brand_id = $1 AND id = $2";
    PENDING = "SELECT id, kind, subject, target, position FROM rewrite WHERE brand_id = $1 ORDER BY id";
    LEADING_TO = "SELECT subject FROM rewrite WHERE brand_id = $1 AND kind = $2 AND target = $3 ORDER BY id";
    DELETE = "DELETE FROM rewrite WHERE brand_id = $1 AND id = $2";
    BRANDS = "SELECT id FROM brand WHERE rewriting ORDER BY id";
}

/// One rewriting that is not finished.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// Its id.
    pub id: RewriteId,
    /// What is rewritten.
    pub kind: RewriteKind,
    /// What the rows name.
    pub subject: String,
    /// What they read as; nothing when it is left out. For a removed member, the statuses that [`Rewrite::gone_from`] reads;
    /// for an erased customer, its addresses.
    pub target: Option<String>,
    /// How far it has come, for kinds whose rows do not show it.
    pub position: Option<String>,
}

impl Rewrite {
    /// The stored statuses in which the tickets of a removed member are nobody's.
    #[must_use]
    pub fn gone_from(&self) -> Vec<StatusId> {
        self.target.as_deref().unwrap_or_default().split_whitespace().map(StatusId::from).collect()
    }
}

/// From now on the tickets of a removed member are nobody's while their rows say one of these statuses.
///
/// # Errors
/// When the database cannot write.
pub async fn begin_gone(
    tx: &Tx,
    brand: &BrandId,
    id: &RewriteId,
    member: &str,
    statuses: &[StatusId],
    at: Timestamp,
) -> Result<()> {
    let statuses: Vec<&str> = statuses.iter().map(StatusId::as_str).collect();
    begin(tx, brand, id, RewriteKind::Member, member, Some(&statuses.join(" ")), at).await
}

fn row(columns: &mut Columns<'_>) -> Result<Rewrite> {
    Ok(Rewrite {
        id: columns.take()?,
        kind: RewriteKind::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        subject: columns.take()?,
        target: columns.take()?,
        position: columns.take()?,
    })
}

/// From now on the rows of `subject` read as `target`; what read as `subject` before, too.
///
/// # Errors
/// When the database cannot write.
pub async fn begin(
    tx: &Tx,
    brand: &BrandId,
    id: &RewriteId,
    kind: RewriteKind,
    subject: &str,
    target: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let kind = kind.as_str();
    tx.run(&RETARGET, args![brand, kind, subject, target]).await?;
    tx.run(&INSERT, args![brand, id, kind, subject, target, at]).await?;
    tx.run(&MARK, args![brand]).await
}

/// What was about to read as `target` no longer does: these rewritings have nothing to do but to end.
///
/// # Errors
/// When the database cannot write.
pub async fn let_go(tx: &Tx, brand: &BrandId, kind: RewriteKind, target: &str) -> Result<()> {
    tx.run(&LET_GO, args![brand, kind.as_str(), target]).await
}

/// Everything that was about to read as the target of this rewriting does so by its row: it moves nothing any more.
///
/// # Errors
/// When the database cannot write.
pub async fn arrive(tx: &Tx, brand: &BrandId, id: &RewriteId) -> Result<()> {
    tx.run(&ARRIVE, args![brand, id]).await
}

/// The rewritings of a brand that are not finished, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn pending(tx: &Tx, brand: &BrandId) -> Result<Vec<Rewrite>> {
    tx.all(&PENDING, args![brand], row).await
}

/// What reads as `target` besides its own rows. As long as there is something, `target` must not vanish without a rewriting.
///
/// # Errors
/// When the database cannot answer.
pub async fn leading_to(tx: &Tx, brand: &BrandId, kind: RewriteKind, target: &str) -> Result<Vec<String>> {
    tx.all(&LEADING_TO, args![brand, kind.as_str(), target], only).await
}

/// What a stored id of this kind reads as while these rewritings are pending: itself, another, or nothing.
#[must_use]
pub fn resolve<'a>(pending: &'a [Rewrite], kind: RewriteKind, stored: &'a str) -> Option<&'a str> {
    match pending.iter().find(|rewrite| rewrite.kind == kind && rewrite.subject == stored) {
        Some(rewrite) => rewrite.target.as_deref(),
        None => Some(stored),
    }
}

/// Notes what an erasure has found out about whom it is to erase.
///
/// # Errors
/// When the database cannot write.
pub async fn aim(tx: &Tx, brand: &BrandId, id: &RewriteId, target: &str) -> Result<()> {
    tx.run(&AIM, args![brand, id, target]).await
}

/// Notes how far a rewriting has come.
///
/// # Errors
/// When the database cannot write.
pub async fn move_on(tx: &Tx, brand: &BrandId, id: &RewriteId, position: &str) -> Result<()> {
    tx.run(&MOVE_ON, args![brand, id, position]).await
}

/// Ends a rewriting: no row names its subject any more.
///
/// # Errors
/// When the database cannot write.
pub async fn finish(tx: &Tx, brand: &BrandId, id: &RewriteId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await?;
    tx.run(&UNMARK, args![brand]).await
}

/// The brands in which something is being rewritten.
///
/// # Errors
/// When the database cannot answer.
pub async fn brands(tx: &Tx) -> Result<Vec<BrandId>> {
    tx.all(&BRANDS, &[], only).await
}

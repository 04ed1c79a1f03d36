//! The steps behind what took effect at once: each kind of rewriting knows its own (API 1.6, DESIGN 1).

use dispatch_model::{BrandId, event::Act, rewrite::RewriteKind};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::{Result, categories, customers, erase, members, purge, reindex, tags};

/// Does one step of the oldest rewriting of a brand; says whether there is more to do. A crash between two steps loses
/// nothing: the next one begins where the rows say.
///
/// # Errors
/// When the database cannot write.
pub async fn step(tx: &Tx, act: &Act, brand: &BrandId) -> Result<bool> {
    let Some(rewrite) = store::rewrites::pending(tx, brand).await?.into_iter().next() else { return Ok(false) };
    if !work(tx, act, brand, &rewrite).await? {
        store::rewrites::finish(tx, brand, &rewrite.id).await?;
    }
    Ok(true)
}

/// Does one step; says whether this rewriting has more.
async fn work(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    match rewrite.kind {
        RewriteKind::Category => categories::rewrite_step(tx, brand, rewrite).await,
        RewriteKind::Tag => tags::rewrite_step(tx, brand, rewrite).await,
        RewriteKind::Company => customers::leave_step(tx, act, brand, rewrite).await,
        RewriteKind::Domain => customers::join_step(tx, act, brand, rewrite).await,
        RewriteKind::Member => members::rewrite_step(tx, act, brand, rewrite).await,
        RewriteKind::Erase => erase::step(tx, act, brand, rewrite).await,
        RewriteKind::Reindex => reindex::step(tx, brand, rewrite).await,
        RewriteKind::Purge => purge::step(tx, act, brand, rewrite).await,
    }
}

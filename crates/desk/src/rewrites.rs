//! The steps behind what took effect at once: each kind of rewriting knows its own (API 1.6, DESIGN 1).

use dispatch_model::{BrandId, event::Act, rewrite::RewriteKind};
use dispatch_store::{self as store, Tx, rewrites::Rewrite};

use crate::Result;

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
async fn work(tx: &Tx, _act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    match rewrite.kind {
        RewriteKind::Category => Ok(false),
        RewriteKind::Tag => Ok(false),
        RewriteKind::Company => Ok(false),
        RewriteKind::Domain => Ok(false),
        RewriteKind::Member => Ok(false),
        RewriteKind::Erase => Ok(false),
        RewriteKind::Reindex => reindex(tx, brand, rewrite).await,
    }
}

/// What filters find of the tickets that an older version wrote.
async fn reindex(tx: &Tx, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let after = rewrite.position.as_deref().unwrap_or_default();
    let Some(last) = store::tickets::keep_fields(tx, brand, after).await? else { return Ok(false) };
    store::rewrites::move_on(tx, brand, &rewrite.id, last.as_str()).await?;
    Ok(true)
}

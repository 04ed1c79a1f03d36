//! What an older version wrote gets the words by which it is found, and the keys by which it is sorted.

use dispatch_model::BrandId;
use dispatch_store::{Tx, rewrites, rewrites::Rewrite, search::reindex};

use crate::Result;

/// What is done, in this order; a position is one of these, a colon and the last id that is done.
const STAGES: [&str; 3] = ["tickets", "comments", "customers"];

/// Does one step; says whether there is more.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn step(tx: &Tx, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let position = rewrite.position.as_deref().and_then(|position| position.split_once(':'));
    let (stage, after) = position.unwrap_or((STAGES[0], ""));
    let last = match stage {
        "tickets" => reindex::tickets(tx, brand, after).await?,
        "comments" => reindex::comments(tx, brand, after).await?,
        _ => reindex::customers(tx, brand, after).await?,
    };
    let next = STAGES.iter().skip_while(|known| **known != stage).nth(1);
    let position = match (last, next) {
        (Some(last), _) => format!("{stage}:{last}"),
        (None, Some(next)) => format!("{next}:"),
        (None, None) => return Ok(false),
    };
    rewrites::move_on(tx, brand, &rewrite.id, &position).await?;
    Ok(true)
}

//! Tickets that are past their date (API 25): told once for each date, while they are active.

use dispatch_model::{BrandId, event::Act, limits::OVERDUE_STEP};
use dispatch_store::{self as store, Tx, tickets::StoredTicket};

use super::{Loaded, load_settled};
use crate::{Result, payload};

/// Finds the next tickets of a brand that are past their date, and tells of them. Says whether there may be more. In the brand's
/// lane: whoever else has found them sees there that it was done.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn find_overdue(tx: &Tx, act: &Act, brand: &BrandId) -> Result<bool> {
    let due = store::tickets::overdue(tx, brand, act.at, OVERDUE_STEP).await?;
    let more = i64::try_from(due.len()) == Ok(OVERDUE_STEP);
    for id in due {
        let Loaded { ticket: old, statuses, .. } = load_settled(tx, act, brand, id.as_str()).await?;
        let new = StoredTicket { overdue_at: Some(act.at), ..old };
        store::tickets::set_overdue(tx, brand, &new.id, act.at).await?;
        let shown = new.view(&statuses)?;
        tx.record(act, brand, payload::ticket_overdue(&shown));
    }
    Ok(more)
}

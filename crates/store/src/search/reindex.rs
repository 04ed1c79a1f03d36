//! What an older version wrote gets its words and its sort keys, a part of a brand at a time.

use dispatch_model::{BrandId, CommentId, CustomerId, JsonText, TicketId, fold::folded, limits::REINDEX_STEP_ROWS};

use super::{Entity, put};
use crate::{
    Result, Tx, args,
    sql::Sql,
    value::{Columns, only},
};

crate::statements! {
    TICKET_SIZES = "SELECT id, CAST(length(title) + coalesce(length(body), 0) AS bigint) FROM ticket
        WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    TICKETS = "SELECT id, title, prefix, number, body, custom_fields FROM ticket WHERE brand_id = $1 AND id > $2 AND id <= $3";
    TITLE_KEY = "UPDATE ticket SET title_key = $3 WHERE brand_id = $1 AND id = $2 AND title_key <> $3";
    COMMENT_SIZES = "SELECT id, CAST(length(body) AS bigint) FROM comment
        WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    COMMENTS = "SELECT id, body FROM comment WHERE brand_id = $1 AND id > $2 AND id <= $3
        AND author_type <> 'SYSTEM' AND deleted_at IS NULL";
    CUSTOMER_IDS = "SELECT id FROM customer WHERE brand_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    CUSTOMERS = "SELECT id, name, email FROM customer WHERE brand_id = $1 AND id > $2 AND id <= $3";
    SORT_KEY = "UPDATE customer SET sort_key = $3 WHERE brand_id = $1 AND id = $2 AND sort_key <> $3";
}

/// Characters that one step looks through, unless a single text is longer.
const STEP_CHARS: i64 = 512 * 1024;

/// The last id of the rows behind `after` that one step can do; nothing when there are none.
async fn last_of_step(tx: &Tx, sql: &'static Sql, brand: &BrandId, after: &str) -> Result<Option<String>> {
    let read = |row: &mut Columns<'_>| Ok((row.take::<String>()?, row.take::<i64>()?));
    let sizes = tx.all(sql, args![brand, after, REINDEX_STEP_ROWS], read).await?;
    let mut chars = 0;
    let mut last = None;
    for (id, size) in sizes {
        chars += size;
        if last.is_some() && chars > STEP_CHARS {
            break;
        }
        last = Some(id);
    }
    Ok(last)
}

/// Does some of the tickets behind this id; answers the last of them, nothing when there are none.
///
/// # Errors
/// When the database cannot write.
pub async fn tickets(tx: &Tx, brand: &BrandId, after: &str) -> Result<Option<String>> {
    let Some(last) = last_of_step(tx, &TICKET_SIZES, brand, after).await? else { return Ok(None) };
    type Row = (TicketId, String, String, i64, Option<String>, JsonText);
    let read = |row: &mut Columns<'_>| -> Result<Row> {
        Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?, row.take()?))
    };
    for (id, title, prefix, number, body, fields) in tx.all(&TICKETS, args![brand, after, last], read).await? {
        let number = format!("{prefix}-{number}");
        let texts = crate::tickets::searched(&title, &number, body.as_deref());
        put(tx, brand, Entity::Ticket(&id), &texts).await?;
        tx.run(&TITLE_KEY, args![brand, id, folded(&title)]).await?;
        crate::tickets::move_fields(tx, brand, &id, &JsonText::empty_object(), &fields).await?;
    }
    Ok(Some(last))
}

/// Does some of the comments behind this id; answers the last of them, nothing when there are none.
///
/// # Errors
/// When the database cannot write.
pub async fn comments(tx: &Tx, brand: &BrandId, after: &str) -> Result<Option<String>> {
    let Some(last) = last_of_step(tx, &COMMENT_SIZES, brand, after).await? else { return Ok(None) };
    let read = |row: &mut Columns<'_>| Ok((row.take::<CommentId>()?, row.take::<String>()?));
    for (id, body) in tx.all(&COMMENTS, args![brand, after, last], read).await? {
        put(tx, brand, Entity::Comment(&id), &[&body]).await?;
    }
    Ok(Some(last))
}

/// Does some of the customers behind this id; answers the last of them, nothing when there are none.
///
/// # Errors
/// When the database cannot write.
pub async fn customers(tx: &Tx, brand: &BrandId, after: &str) -> Result<Option<String>> {
    let ids: Vec<String> = tx.all(&CUSTOMER_IDS, args![brand, after, REINDEX_STEP_ROWS], only).await?;
    let Some(last) = ids.into_iter().next_back() else { return Ok(None) };
    let read = |row: &mut Columns<'_>| -> Result<(CustomerId, Option<String>, String)> {
        Ok((row.take()?, row.take()?, row.take()?))
    };
    for (id, name, email) in tx.all(&CUSTOMERS, args![brand, after, last], read).await? {
        put(tx, brand, Entity::Customer(&id), &crate::customers::searched(name.as_deref(), &email)).await?;
        tx.run(&SORT_KEY, args![brand, id, crate::customers::sort_key(name.as_deref(), &email)]).await?;
    }
    Ok(Some(last))
}

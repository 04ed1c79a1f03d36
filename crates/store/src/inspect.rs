//! What `doctor`, `ready` and the tests look at: whether what is stored agrees with itself.

mod recount;

pub(crate) use recount::ALL as RECOUNTS;

use dispatch_model::{BrandId, Timestamp};

use crate::{Dialect, Result, Select, Tx, args, value::only};

crate::statements! {
    ONE = "SELECT CAST(1 AS bigint)";
    VERSION = "SELECT CAST(max(version) AS bigint) FROM schema_migration";
    HOLES = "SELECT CAST(count(*) AS bigint), coalesce(min(sequence), 0), coalesce(max(sequence), 0) FROM event WHERE brand_id = $1";
    WRONG_COUNTS = "SELECT coalesce(s.replaced_by, t.status_id), count(*),
        count(CASE WHEN t.live THEN 1 END) FROM ticket t
        LEFT JOIN status s ON s.brand_id = t.brand_id AND s.id = t.status_id
        WHERE t.brand_id = $1 GROUP BY coalesce(s.replaced_by, t.status_id)";
    WRONG_COMMENTS = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1 AND t.comment_count <> (SELECT count(*)
        FROM comment c WHERE c.brand_id = t.brand_id AND c.ticket_id = t.id AND c.deleted_at IS NULL
        AND c.author_type <> 'SYSTEM')";
    WRONG_ATTACHMENTS = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1 AND t.attachment_count <> (SELECT count(*)
        FROM attachment a WHERE a.brand_id = t.brand_id AND a.ticket_id = t.id AND a.deleted_at IS NULL
        AND a.status = 'UPLOADED')";
    HALF_UPLOADED = "SELECT count(*) FROM attachment WHERE brand_id = $1
        AND ((status = 'UPLOADED') <> (object_key IS NOT NULL) OR (status = 'UPLOADED' AND size IS NULL))";
    WITHOUT_TICKET = "SELECT count(*) FROM attachment a WHERE a.brand_id = $1 AND a.ticket_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = a.brand_id AND t.id = a.ticket_id)";
    ON_ANOTHER_TICKET = "SELECT count(*) FROM attachment a WHERE a.brand_id = $1 AND a.status = 'UPLOADED' AND a.comment_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.brand_id = a.brand_id AND c.id = a.comment_id
            AND c.ticket_id = a.ticket_id)";
    TO_BE_REMOVED = "SELECT count(*) FROM attachment a WHERE a.brand_id = $1
        AND EXISTS (SELECT 1 FROM file_removal r WHERE r.object_key = a.object_key)";
    WRONG_BYTES = "SELECT CAST(coalesce((SELECT bytes FROM brand_storage WHERE brand_id = $1), 0) AS bigint),
        CAST(coalesce(sum(size), 0) AS bigint) FROM attachment WHERE brand_id = $1 AND status = 'UPLOADED'";
    WITHOUT_EVENT = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1 AND t.created_at > $2 AND NOT EXISTS (SELECT 1 FROM event e
        WHERE e.brand_id = t.brand_id AND e.ticket_id = t.id AND e.type = 'ticket.created')";
    WITHOUT_CUSTOMER = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1 AND t.customer_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.brand_id = t.brand_id AND c.id = t.customer_id)";
    WITHOUT_STATUS = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1
        AND NOT EXISTS (SELECT 1 FROM status s WHERE s.brand_id = t.brand_id AND s.id = t.status_id)";
    HIGHEST_NUMBER = "SELECT coalesce(max(number), 0) FROM ticket WHERE brand_id = $1";
    WITHOUT_CATEGORY = "SELECT count(*) FROM ticket t WHERE t.brand_id = $1 AND t.category_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM category c WHERE c.brand_id = t.brand_id AND c.id = t.category_id)
        AND NOT EXISTS (SELECT 1 FROM rewrite r WHERE r.brand_id = t.brand_id AND r.kind = 'category'
            AND r.subject = t.category_id)";
    WITHOUT_TAG = "SELECT count(*) FROM ticket_tag x WHERE x.brand_id = $1
        AND NOT EXISTS (SELECT 1 FROM tag g WHERE g.brand_id = x.brand_id AND g.id = x.tag_id)
        AND NOT EXISTS (SELECT 1 FROM rewrite r WHERE r.brand_id = x.brand_id AND r.kind = 'tag'
            AND r.subject = x.tag_id)";
    AHEAD = "SELECT count(*) FROM consumer c JOIN brand_counter b ON b.brand_id = c.brand_id
        WHERE c.brand_id = $1 AND c.position > b.last_sequence";
    UNMARKED = "SELECT count(*) FROM consumer c JOIN brand_counter b ON b.brand_id = c.brand_id
        WHERE c.brand_id = $1 AND c.kind <> 'notifications' AND c.position < b.last_sequence AND NOT b.dirty";
    NEVER_DUE = "SELECT count(*) FROM webhook w WHERE w.brand_id = $1 AND w.next_due IS NULL AND EXISTS (SELECT 1
        FROM delivery d WHERE d.brand_id = w.brand_id AND d.webhook_id = w.id AND d.due_at IS NOT NULL)";
    MAIL_NEVER_DUE = "SELECT count(*) FROM mail WHERE brand_id = $1 AND (state = 'queued') <> (due_at IS NOT NULL)";
    MAIL_WITHOUT_TICKET = "SELECT count(*) FROM mail m WHERE m.brand_id = $1 AND m.ticket_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = m.brand_id AND t.id = m.ticket_id)";
    SURVEYS_UNSEEN = "SELECT count(*) FROM feedback f JOIN brand b ON b.id = f.brand_id
        WHERE f.brand_id = $1 AND f.state = 'scheduled' AND NOT b.surveyed";
    SURVEYS_LEFT = "SELECT count(*) FROM feedback f JOIN ticket t ON t.brand_id = f.brand_id AND t.id = f.ticket_id
        WHERE f.brand_id = $1 AND f.state = 'scheduled' AND f.cause <> 'asked'
        AND (NOT t.live OR t.merged_into_id IS NOT NULL)";
    OVERDUE_WITHOUT_DATE = "SELECT count(*) FROM ticket WHERE brand_id = $1 AND overdue_at IS NOT NULL AND due_at IS NULL";
    WRONG_LAST_CALL = "SELECT count(*) FROM connection WHERE brand_id = $1 AND ((last_used_at IS NULL) <> (last_status IS NULL)
        OR (last_error IS NOT NULL) <> (failure_count > 0)
        OR (last_error IS NOT NULL) <> (coalesce(last_status, '') = 'error'))";
    WITHOUT_SECRET = "SELECT count(*) FROM connection WHERE brand_id = $1
        AND ((secrets IS NULL) <> (secret_names = '[]') OR (secrets IS NULL AND type <> 'HTTP'))";
    CALLS_WITHOUT_RUN = "SELECT count(*) FROM automation_call c WHERE c.brand_id = $1 AND NOT EXISTS (SELECT 1 FROM automation_run r
        WHERE r.brand_id = c.brand_id AND r.id = c.run_id AND r.finished_at IS NULL)";
    RUNS_LEFT = "SELECT count(*) FROM automation_run r WHERE r.brand_id = $1 AND r.finished_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM automation_call c WHERE c.brand_id = r.brand_id AND c.run_id = r.id)";
    UNFOLLOWED = "SELECT count(*) FROM automation a JOIN brand b ON b.id = a.brand_id WHERE a.brand_id = $1 AND a.enabled
        AND b.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM consumer c
            WHERE c.brand_id = a.brand_id AND c.kind = 'automations')";
    WITHOUT_BRAND = "SELECT count(*) FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM brand b WHERE b.id = t.brand_id)";
}

/// How far the order of events and their times may be apart.
const SLACK_MS: i64 = 60 * 60 * 1000;

/// Whether the database answers at all.
///
/// # Errors
/// When it does not.
pub async fn answers(tx: &Tx) -> Result<()> {
    tx.one(&ONE, &[], only::<i64>).await.map(|_| ())
}

/// The number of the last migration.
///
/// # Errors
/// When the database cannot answer.
pub async fn schema_version(tx: &Tx) -> Result<i64> {
    tx.one(&VERSION, &[], only).await
}

/// Everything in a brand that does not agree with itself, in words; nothing when all is well.
///
/// # Errors
/// When the database cannot answer.
pub async fn problems(tx: &Tx, brand: &BrandId) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let (count, first, last) =
        tx.one(&HOLES, args![brand], |row| Ok((row.take::<i64>()?, row.take::<i64>()?, row.take::<i64>()?))).await?;
    let counted_to = tx.counter(brand).await?.map_or(0, |counter| counter.last_sequence);
    // What is old need not be kept: it begins where that was noted, has no holes, and ends where its counter stands.
    let kept_from = crate::log::kept_from(tx, brand).await?;
    let ends = if count > 0 { (first, last) } else { (kept_from, kept_from - 1) };
    if ends != (kept_from, counted_to) || counted_to - kept_from + 1 != count {
        problems.push(format!(
            "the log has {count} events from {first} to {last}, is kept from {kept_from} on, and its counter stands at {counted_to}"
        ));
    }
    for (sequence, why) in crate::log::unreadable(tx, brand).await? {
        problems.push(format!("event {sequence} cannot be read: {why}"));
    }
    let highest: i64 = tx.one(&HIGHEST_NUMBER, args![brand], only).await?;
    let next = tx.counter(brand).await?.map_or(0, |counter| counter.next_ticket_number);
    if highest >= next {
        problems.push(format!("ticket number {highest} is taken, and the next ticket would get {next}"));
    }
    wrong_counts(tx, brand, &mut problems).await?;
    recount::problems(tx, brand, &mut problems).await?;
    let questions = [
        (&WRONG_COMMENTS, "tickets have a wrong number of comments"),
        (&WRONG_ATTACHMENTS, "tickets have a wrong number of attachments"),
        (&HALF_UPLOADED, "attachments are neither confirmed nor on their way"),
        (&WITHOUT_TICKET, "attachments name a ticket that is not there"),
        (&ON_ANOTHER_TICKET, "attachments name a comment that is not on their ticket"),
        (&TO_BE_REMOVED, "attachments have bytes that are to be removed"),
        (&WITHOUT_CUSTOMER, "tickets name a customer that is not there"),
        (&WITHOUT_STATUS, "tickets name a status that is not there"),
        (&WITHOUT_CATEGORY, "tickets name a category that is not there"),
        (&WITHOUT_TAG, "tickets have a tag that is not there"),
        (&AHEAD, "consumers stand behind the end of the log"),
        (&UNMARKED, "consumers have events to read that nothing leads them to"),
        (&NEVER_DUE, "webhooks have deliveries that wait and are never due"),
        (&MAIL_NEVER_DUE, "mails wait and are never due, or are due and do not wait"),
        (&MAIL_WITHOUT_TICKET, "mails name a ticket that is not there"),
        (&SURVEYS_UNSEEN, "surveys are scheduled in a brand that does not know of any"),
        (&SURVEYS_LEFT, "surveys are scheduled for tickets that are spam, deleted or merged"),
        (&OVERDUE_WITHOUT_DATE, "tickets are overdue without a date"),
        (&WRONG_LAST_CALL, "connections do not agree with themselves about their last call"),
        (&WITHOUT_SECRET, "connections have no secret where there must be one, or one that is not named"),
        (&CALLS_WITHOUT_RUN, "calls of automations belong to no run that waits for them"),
        (&RUNS_LEFT, "runs of automations wait for calls that nobody makes"),
        (&UNFOLLOWED, "automations are enabled and never see an event"),
    ];
    let without_event: i64 = tx.one(&WITHOUT_EVENT, args![brand, log_since(tx, brand, kept_from).await?], only).await?;
    if without_event > 0 {
        problems.push(format!("{without_event} tickets have no event of their creation"));
    }
    let (kept, real) = tx.one(&WRONG_BYTES, args![brand], |row| Ok((row.take::<i64>()?, row.take::<i64>()?))).await?;
    if kept != real {
        problems.push(format!("the files are counted as {kept} bytes and have {real}"));
    }
    for (sql, what) in questions {
        let found: i64 = tx.one(sql, args![brand], only).await?;
        if found > 0 {
            problems.push(format!("{found} {what}"));
        }
    }
    Ok(problems)
}

/// From when on every ticket must have an event: a while behind the oldest one that is kept, if there were others before.
async fn log_since(tx: &Tx, brand: &BrandId, kept_from: i64) -> Result<Timestamp> {
    if kept_from == 1 {
        return Ok(Timestamp::from_millis(-1));
    }
    let oldest = crate::log::oldest(tx, brand).await?;
    Ok(oldest.map_or(Timestamp::from_millis(i64::MAX), |(_, at)| at.plus_ms(SLACK_MS)))
}

async fn wrong_counts(tx: &Tx, brand: &BrandId, problems: &mut Vec<String>) -> Result<()> {
    let counted = tx
        .all(&WRONG_COUNTS, args![brand], |row| Ok((row.take::<String>()?, row.take::<i64>()?, row.take::<i64>()?)))
        .await?;
    let kept = crate::counts::of_brand(tx, brand).await?;
    for count in kept.iter().filter(|count| count.total != 0 || count.live != 0) {
        let real = counted.iter().find(|(status, ..)| status == count.status_id.as_str());
        let (total, live) = real.map_or((0, 0), |(_, total, live)| (*total, *live));
        if (total, live) != (count.total, count.live) {
            problems.push(format!(
                "status {} is counted as {}/{} tickets and has {live}/{total}",
                count.status_id, count.live, count.total
            ));
        }
    }
    for (status, total, _) in counted {
        if !kept.iter().any(|count| count.status_id.as_str() == status) {
            problems.push(format!("status {status} has {total} tickets and no count"));
        }
    }
    Ok(())
}

/// Tickets of brands that do not exist.
///
/// # Errors
/// When the database cannot answer.
pub async fn orphans(tx: &Tx) -> Result<i64> {
    tx.one(&WITHOUT_BRAND, &[], only).await
}

/// Every table and column, spelled the same for both databases, to compare two schemas. Left out is what belongs to one
/// of them alone: SQLite's row ids, and how the words of the search are kept.
///
/// # Errors
/// When the database cannot answer.
pub async fn schema(tx: &Tx) -> Result<Vec<String>> {
    let text = match tx.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name || '.' || c.name || ' ' || CASE WHEN c.type = 'TEXT' THEN 'text' ELSE 'number' END
                || CASE WHEN c.\"notnull\" <> 0 THEN ' not null' ELSE '' END
             FROM sqlite_schema m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'schema_migration'
                AND m.name NOT LIKE 'search_word%' AND c.name <> 'doc'
             UNION ALL SELECT 'index ' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1"
        }
        Dialect::Postgres => {
            "SELECT table_name || '.' || column_name || ' ' || CASE WHEN data_type = 'text' THEN 'text' ELSE 'number' END
                || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
             FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'schema_migration'
                AND table_name <> 'search_word'
             UNION ALL SELECT 'index ' || indexname FROM pg_indexes
             WHERE schemaname = current_schema() AND indexname NOT LIKE '%_pkey'
                AND indexname <> 'search_word_words' ORDER BY 1"
        }
    };
    let mut lines: Vec<String> = tx.select(&Select::new(text), only).await?;
    lines.sort();
    Ok(lines)
}

/// How the database would carry out a statement, in its own words.
///
/// # Errors
/// When the database cannot answer.
pub async fn plan(tx: &Tx, text: &str, values: &[crate::Value<'_>]) -> Result<Vec<String>> {
    let explain = match tx.dialect() {
        Dialect::Sqlite => format!("EXPLAIN QUERY PLAN {text}"),
        Dialect::Postgres => format!("EXPLAIN {text}"),
    };
    let skip = if tx.dialect() == Dialect::Sqlite { 3 } else { 0 };
    tx.connection()
        .query(crate::conn::Text::Built(&explain), values, |row| {
            row.skip(skip);
            row.take()
        })
        .await
}

/// Runs any statement: for tests that damage a database or give it less room. Its rows are dropped.
///
/// # Errors
/// When the database refuses it.
#[doc(hidden)]
pub async fn execute(tx: &Tx, text: &str) -> Result<()> {
    tx.connection().query(crate::conn::Text::Built(text), &[], |_| Ok(())).await.map(|_| ())
}

/// The first column of any statement, which must be text: for tests that look where no function looks.
///
/// # Errors
/// When the database refuses it.
#[doc(hidden)]
pub async fn ask(tx: &Tx, text: &str) -> Result<Vec<String>> {
    tx.connection().query(crate::conn::Text::Built(text), &[], only).await
}

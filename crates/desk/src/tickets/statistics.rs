//! Statistics over brands (API 23): sums that each write has moved, never a count of rows.

use std::collections::BTreeMap;

use dispatch_model::{
    MemberId, Timestamp,
    brand::Brand,
    event::Act,
    statistics::{BrandStats, MemberMetrics, ResponseMetrics, Stats, TeamMetrics, TrendDay, Trends, TrendsPeriod},
    status::{CLOSED, OPEN, PENDING, RESOLVED},
};
use dispatch_store::{
    self as store, Tx,
    stats::{Sum, day_of},
};

use super::Across;
use crate::{Caller, Result};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The days of a question: from one on, up to another (exclusive).
#[derive(Clone, Copy, Debug)]
pub struct Days {
    from: i64,
    before: i64,
}

impl Days {
    /// The last `days` days, today included; all of them without a number.
    #[must_use]
    pub const fn last(now: Timestamp, days: Option<i64>) -> Self {
        let today = day_of(now);
        Self {
            from: match days {
                Some(days) => today - days + 1,
                None => i64::MIN / DAY_MS,
            },
            before: i64::MAX / DAY_MS,
        }
    }

    /// Between two moments, by whole days.
    #[must_use]
    pub const fn between(from: Option<Timestamp>, before: Option<Timestamp>) -> Self {
        Self {
            from: match from {
                Some(from) => day_of(from),
                None => i64::MIN / DAY_MS,
            },
            before: match before {
                // A moment within a day counts that day as a whole.
                Some(before) => (before.as_millis() + DAY_MS - 1).div_euclid(DAY_MS),
                None => i64::MAX / DAY_MS,
            },
        }
    }
}

/// Totals by status and brand, and times of response.
///
/// # Errors
/// When the database cannot answer.
pub async fn stats(tx: &Tx, caller: &Caller, across: &Across, days: Days) -> Result<Stats> {
    let mut stats = Stats::default();
    let (mut response, mut resolution) = ((0, 0), (0, 0));
    for brand in across.brands(tx, caller).await? {
        let id = &brand.id;
        let statuses = store::statuses::all(tx, id).await?;
        let mut of_brand =
            BrandStats { name: brand.name.clone(), prefix: brand.ticket_prefix.clone(), ..BrandStats::default() };
        for status in statuses.all() {
            stats.by_status.entry(status.key.clone()).or_insert(0);
        }
        for Sum { key, n, .. } in store::stats::by_key(tx, id, "created", days.from, days.before).await? {
            let Some(status) = statuses.resolve(&key) else { continue };
            *stats.by_status.entry(status.key.clone()).or_insert(0) += n;
            of_brand.total += n;
            of_brand.active += if status.is_active { n } else { 0 };
            match status.key.as_str() {
                OPEN => (of_brand.open, stats.open) = (of_brand.open + n, stats.open + n),
                PENDING => (of_brand.pending, stats.pending) = (of_brand.pending + n, stats.pending + n),
                RESOLVED => stats.resolved += n,
                CLOSED => stats.closed += n,
                _ => {}
            }
        }
        stats.total += of_brand.total;
        stats.active += of_brand.active;
        for (kind, sum) in [("response", &mut response), ("resolution", &mut resolution)] {
            for found in store::stats::by_key(tx, id, kind, days.from, days.before).await? {
                *sum = (sum.0 + found.n, sum.1 + found.total);
            }
        }
        stats.by_brand.insert(id.0.clone(), of_brand);
    }
    stats.response_metrics = ResponseMetrics {
        avg_first_response_minutes: minutes(response),
        avg_resolution_minutes: minutes(resolution),
        tickets_with_response: response.0,
        tickets_resolved: resolution.0,
    };
    Ok(stats)
}

/// The mean of so many in so many milliseconds, in minutes with one decimal.
#[expect(clippy::cast_precision_loss, reason = "a mean of minutes")]
fn minutes((n, total): (i64, i64)) -> Option<f64> {
    (n > 0).then(|| (total as f64 / n as f64 / 6_000.0).round() / 10.0)
}

/// Created and resolved tickets of every day.
///
/// # Errors
/// When the database cannot answer.
pub async fn trends(tx: &Tx, act: &Act, caller: &Caller, across: &Across, days: i64) -> Result<Trends> {
    let (today, from) = (day_of(act.at), day_of(act.at) - days + 1);
    let mut all: BTreeMap<i64, (i64, i64)> = (from..=today).map(|day| (day, (0, 0))).collect();
    for brand in across.brands(tx, caller).await? {
        for found in store::stats::by_day(tx, &brand.id, "created", from, today + 1).await? {
            all.entry(found.day).or_default().0 += found.n;
        }
        for found in store::stats::by_day(tx, &brand.id, "resolved", from, today + 1).await? {
            all.entry(found.day).or_default().1 += found.n;
        }
    }
    let start = |day: i64| Timestamp::from_millis(day * DAY_MS);
    let date = |day: i64| start(day).to_string()[..10].to_owned();
    let data =
        all.into_iter().map(|(day, (created, resolved))| TrendDay { date: date(day), created, resolved }).collect();
    Ok(Trends { data, period: TrendsPeriod { start: start(from), end: act.at } })
}

/// What each member has resolved and closed, and what customers have answered about it.
///
/// # Errors
/// When the database cannot answer.
pub async fn team(tx: &Tx, caller: &Caller, across: &Across, days: Days) -> Result<TeamMetrics> {
    let mut all: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let mut answers: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    let brands: Vec<Brand> = across.brands(tx, caller).await?;
    for brand in &brands {
        for found in store::stats::by_key(tx, &brand.id, "resolved", days.from, days.before).await? {
            all.entry(found.key).or_default().0 += found.n;
        }
        for found in store::stats::by_key(tx, &brand.id, "closed", days.from, days.before).await? {
            all.entry(found.key).or_default().1 += found.n;
        }
        let moment = |day: i64| Timestamp::from_millis(day.saturating_mul(DAY_MS));
        for found in store::surveys::answers(tx, &brand.id, moment(days.from), moment(days.before)).await? {
            let ids = store::members::ids_of_email(tx, &caller.account, &found.resolver).await?;
            // Whoever joined again has two ids: the answers count for the newest.
            let Some(id) = ids.into_iter().max() else { continue };
            let sums = answers.entry(id.0.clone()).or_default();
            *sums = (sums.0 + found.count, sums.1 + found.positive);
            all.entry(id.0).or_default();
        }
    }
    all.remove("");
    all.retain(|id, sums| *sums != (0, 0) || answers.contains_key(id));
    let ids: Vec<MemberId> = all.keys().map(|id| MemberId::from(id.as_str())).collect();
    let known = store::members::names(tx, &caller.account, &ids).await?;
    let mut members: Vec<MemberMetrics> = known
        .into_iter()
        .filter_map(|(member_id, member_email, member_name)| {
            let (tickets_resolved, tickets_closed) = all.remove(member_id.as_str())?;
            let (csat_count, csat_positive) = answers.remove(member_id.as_str()).unwrap_or_default();
            Some(MemberMetrics {
                member_id,
                member_email,
                member_name,
                tickets_resolved,
                tickets_closed,
                csat_count,
                csat_positive,
                csat_score: (csat_count > 0).then(|| (csat_positive * 200 + csat_count) / (csat_count * 2)),
            })
        })
        .collect();
    members.sort_by(|one, two| one.member_email.cmp(&two.member_email));
    Ok(TeamMetrics { members })
}

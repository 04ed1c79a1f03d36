//! Statistics over brands (API 23). Spam, deleted and duplicate-closed tickets are left out of them.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{MemberId, Timestamp};

/// Totals by status and brand.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Tickets.
    pub total: i64,
    /// Those whose status is active, custom statuses included.
    pub active: i64,
    /// Those with the status `open`.
    pub open: i64,
    /// Those with the status `pending`.
    pub pending: i64,
    /// Those with the status `resolved`.
    pub resolved: i64,
    /// Those with the status `closed`.
    pub closed: i64,
    /// By the key of the status.
    pub by_status: BTreeMap<String, i64>,
    /// By the id of the brand.
    pub by_brand: BTreeMap<String, BrandStats>,
    /// How fast they were answered and resolved.
    pub response_metrics: ResponseMetrics,
}

/// The totals of one brand.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrandStats {
    /// Its name.
    pub name: String,
    /// Its ticket prefix.
    pub prefix: String,
    /// Its tickets.
    pub total: i64,
    /// Those whose status is active.
    pub active: i64,
    /// Those with the status `open`.
    pub open: i64,
    /// Those with the status `pending`.
    pub pending: i64,
}

/// How fast tickets were answered and resolved.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResponseMetrics {
    /// From the creation to the first public comment by staff; one decimal.
    pub avg_first_response_minutes: Option<f64>,
    /// From the creation to the resolution; one decimal.
    pub avg_resolution_minutes: Option<f64>,
    /// Tickets with such a comment.
    pub tickets_with_response: i64,
    /// Tickets that are resolved or closed.
    pub tickets_resolved: i64,
}

/// Created against resolved, day by day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trends {
    /// Every day (UTC), the oldest first.
    pub data: Vec<TrendDay>,
    /// The time that they cover.
    pub period: TrendsPeriod,
}

/// One day (UTC).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrendDay {
    /// `2026-01-02`.
    pub date: String,
    /// Tickets created on it.
    pub created: i64,
    /// Tickets resolved on it that are resolved still.
    pub resolved: i64,
}

/// A span of time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrendsPeriod {
    /// Its first moment.
    pub start: Timestamp,
    /// Its last.
    pub end: Timestamp,
}

/// What the members did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TeamMetrics {
    /// Every member who resolved or closed something.
    pub members: Vec<MemberMetrics>,
}

/// What one member did.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberMetrics {
    /// The member.
    pub member_id: MemberId,
    /// Its address.
    pub member_email: String,
    /// Its name.
    pub member_name: Option<String>,
    /// Tickets that it resolved.
    pub tickets_resolved: i64,
    /// Tickets that it closed.
    pub tickets_closed: i64,
    /// 0 until surveys are available.
    pub csat_count: i64,
    /// 0 until surveys are available.
    pub csat_positive: i64,
    /// Null without answers.
    pub csat_score: Option<i64>,
}

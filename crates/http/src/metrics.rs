//! Counters for Prometheus (API 33). `prometheus-client` keeps them in a registry of this server, not in a global.

use std::{fmt::Write as _, time::Duration};

use axum::http::Method;
use dispatch_outbound::Outbound;
use dispatch_store::Db;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: String,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    outcome: &'static str,
}

/// The method, when it is one that routes have: what callers invent must not make counters.
fn known(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE") => known,
        _ => "other",
    }
}

/// Upper bounds of the latency buckets in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The counters of a server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    latency: Family<RouteLabels, Histogram>,
    waiting: Gauge,
    attempts: Family<OutcomeLabels, Counter>,
    backlog: Gauge,
    lag: Gauge,
    mails: Gauge,
    mail_outcomes: Family<OutcomeLabels, Counter>,
    runs: Family<OutcomeLabels, Counter>,
    calls: Family<OutcomeLabels, Counter>,
    calls_waiting: Gauge,
    unseen: Gauge,
    streams: Gauge,
    uploads: Family<OutcomeLabels, Counter>,
    upload_bytes: Counter,
    db: Db,
    outbound: Outbound,
}

/// How far an upload of a file has come.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Uploaded {
    /// Somebody asked for it, and has its link.
    Requested,
    /// It is confirmed, with so many bytes.
    Confirmed(i64),
    /// What came was not what was announced.
    Failed,
}

impl Uploaded {
    /// All of them, so that those that have not happened yet show as none.
    const ALL: [Self; 3] = [Self::Requested, Self::Confirmed(0), Self::Failed];

    const fn labels(self) -> OutcomeLabels {
        OutcomeLabels {
            outcome: match self {
                Self::Requested => "requested",
                Self::Confirmed(_) => "confirmed",
                Self::Failed => "failed",
            },
        }
    }
}

impl Metrics {
    pub(crate) fn new(db: Db, outbound: Outbound) -> Self {
        let mut registry = Registry::with_prefix("dispatch");
        let requests = Family::<Labels, Counter>::default();
        registry.register("http_requests", "Requests by route and status", requests.clone());
        let latency = Family::<RouteLabels, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        registry.register("http_request_seconds", "Time to the answer", latency.clone());
        let waiting = Gauge::default();
        registry.register("write_queue_depth", "Writes that wait for the database", waiting.clone());
        let attempts = Family::<OutcomeLabels, Counter>::default();
        registry.register("webhook_attempts", "Attempts of deliveries by what they came to", attempts.clone());
        let (backlog, lag) = (Gauge::default(), Gauge::default());
        registry.register("webhook_backlog", "Deliveries that wait", backlog.clone());
        registry.register("webhook_lag", "Events that have not become deliveries yet", lag.clone());
        let mails = Gauge::default();
        registry.register("mail_queue_depth", "Mails that wait to be sent", mails.clone());
        let mail_outcomes = Family::<OutcomeLabels, Counter>::default();
        registry.register("mails", "Mails by what became of them", mail_outcomes.clone());
        let runs = Family::<OutcomeLabels, Counter>::default();
        registry.register("automation_runs", "Runs of automations by what they came to at once", runs.clone());
        let calls = Family::<OutcomeLabels, Counter>::default();
        registry.register("automation_calls", "Attempts of calls by what they came to", calls.clone());
        let (calls_waiting, unseen) = (Gauge::default(), Gauge::default());
        registry.register("automation_backlog", "Calls of automations that wait", calls_waiting.clone());
        registry.register("automation_lag", "Events that no automation has seen yet", unseen.clone());
        let streams = Gauge::default();
        registry.register("streams_open", "Live streams that are open", streams.clone());
        let (uploads, upload_bytes) = (Family::<OutcomeLabels, Counter>::default(), Counter::default());
        registry.register("uploads", "Uploads of files by how far they have come", uploads.clone());
        registry.register("upload_bytes", "Bytes of the uploads that were confirmed", upload_bytes.clone());
        for upload in Uploaded::ALL {
            uploads.get_or_create(&upload.labels()).inc_by(0);
        }
        Self {
            registry,
            requests,
            latency,
            waiting,
            attempts,
            backlog,
            lag,
            mails,
            mail_outcomes,
            runs,
            calls,
            calls_waiting,
            unseen,
            streams,
            uploads,
            upload_bytes,
            db,
            outbound,
        }
    }

    /// Counts the live streams that are open.
    pub(crate) fn open_streams(&self) -> Gauge {
        self.streams.clone()
    }

    /// Counts an upload that has come so far.
    pub(crate) fn upload(&self, upload: Uploaded) {
        self.uploads.get_or_create(&upload.labels()).inc();
        if let Uploaded::Confirmed(bytes) = upload {
            self.upload_bytes.inc_by(u64::try_from(bytes).unwrap_or(0));
        }
    }

    pub(crate) fn request(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let (method, route) = (known(method).to_owned(), route.to_owned());
        self.requests.get_or_create(&Labels { method: method.clone(), route: route.clone(), status }).inc();
        self.latency.get_or_create(&RouteLabels { method, route }).observe(took.as_secs_f64());
    }

    /// All counters as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.waiting.set(i64::try_from(self.db.waiting()).unwrap_or(i64::MAX));
        let tally = self.outbound.tally();
        for (outcome, count) in tally.attempts() {
            let counter = self.attempts.get_or_create(&OutcomeLabels { outcome });
            counter.inc_by(count.saturating_sub(counter.get()));
        }
        self.backlog.set(tally.backlog());
        self.lag.set(tally.lag());
        self.mails.set(tally.mails());
        for (outcome, count) in tally.mail_outcomes() {
            let counter = self.mail_outcomes.get_or_create(&OutcomeLabels { outcome });
            counter.inc_by(count.saturating_sub(counter.get()));
        }
        for (outcome, count) in tally.runs() {
            let counter = self.runs.get_or_create(&OutcomeLabels { outcome });
            counter.inc_by(count.saturating_sub(counter.get()));
        }
        for (outcome, count) in tally.calls() {
            let counter = self.calls.get_or_create(&OutcomeLabels { outcome });
            counter.inc_by(count.saturating_sub(counter.get()));
        }
        self.calls_waiting.set(tally.calls_waiting());
        self.unseen.set(tally.unseen());
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            let _ = writeln!(text, "# the counters could not be written");
        }
        text
    }
}

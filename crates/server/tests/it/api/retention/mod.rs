//! What is not kept any longer: deleted things (API 1.6), old events (API 15).

mod canary;
mod events;
mod purge;

const DAY: i64 = 24 * 60 * 60 * 1000;

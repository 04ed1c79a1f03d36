//! The seam: every trap of DESIGN section 2, provoked on both databases where it applies.

mod given;

mod bad_operation;
mod batch;
mod dictionary;
mod disconnect;
mod disk_full;
mod full_queue;
mod label_plans;
mod log;
mod plans;

mod postgres_away;
mod races;
mod search;
mod several_servers;
mod statements;
mod timer_plans;

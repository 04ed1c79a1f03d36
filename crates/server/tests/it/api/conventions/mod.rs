//! What holds for every route (API section 1).

mod authentication;
mod cors;
mod coverage;
mod headers;
mod isolation;
mod media_types;
mod order_of_checks;
mod query_parameters;
mod rate_limits;
mod roles;
mod routing;
mod unknown_fields;
mod walk;
pub mod world;

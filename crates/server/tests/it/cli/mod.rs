//! The binary, run as a process of its own: what it prints, what it refuses, and what it leaves behind when it dies.

pub mod http;
pub mod process;

mod admin;
mod backup;
mod care;
mod carry;
mod disk_full;
mod durable;
mod files;
mod first_run;
mod heads;
mod kill;
mod log;
mod serve;
mod server_key;
mod settings;
mod smtp;
mod stop;
mod streams;
mod upgrade;
mod webhooks;

/// Runs a test on both databases, as `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($($(#[$attribute:meta])* fn $name:ident($place:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a test may need nothing from around it")]
            use super::*;

            fn test($place: &crate::cli::process::Place) $body

            $(#[$attribute])*
            #[test]
            fn sqlite() {
                test(&crate::cli::process::Place::new(dispatch_testkit::Kind::Sqlite));
            }

            $(#[$attribute])*
            #[test]
            fn postgres() {
                test(&crate::cli::process::Place::new(dispatch_testkit::Kind::Postgres));
            }
        }
    )*};
}
use on_both;

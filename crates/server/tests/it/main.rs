//! The tests of the whole server. The tree under `api/` mirrors the URLs; `store/` provokes the traps of the seam;
//! `cli/` runs the binary.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on must end")]

mod api;
mod cli;
mod store;

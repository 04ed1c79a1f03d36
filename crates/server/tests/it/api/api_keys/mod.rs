mod create;
mod delete;
mod expiry;
mod list;
mod scope;
pub mod secrecy;
mod update;

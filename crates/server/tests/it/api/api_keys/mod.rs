mod create;
mod delete;
mod expiry;
mod list;
mod scope;
mod secrecy;
mod update;

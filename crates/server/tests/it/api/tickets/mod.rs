mod create;
mod delete;
mod get;
mod list;
mod numbers;
mod random;
mod status;
mod update;

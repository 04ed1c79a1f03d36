mod change;
mod create;
mod list;
mod members;
mod reopen;

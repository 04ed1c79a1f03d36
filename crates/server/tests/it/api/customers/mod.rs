mod company;
mod create;
mod delete;
mod erase;
mod list;
mod search;
mod update;

mod delete;
mod me;
mod update;
mod usage;

mod create;
mod delete;
mod later_fields;
mod list;
mod mail;
mod schema;
mod slugs;
mod update;

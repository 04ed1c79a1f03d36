mod docs;
mod health;
mod metrics;
mod openapi;
mod ready;

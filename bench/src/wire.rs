//! A small HTTP/1.1 keep-alive client. It shares two cores with the server it measures, so it does only what is
//! needed: one buffer per connection, no header map, no copy of the body.

pub mod chunked;
pub mod connection;
pub mod head;
pub mod request;
pub mod target;

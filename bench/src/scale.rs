//! Databases that are large on purpose: filled once by `grow`, then measured by the other commands.

pub mod carry;
pub mod fill;
pub mod ground;
pub mod grow;
pub mod multiply;
pub mod prepare;
pub mod psql;
pub mod shape;

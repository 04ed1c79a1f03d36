mod brands;
mod given;
mod tickets;

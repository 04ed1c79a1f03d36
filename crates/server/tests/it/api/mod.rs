mod brands;
mod tickets;

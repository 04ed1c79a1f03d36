mod lists;
mod stats;
mod team;
mod trends;

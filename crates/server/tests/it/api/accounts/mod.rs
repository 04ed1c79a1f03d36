mod me;
mod usage;

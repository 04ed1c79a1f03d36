mod envelope;
mod read;
mod sequence;

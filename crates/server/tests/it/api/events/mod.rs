mod envelope;
mod read;
mod sequence;
mod stream;

//! Bytes to messages and back: parse, thread, cut quotes, judge, compose. It reads no database and asks no network.

//! Whatever a client sends as a cursor: it is refused, or it is exactly what this list would have written.
#![no_main]

use dispatch_model::page::{Cursor, fingerprint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = fingerprint(&["tickets", "br_1"]);
    let other = fingerprint(&["tickets", "br_2"]);
    for keys in 1..=3 {
        if let Some(cursor) = Cursor::decode(text, list, keys) {
            assert_eq!(cursor.keys.len(), keys);
            assert!(cursor.encode().eq_ignore_ascii_case(text), "one list, one text");
            assert!(Cursor::decode(text, other, keys).is_none(), "it is of no use in another brand");
        }
    }
    // The other way round, with keys of any text.
    let keys: Vec<String> = text.split('\0').take(3).map(str::to_owned).collect();
    let cursor = Cursor { fingerprint: list, keys };
    let written = cursor.encode();
    match Cursor::decode(&written, list, cursor.keys.len()) {
        Some(read) => assert_eq!(read, cursor),
        None => assert!(written.len() > 4_096, "what we write we read"),
    }
    assert!(Cursor::decode(&written, other, cursor.keys.len()).is_none());
    // Half of it is none.
    assert!(Cursor::decode(&written[..written.len() - 2], list, cursor.keys.len()).is_none());
});

//! Whatever lies in the column of an event's body: it is read or refused without a panic, and what was packed comes back to the
//! letter.
#![no_main]

#[path = "../../crates/store/src/pack.rs"]
mod pack;

use dispatch_model::event::Telling;
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;

/// The body of a usual event, so that altered frames are near to real ones.
const USUAL: &str = include_str!("../seeds/event/created.json");

fuzz_target!(|bytes: &[u8]| {
    let _as_it_is = pack::unpack(bytes);

    // JSON of any kind, packed and unpacked. What is no JSON is never packed.
    if let Ok(data) = serde_json::from_slice::<&RawValue>(bytes) {
        let kept = pack::pack("{}", Some(data.get()), data.get(), Telling::Usual);
        let read = pack::unpack(&kept).expect("what was packed is unpacked");
        assert_eq!(read.data.as_str(), data.get());
        // `null` says that nothing changed.
        assert!(read.changes.is_none_or(|changes| changes.as_str() == data.get()));
    }

    // A frame of ours, altered: read or refused, and never more than its limit.
    let mut frame = pack::pack(r#"{"type":"system"}"#, None, USUAL, Telling::Usual);
    for pair in bytes.chunks_exact(2).take(8) {
        let at = usize::from(pair[0]) % frame.len();
        frame[at] ^= pair[1];
    }
    let _altered = pack::unpack(&frame);
});

//! Whatever is sent as a signed link: it is refused, unless it is to the letter one that was signed; and what is signed reads
//! as it was meant.
#![no_main]

#[path = "../../crates/blob/src/link.rs"]
mod link;

use dispatch_model::{Clock, Timestamp};
use libfuzzer_sys::fuzz_target;
use link::{Signer, Unsigned};

const NOW_MS: i64 = 1_767_323_045_000;

fuzz_target!(|bytes: &[u8]| {
    let (signer, clock) = (Signer::new(&[[1; 32], [2; 32]]), Clock::manual(Timestamp::from_millis(NOW_MS)));
    let text = String::from_utf8_lossy(bytes);
    let (path, query) = text.split_once('?').unwrap_or((&text, ""));
    assert_eq!(signer.check("GET", path, query, &clock).err(), Some(Unsigned::Altered), "nobody has signed {text}");

    // What is signed says what was meant, whatever stands in it.
    let value: String = text.chars().take(300).collect();
    let link = signer.sign("GET", "files/br_1/a", &[("name", &value), ("type", "text/plain")], clock.now().plus_ms(60_000));
    let (path, query) = link.split_once('?').expect("a query");
    let said = signer.check("GET", path, query, &clock).expect("it is ours");
    assert_eq!((said.get("name"), said.get("type"), said.get("inline")), (Some(&*value), Some("text/plain"), None));
    assert!(signer.check("PUT", path, query, &clock).is_err());

    // One byte of it, replaced by what was sent.
    if let [at, byte, ..] = bytes {
        let at = usize::from(*at) % query.len();
        let mut altered = query.as_bytes().to_vec();
        altered[at] = *byte;
        if let Ok(altered) = std::str::from_utf8(&altered) {
            assert!(altered == query || signer.check("GET", path, altered, &clock).is_err(), "{altered}");
        }
    }
});

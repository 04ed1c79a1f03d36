//! Whatever arrives is read, cut and taken apart without a panic.
#![no_main]

use dispatch_mail::{parse, quotes, subject};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(message) = parse(bytes) else { return };
    let title = subject::strip(message.subject.as_deref().unwrap_or_default());
    let text = message.text();
    let cut = quotes::cut(&text, title.is_forward);
    assert_eq!(cut.text.is_empty(), text.trim().is_empty(), "a cut leaves something");
    for file in message.attachments() {
        assert!(file.content_type.contains('/'));
    }
});

use super::*;

/// An event as they usually are.
fn usual() -> (String, String) {
    let actor = r#"{"type":"api","id":"key_1","name":"Server key","email":null,"apiKeyPrefix":"sk_live_a1b2"}"#;
    let data = format!(
        r#"{{"id":"tkt_1","title":"{}","status":"open","priority":"normal","ticketNumber":"DT-1042"}}"#,
        "x y ".repeat(50)
    );
    (actor.to_owned(), data)
}

fn body(actor: &str, changes: Option<&str>, data: &str) -> Body {
    let own = |text: &str| JsonText::stored(text.to_owned());
    Body { actor: own(actor), changes: changes.map(own), data: own(data), telling: Telling::Usual }
}

#[test]
fn what_was_packed_is_unpacked_to_the_letter() {
    let (actor, data) = usual();
    for changes in [None, Some(r#"{"a":{"old":null,"new":1e400}}"#)] {
        let packed = pack(&actor, changes, &data, Telling::Usual);
        assert!(packed.len() < data.len() && packed[0] != b'{');
        assert_eq!(unpack(&packed).unwrap(), body(&actor, changes, &data));
    }
    let unusual = r#"{"z" : 1.50,"a":"\u00e4 ä \"","n":12345678901234567890123}"#;
    assert_eq!(unpack(&pack("{}", Some("{}"), unusual, Telling::Usual)).unwrap(), body("{}", Some("{}"), unusual));
}

#[test]
fn no_body_grows_and_a_very_long_one_stays_as_it_is() {
    let noise: String = (0..400_u64).map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    for length in [0, 1, 8, 100, 1_000, 5_000] {
        let data = format!("\"{}\"", &noise[..length]);
        let packed = pack("1", None, &data, Telling::Usual);
        assert!(packed.len() <= data.len() + r#"{"actor":1,"changes":null,"data":}"#.len());
        assert_eq!(unpack(&packed).unwrap(), body("1", None, &data));
    }
    let data = format!("\"{}\"", "x".repeat(BODY_BYTES_MAX));
    let packed = pack("1", None, &data, Telling::Usual);
    assert_eq!(packed[0], b'{');
    assert_eq!(unpack(&packed).unwrap(), body("1", None, &data));
}

#[test]
fn bodies_of_older_versions_are_plain() {
    let kept = br#"{"actor":{"type":"system"},"changes":null,"data":{"id":"x"}}"#;
    assert_eq!(unpack(kept).unwrap(), body(r#"{"type":"system"}"#, None, r#"{"id":"x"}"#));
}

#[test]
fn a_damaged_body_is_an_error_and_never_a_panic() {
    let (actor, data) = usual();
    let good = pack(&actor, None, &data, Telling::Usual);
    for at in 0..good.len() {
        let mut damaged = good.clone();
        // One bit of the header means nothing (RFC 8878, 3.1.1.1.1.5): another one is flipped.
        damaged[at] ^= 0x01;
        assert!(unpack(&damaged).is_err(), "a flipped bit in byte {at} is noticed");
        assert!(unpack(&good[..at]).is_err(), "cut at {at}");
    }
    for bad in
        [&b""[..], b"{", b"{}", b"null", br#"{"actor":1,"changes":null}"#, b"\x28\xb5\x2f\xfd", b"{\"actor\":\xff}"]
    {
        assert!(unpack(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_frame_of_an_unknown_dictionary_says_which() {
    let mut other = DICTIONARIES[0].to_vec();
    other[4..8].copy_from_slice(&77_777_u32.to_le_bytes());
    let (actor, data) = usual();
    let plain = format!(r#"{{"actor":{actor},"changes":null,"data":{data}}}"#);
    let packed = Compressor::with_dictionary(LEVEL, &other).unwrap().compress(plain.as_bytes()).unwrap();
    assert_eq!(unpack(&packed), Err("this version has no dictionary 77777".to_owned()));
}

#[test]
fn dictionaries_have_distinct_ids_and_are_small() {
    let ids: std::collections::HashSet<u32> = DECODERS.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), DICTIONARIES.len());
    assert!(!ids.contains(&0) && DICTIONARIES.iter().all(|bytes| bytes.len() <= 32 * 1024));
}

#[test]
fn who_is_told_is_kept_beside_the_rest() {
    for telling in [Telling::Usual, Telling::Nobody, Telling::Staff, Telling::Confirm] {
        assert_eq!(unpack(&pack("1", None, "2", telling)).unwrap().telling, telling);
    }
}

//! Building the bytes of a request.

use super::target::Target;

/// One request, ready to be sent as often as wanted.
pub fn build(target: &Target, method: &str, path: &str, body: Option<&[u8]>, idempotency_key: Option<&str>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", target.authority);
    if let Some(key) = &target.key {
        head.push_str(&format!("Authorization: Bearer {key}\r\n"));
    }
    if let Some(key) = idempotency_key {
        head.push_str(&format!("Idempotency-Key: {key}\r\n"));
    }
    if let Some(body) = body {
        head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body.unwrap_or_default());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_a_body_says_its_length() {
        let target = Target::local(8080, Some("sk_live_x".to_owned()));
        let bytes = build(&target, "POST", "/v1/brands", Some(b"{}"), Some("k1"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "POST /v1/brands HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer sk_live_x\r\n\
             Idempotency-Key: k1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        );
    }
}

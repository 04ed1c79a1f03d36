//! Links to the folder: what they allow stands in them, with a time and a signature at the end.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dispatch_model::{Clock, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use ring::hmac;

/// Where links begin, behind the server's own address.
pub(crate) const ROOM: &str = "/blob/";
/// What stands before the signature. It comes last, so that it covers all the rest.
const SIGNATURE: &str = "&signature=";
/// What stands for itself in a query (RFC 3986, unreserved).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a link is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// We have not signed this.
    Altered,
    /// Its time is over.
    Expired,
}

/// The keys that sign: the first one now, older ones still count.
#[derive(Clone)]
pub(crate) struct Signer {
    keys: Vec<hmac::Key>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

/// The parameters of a link that is good.
#[derive(Debug)]
pub(crate) struct Said(Vec<(String, String)>);

impl Said {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Signer {
    pub(crate) fn new(keys: &[[u8; 32]]) -> Self {
        Self { keys: keys.iter().map(|key| hmac::Key::new(hmac::HMAC_SHA256, key)).collect() }
    }

    /// The path and query of a link for one method to one key.
    pub(crate) fn sign(&self, method: &str, key: &str, said: &[(&str, &str)], expires_at: Timestamp) -> String {
        let mut text = format!("{ROOM}{key}?");
        for (name, value) in said {
            text.push_str(&format!("{name}={}&", utf8_percent_encode(value, PLAIN)));
        }
        text.push_str(&format!("expires={}", expires_at.as_millis() / 1000));
        let tag = hmac::sign(&self.keys[0], format!("{method} {text}").as_bytes());
        format!("{text}{SIGNATURE}{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
    }

    /// What a link says, if it is ours, for this method, and still works.
    pub(crate) fn check(&self, method: &str, path: &str, query: &str, clock: &Clock) -> Result<Said, Unsigned> {
        let (said, signature) = query.rsplit_once(SIGNATURE).ok_or(Unsigned::Altered)?;
        let tag = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Unsigned::Altered)?;
        let text = format!("{method} {path}?{said}");
        if !self.keys.iter().any(|key| hmac::verify(key, text.as_bytes(), &tag).is_ok()) {
            return Err(Unsigned::Altered);
        }
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pairs = said.split('&').filter_map(|pair| pair.split_once('='));
        let said = Said(pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect());
        let until: i64 = said.get("expires").and_then(|text| text.parse().ok()).ok_or(Unsigned::Altered)?;
        if clock.now().as_millis() >= until * 1000 {
            return Err(Unsigned::Expired);
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::manual(Timestamp::from_millis(1_767_323_045_000))
    }

    fn check(signer: &Signer, method: &str, link: &str, clock: &Clock) -> Result<(), Unsigned> {
        let (path, query) = link.split_once('?').expect("a query");
        signer.check(method, path, query, clock).map(|_| ())
    }

    #[test]
    fn a_link_works_for_its_method_until_its_time_is_over() {
        let (signer, clock) = (Signer::new(&[[1; 32]]), clock());
        let link = signer.sign("GET", "files/a", &[("name", "a&b=ü.txt")], clock.now().plus_ms(60_000));
        assert_eq!(check(&signer, "GET", &link, &clock), Ok(()));
        let (path, query) = link.split_once('?').expect("a query");
        let said = signer.check("GET", path, query, &clock).expect("it is ours");
        assert_eq!(said.get("name"), Some("a&b=ü.txt"));
        assert_eq!(check(&signer, "PUT", &link, &clock), Err(Unsigned::Altered));
        clock.advance_ms(59_999);
        assert_eq!(check(&signer, "GET", &link, &clock), Ok(()));
        clock.advance_ms(1);
        assert_eq!(check(&signer, "GET", &link, &clock), Err(Unsigned::Expired));
    }

    #[test]
    fn a_link_is_refused_wherever_it_is_altered() {
        let (signer, clock) = (Signer::new(&[[1; 32]]), clock());
        let link = signer.sign("GET", "files/a", &[("type", "text/plain")], clock.now().plus_ms(60_000));
        for at in ROOM.len()..link.len() {
            let mut bytes = link.clone().into_bytes();
            bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
            let altered = String::from_utf8(bytes).expect("ASCII");
            // The last character of the signature holds two bits that say nothing; a strict reader refuses those as well.
            let refused = altered.split_once('?').is_none_or(|_| check(&signer, "GET", &altered, &clock).is_err());
            assert!(refused, "{altered}");
        }
        for altered in
            [format!("{link}&inline=1"), link.replace("type=", "inline=1&type="), link.replace("signature", "sig")]
        {
            assert_eq!(check(&signer, "GET", &altered, &clock), Err(Unsigned::Altered), "{altered}");
        }
    }

    #[test]
    fn an_older_key_still_counts_and_a_foreign_one_never() {
        let (old, both, other) = (Signer::new(&[[1; 32]]), Signer::new(&[[2; 32], [1; 32]]), Signer::new(&[[3; 32]]));
        let clock = clock();
        let link = old.sign("GET", "files/a", &[], clock.now().plus_ms(60_000));
        assert_eq!(check(&both, "GET", &link, &clock), Ok(()));
        assert_eq!(check(&other, "GET", &link, &clock), Err(Unsigned::Altered));
    }
}

//! Codes by time (TOTP, RFC 6238), as authenticator apps show them: SHA-1, six digits, a new one each 30 seconds.

use dispatch_model::Entropy;
use ring::hmac;

/// Bytes of a secret (RFC 4226 4: 160 bits are recommended).
const SECRET_BYTES: usize = 20;
/// Seconds that a code holds.
pub const STEP_SECONDS: i64 = 30;
/// Steps before and behind the present one whose codes are taken as well, for clocks that differ (RFC 6238 5.2).
const DRIFT: i64 = 1;
/// Base32 (RFC 4648 6), as apps want secrets.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret, in base32.
#[must_use]
pub fn new_secret(entropy: &Entropy) -> String {
    base32(&entropy.bytes::<SECRET_BYTES>())
}

fn base32(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0u32, 0u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    }
    text
}

fn bytes_of(secret: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for letter in secret.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    Some(bytes)
}

/// The code of one step, six digits.
#[must_use]
pub fn code(secret: &str, step: i64) -> Option<String> {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes_of(secret)?);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag.last()? & 15);
    let four: [u8; 4] = tag.get(at..at + 4)?.try_into().ok()?;
    let number = (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000;
    Some(format!("{number:06}"))
}

/// The step at this second.
#[must_use]
pub const fn step_at(seconds: i64) -> i64 {
    seconds.div_euclid(STEP_SECONDS)
}

/// The step whose code this is, among those that are taken at this second and behind the last one that was taken.
#[must_use]
pub fn step_of(secret: &str, given: &str, seconds: i64, last: i64) -> Option<i64> {
    let now = step_at(seconds);
    (now - DRIFT..=now + DRIFT).filter(|step| *step > last).find(|step| {
        // All six digits are looked at, whatever the first ones say.
        let code = code(secret, *step).unwrap_or_default();
        code.len() == given.len()
            && code.bytes().zip(given.bytes()).fold(0, |diff, (one, other)| diff | (one ^ other)) == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = base32(b"12345678901234567890");
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(bytes_of(&secret).as_deref(), Some(&b"12345678901234567890"[..]));
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(&secret, step_at(seconds)).as_deref(), Some(expected), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_or_late_and_once() {
        let secret = new_secret(&Entropy::seeded(7));
        assert_eq!((secret.len(), bytes_of(&secret).map(|bytes| bytes.len())), (32, Some(20)));
        let now = 1_800_000_015;
        let at = |step: i64| code(&secret, step_at(now) + step).unwrap();
        for (step, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            assert_eq!(step_of(&secret, &at(step), now, 0).is_some(), taken, "{step}");
        }
        let last = step_of(&secret, &at(0), now, 0).unwrap();
        assert_eq!(step_of(&secret, &at(0), now, last), None, "once");
        assert_eq!(step_of(&secret, &at(-1), now, last), None, "and none before it");
        for wrong in ["", "0", "0000000", "abcdef", "12345é"] {
            assert_eq!(step_of(&secret, wrong, now, 0), None);
        }
        assert_eq!(code("no base32!", 1), None);
    }
}

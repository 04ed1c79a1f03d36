//! The server key. Secrets that must be read again (webhook secrets, passwords of mailboxes) are sealed with it before they
//! reach the database; what the server signs for itself (file links, reply addresses) uses keys derived from it.
//! Where the key comes from is the binary's business; nothing here reads or writes anything.

pub mod totp;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use dispatch_model::Entropy;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest, hkdf, hmac,
};

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// Hexadecimal characters of a key's id.
const ID_CHARS: usize = 8;
/// How every sealed text begins; another number would be another way of sealing.
const VERSION: &str = "s1";
/// Characters of a token that stands in a link or a mail address, five bits each: short enough for a local part (RFC 5321 4.5.3.1.1
/// allows 64 octets) behind most slugs.
pub const TOKEN_CHARS: usize = 26;
/// The letters of ids (API 1.3), which survive being lowered or spelled out.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a key or a sealed text is refused. It never shows either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No 32 bytes in hexadecimal or base64.
    Key,
    /// Not a text that [`ServerKey::seal`] made.
    Shape,
    /// Sealed with a key that this server does not have.
    UnknownKey,
    /// Altered, or sealed for another place.
    Altered,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Key => "must be 32 bytes in hexadecimal (64 characters) or base64",
            Self::Shape => "is not a sealed text",
            Self::UnknownKey => "is sealed with a server key that is not here",
            Self::Altered => "cannot be opened: it is altered, or belongs elsewhere",
        })
    }
}

impl std::error::Error for Wrong {}

/// One key, with its id.
#[derive(Clone)]
struct Key {
    id: String,
    bytes: [u8; KEY_BYTES],
}

/// The server key, and older ones that still open what they sealed.
#[derive(Clone)]
pub struct ServerKey {
    current: Key,
    older: Vec<Key>,
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerKey").field("id", &self.current.id).finish_non_exhaustive()
    }
}

impl Key {
    fn new(bytes: [u8; KEY_BYTES]) -> Self {
        let id = hex(digest::digest(&digest::SHA256, &derive(&bytes, "id")).as_ref());
        Self { id: id[..ID_CHARS].to_owned(), bytes }
    }

    fn read(text: &str) -> Result<Self, Wrong> {
        let bytes = if text.len() == 2 * KEY_BYTES { unhex(text) } else { STANDARD.decode(text).ok() };
        bytes.and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok()).map(Self::new).ok_or(Wrong::Key)
    }

    fn cipher(&self) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &derive(&self.bytes, "seal"));
        LessSafeKey::new(key.expect("a key of its length"))
    }
}

impl ServerKey {
    /// Reads the setting: one key, or several separated by commas. The first seals; all of them open.
    ///
    /// # Errors
    /// [`Wrong::Key`] when one of them is no key.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let mut keys = text.split(',').map(|key| Key::read(key.trim())).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { current: keys.remove(0), older: keys })
    }

    /// The text of a new key, for a file or a setting.
    #[must_use]
    pub fn mint(entropy: &Entropy) -> String {
        hex(&entropy.bytes::<KEY_BYTES>())
    }

    /// The id of the key that seals: shown by `doctor` and logs, it tells nothing of the key.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.current.id
    }

    /// Whether it opens what the key with this id has sealed.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        std::iter::once(&self.current).chain(&self.older).any(|key| key.id == id)
    }

    /// Seals `secret` for one place, such as `webhook.secret wh_...`: it opens for that place alone.
    #[must_use]
    pub fn seal(&self, place: &str, secret: &[u8], entropy: &Entropy) -> String {
        let nonce = entropy.bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        let cipher = self.current.cipher();
        let done = cipher.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut sealed);
        done.expect("a secret of a sane length");
        let bytes = [nonce.as_slice(), &sealed].concat();
        format!("{VERSION}.{}.{}", self.current.id, URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// It is no sealed text, of another key, altered, or of another place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<Vec<u8>, Wrong> {
        let mut parts = sealed.split('.');
        let (Some(VERSION), Some(id), Some(text), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Wrong::Shape);
        };
        let mut keys = std::iter::once(&self.current).chain(&self.older);
        let key = keys.find(|key| key.id == id).ok_or(Wrong::UnknownKey)?;
        let mut bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Wrong::Shape)?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(Wrong::Shape)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Wrong::Shape)?;
        let opened = key.cipher().open_in_place(nonce, Aad::from(place), sealed).map_err(|_| Wrong::Altered)?;
        Ok(opened.to_vec())
    }

    /// Whether a sealed text is to be sealed anew: an older key sealed it.
    #[must_use]
    pub fn is_outdated(&self, sealed: &str) -> bool {
        sealed.split('.').nth(1) != Some(self.current.id.as_str())
    }

    /// A key for one purpose, such as `blob.link`, made from the current key: whoever learns it learns nothing of another.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> [u8; KEY_BYTES] {
        derive(&self.current.bytes, purpose)
    }

    /// The token of a link that is mailed: always the same for a purpose and an id, such as `mail.reply ml_...`, so that a mail that
    /// is sent again needs no secret to be kept. Only its hash is stored, where it is looked up.
    #[must_use]
    pub fn token(&self, purpose: &str, id: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.derived(purpose));
        let tag = hmac::sign(&key, id.as_bytes());
        tag.as_ref().iter().take(TOKEN_CHARS).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
    }

    /// The same from every key there is, the current first: what an older one signed still counts.
    #[must_use]
    pub fn all_derived(&self, purpose: &str) -> Vec<[u8; KEY_BYTES]> {
        std::iter::once(&self.current).chain(&self.older).map(|key| derive(&key.bytes, purpose)).collect()
    }
}

/// HKDF with SHA-256 (RFC 5869).
fn derive(key: &[u8; KEY_BYTES], purpose: &str) -> [u8; KEY_BYTES] {
    let mut out = [0; KEY_BYTES];
    let secret = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dispatch").extract(key);
    let info = [purpose.as_bytes()];
    let expanded = secret.expand(&info, hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut out));
    expanded.expect("as many bytes as the digest has");
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(fill: &str) -> ServerKey {
        ServerKey::read(&fill.repeat(KEY_BYTES)).expect("a key")
    }

    #[test]
    fn what_is_sealed_opens_for_its_place_alone() {
        let (key, entropy) = (key("0a"), Entropy::seeded(1));
        let sealed = key.seal("webhook.secret wh_1", b"whsec_x", &entropy);
        assert_eq!(key.open("webhook.secret wh_1", &sealed), Ok(b"whsec_x".to_vec()));
        assert_eq!(key.open("webhook.secret wh_2", &sealed), Err(Wrong::Altered));
        assert_ne!(key.seal("webhook.secret wh_1", b"whsec_x", &entropy), sealed, "each time another nonce");
        assert!(!sealed.contains("whsec"));
    }

    #[test]
    fn an_altered_text_is_refused_wherever_it_is_altered() {
        let key = key("0a");
        let sealed = key.seal("p", b"secret", &Entropy::seeded(1));
        let last = sealed.rsplit('.').next().expect("a part").to_owned();
        let mut bytes = URL_SAFE_NO_PAD.decode(&last).expect("base64");
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            let altered = sealed.replace(&last, &URL_SAFE_NO_PAD.encode(&bytes));
            assert_eq!(key.open("p", &altered), Err(Wrong::Altered), "byte {at}");
            bytes[at] ^= 1;
        }
        for text in ["", "s1", "s1..", "s2.x.y", "s1.a.b.c"] {
            assert!(matches!(key.open("p", text), Err(Wrong::Shape | Wrong::UnknownKey)), "{text}");
        }
    }

    #[test]
    fn an_older_key_still_opens_and_no_longer_seals() {
        let (old, entropy) = (key("0a"), Entropy::seeded(1));
        let sealed = old.seal("p", b"secret", &entropy);
        let both = ServerKey::read(&format!("{}, {}", "0b".repeat(32), "0a".repeat(32))).expect("two keys");
        assert_eq!(both.open("p", &sealed), Ok(b"secret".to_vec()));
        assert!(both.is_outdated(&sealed) && !both.is_outdated(&both.seal("p", b"x", &entropy)));
        assert_eq!(key("0b").open("p", &sealed), Err(Wrong::UnknownKey));
        assert!(both.has(key("0b").id()) && both.has(old.id()) && !key("0b").has(old.id()));
        assert_eq!(both.all_derived("blob")[1], old.derived("blob"));
    }

    #[test]
    fn a_key_is_read_from_hexadecimal_and_from_base64_and_nothing_else() {
        let same = [ServerKey::read(&"00".repeat(32)), ServerKey::read(&format!("{}=", "A".repeat(43)))];
        assert_eq!(same[0].as_ref().map(ServerKey::id), same[1].as_ref().map(ServerKey::id));
        for text in ["", "short", "zz", &"0g".repeat(32), &"00".repeat(31), "AAAA", &format!("{},", "00".repeat(32))] {
            assert_eq!(ServerKey::read(text).err(), Some(Wrong::Key), "{text}");
        }
        let minted = ServerKey::mint(&Entropy::seeded(7));
        assert!(ServerKey::read(&minted).is_ok());
    }

    #[test]
    fn a_token_is_the_same_for_its_purpose_and_id_and_no_other() {
        let key = key("0a");
        let token = key.token("mail.reply", "ml_1");
        assert_eq!(token, key.token("mail.reply", "ml_1"));
        assert_eq!(token.len(), TOKEN_CHARS);
        assert!(token.bytes().all(|letter| LETTERS.contains(&letter)), "{token}");
        for other in
            [key.token("mail.reply", "ml_2"), key.token("survey", "ml_1"), self::key("0b").token("mail.reply", "ml_1")]
        {
            assert_ne!(token, other);
        }
    }

    #[test]
    fn derived_keys_differ_by_purpose_and_a_key_is_never_shown() {
        let key = key("0a");
        assert_ne!(key.derived("a"), key.derived("b"));
        let shown = format!("{key:?}");
        assert!(shown.contains(key.id()) && !shown.contains("10, 10"), "{shown}");
    }
}

//! The bytes of incoming mail, as they came: small ones in the database, packed where that pays; of large ones the key.

use dispatch_model::{BrandId, MailId, Timestamp};

use crate::{Error, Result, Tx, args};

crate::statements! {
    INSERT = "INSERT INTO mail_raw (brand_id, mail_id, expires_at, blob_key, bytes) VALUES ($1, $2, $3, $4, $5)";
    GET = "SELECT blob_key, bytes FROM mail_raw WHERE brand_id = $1 AND mail_id = $2";
    EXPIRED = "SELECT brand_id, mail_id, blob_key FROM mail_raw WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2";
    DELETE = "DELETE FROM mail_raw WHERE brand_id = $1 AND mail_id = $2";
}

/// How hard zstd tries: text of people, once per message.
const LEVEL: i32 = 3;
/// The first byte of what is kept says how.
const PLAIN: u8 = 0;
const PACKED: u8 = 1;

/// Where the bytes of a message are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// Here, as [`pack`] made them.
    Here(Vec<u8>),
    /// In the file store, under this key.
    File(String),
}

/// A message as it is kept. Done before the transaction.
#[must_use]
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let kept = |how: u8, bytes: &[u8]| [&[how], bytes].concat();
    match zstd::bulk::compress(bytes, LEVEL) {
        Ok(packed) if packed.len() < bytes.len() => kept(PACKED, &packed),
        _ => kept(PLAIN, bytes),
    }
}

/// The message that was kept, which has at most so many bytes.
///
/// # Errors
/// When these are no bytes of [`pack`].
pub fn unpack(kept: &[u8], bytes_max: usize) -> Result<Vec<u8>> {
    match kept.split_first() {
        Some((&PLAIN, bytes)) => Ok(bytes.to_vec()),
        Some((&PACKED, bytes)) => zstd::bulk::decompress(bytes, bytes_max)
            .map_err(|error| Error::Bug(format!("a kept message cannot be unpacked: {error}"))),
        _ => Err(Error::Bug("a kept message is of no known kind".to_owned())),
    }
}

/// Keeps the bytes of a message.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, brand: &BrandId, mail: &MailId, expires_at: Timestamp, raw: &Raw) -> Result<()> {
    let (key, bytes) = match raw {
        Raw::Here(bytes) => (None, Some(bytes)),
        Raw::File(key) => (Some(key), None),
    };
    tx.run(&INSERT, args![brand, mail, expires_at, key, bytes]).await
}

/// Where the bytes of a message are, while they are kept.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, mail: &MailId) -> Result<Option<Raw>> {
    let found = tx
        .maybe(&GET, args![brand, mail], |columns| {
            Ok((columns.take::<Option<String>>()?, columns.take::<Option<Vec<u8>>>()?))
        })
        .await?;
    match found {
        None => Ok(None),
        Some((Some(key), _)) => Ok(Some(Raw::File(key))),
        Some((None, Some(bytes))) => Ok(Some(Raw::Here(bytes))),
        Some((None, None)) => Err(Error::Bug("a kept message has neither bytes nor a key".to_owned())),
    }
}

/// Messages whose bytes go: their brands, their ids, and the keys of those in the file store.
///
/// # Errors
/// When the database cannot answer.
pub async fn expired(tx: &Tx, now: Timestamp, limit: i64) -> Result<Vec<(BrandId, MailId, Option<String>)>> {
    tx.all(&EXPIRED, args![now, limit], |columns| Ok((columns.take()?, columns.take()?, columns.take()?))).await
}

/// Forgets the bytes of a message. Those in the file store are the caller's business.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, mail: &MailId) -> Result<()> {
    tx.run(&DELETE, args![brand, mail]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_as_it_came_packed_or_not() {
        let text = "Received: from a by b\r\n".repeat(100);
        let packed = pack(text.as_bytes());
        assert!(packed.len() < text.len() / 2 && packed[0] == PACKED);
        assert_eq!(unpack(&packed, text.len()).ok().as_deref(), Some(text.as_bytes()));
        assert!(unpack(&packed, text.len() - 1).is_err(), "no more than was said");
        for short in [&b""[..], b"x", &[PACKED], &[0x28, 0xb5, 0x2f, 0xfd]] {
            assert_eq!(unpack(&pack(short), 4).ok().as_deref(), Some(short));
        }
        assert!(unpack(&[], 4).is_err() && unpack(&[7, 1], 4).is_err());
    }
}

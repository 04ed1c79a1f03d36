//! Pages of lists (API 1.4): keyset cursors that are bound to their sort and filter.

use serde::Serialize;
use utoipa::ToSchema;

/// The end of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    /// Whether there is another page.
    pub has_more: bool,
    /// What to pass as `cursor` for it.
    pub cursor: Option<String>,
    /// The same as `cursor`.
    pub next_cursor: Option<String>,
    /// True when a very common word was searched and only its newest matches were looked at; else left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub truncated: bool,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The items.
    pub data: Vec<T>,
    /// Where the next page is.
    pub pagination: Pagination,
}

impl<T> Page<T> {
    /// Cuts the items, of which one more than `limit` was asked for, to a page.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: i64, fingerprint: u64, keys: impl Fn(&T) -> Vec<String>) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let cursor = items.last().filter(|_| has_more).map(|last| Cursor { fingerprint, keys: keys(last) }.encode());
        Self {
            data: items,
            pagination: Pagination { has_more, cursor: cursor.clone(), next_cursor: cursor, truncated: false },
        }
    }
}

/// Where a page ended: the sort keys of its last item, and a fingerprint of the sort and filter it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Which list it belongs to.
    pub fingerprint: u64,
    /// The sort keys of the last item.
    pub keys: Vec<String>,
}

impl Cursor {
    /// The cursor as opaque text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut plain = self.seal().to_be_bytes().to_vec();
        plain.extend_from_slice(self.keys.join("\0").as_bytes());
        plain
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(|half| char::from(b"0123456789abcdef"[usize::from(half)]))
            .collect()
    }

    /// What binds the keys to their list and to each other, so that a cursor that lost its end is not another one.
    fn seal(&self) -> u64 {
        fingerprint(&[&self.fingerprint.to_string(), &self.keys.join("\0")])
    }

    /// Reads a cursor of the list with this fingerprint and number of keys.
    #[must_use]
    pub fn decode(text: &str, fingerprint: u64, keys: usize) -> Option<Self> {
        if text.len() > 4_096 || !text.len().is_multiple_of(2) {
            return None;
        }
        // Digits and nothing else: `u8::from_str_radix` would take "+7" as well.
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let plain: Vec<u8> = text
            .as_bytes()
            .chunks_exact(2)
            .map(|pair| Some(digit(&pair[0])? << 4 | digit(&pair[1])?))
            .collect::<Option<_>>()?;
        let (head, rest) = plain.split_first_chunk::<8>()?;
        let found = std::str::from_utf8(rest).ok()?.split('\0').map(str::to_owned).collect();
        let cursor = Self { fingerprint, keys: found };
        (u64::from_be_bytes(*head) == cursor.seal() && cursor.keys.len() == keys).then_some(cursor)
    }
}

/// A fingerprint of what a list shows (FNV-1a): a cursor is only good for the list that it came from.
#[must_use]
pub fn fingerprint(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0xff))) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_only_good_for_its_own_list() {
        let cursor = Cursor { fingerprint: fingerprint(&["a", "b"]), keys: vec!["1".to_owned(), "tkt_ä".to_owned()] };
        let text = cursor.encode();
        assert_eq!(Cursor::decode(&text, cursor.fingerprint, 2), Some(cursor.clone()));
        assert_eq!(Cursor::decode(&text, fingerprint(&["ab", ""]), 2), None);
        assert_eq!(Cursor::decode(&text, cursor.fingerprint, 3), None);
        let signed = Cursor { fingerprint: 1, keys: vec!["\u{3}".to_owned()] }.encode();
        assert!(signed.ends_with("03") && Cursor::decode(&signed, 1, 1).is_some());
        assert_eq!(Cursor::decode(&format!("{}+3", &signed[..signed.len() - 2]), 1, 1), None);
        for wrong in ["", "zz", "abc", "ä", "ääääääää", &text[..text.len() - 2], &text[..10]] {
            assert_eq!(Cursor::decode(wrong, cursor.fingerprint, 2), None);
        }
    }
}

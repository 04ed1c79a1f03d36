//! Walking to a late page by its cursors, as a client does.

use serde::Deserialize;

use super::ask::Asker;
use crate::error::Result;

#[derive(Deserialize)]
struct Page {
    pagination: Pagination,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    next_cursor: Option<String>,
}

/// The path of page `wanted` of a list, or of its last full page when it has fewer, and which page that is; nothing when
/// only the first one is full.
pub async fn to(asker: &mut Asker, first: &str, wanted: usize) -> Result<Option<(usize, String)>> {
    let (mut full, mut reached) = (None, None);
    let mut path = first.to_owned();
    for page in 2..=wanted {
        // A page that has a next one is full.
        let Some(cursor) = next(asker.get(&path).await?)? else { return Ok(full) };
        full = reached.take();
        path = format!("{first}&cursor={}", encoded(&cursor));
        reached = Some((page, path.clone()));
    }
    Ok(reached)
}

fn next(body: &[u8]) -> Result<Option<String>> {
    Ok(serde_json::from_slice::<Page>(body)?.pagination.next_cursor)
}

/// A cursor is opaque: whatever is not a plain letter or digit is escaped.
fn encoded(cursor: &str) -> String {
    use std::fmt::Write;
    cursor.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_cursor_is_read_and_escaped() {
        let body = br#"{"data":[{"a":1}],"pagination":{"hasMore":true,"cursor":"a+/=","nextCursor":"a+/="}}"#;
        let cursor = next(body).unwrap().unwrap();
        assert_eq!(encoded(&cursor), "a%2B%2F%3D");
        let last = br#"{"data":[],"pagination":{"hasMore":false,"cursor":null,"nextCursor":null}}"#;
        assert_eq!(next(last).unwrap(), None);
    }
}

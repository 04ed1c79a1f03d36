//! Under which keys files lie in the file store. They are made of our own ids alone: no name of a file, and nothing else that a caller says,
//! becomes part of a path.

use crate::BrandId;

/// Random hexadecimal digits at the end of a final key.
pub const NONCE_CHARS: usize = 16;
/// The part of a final key that spreads files over folders.
const SPREAD_CHARS: usize = 2;

/// Where the upload of this attachment arrives.
#[must_use]
pub fn pending(attachment: &str) -> String {
    format!("pending/{attachment}")
}

/// Where an attachment stays. Each attempt to put it there has a nonce, and with it a key, of its own.
#[must_use]
pub fn kept(brand: &BrandId, attachment: &str, nonce: &str) -> String {
    let spread = &nonce[nonce.len().saturating_sub(SPREAD_CHARS)..];
    format!("files/{brand}/{spread}/{attachment}-{nonce}")
}

/// The brand and the attachment whose final key this is.
#[must_use]
pub fn kept_of(key: &str) -> Option<(BrandId, &str)> {
    let (brand, rest) = key.strip_prefix("files/")?.split_once('/')?;
    let (attachment, _) = rest.split_once('/')?.1.rsplit_once('-')?;
    Some((BrandId::from(brand), attachment))
}

/// Where the picture of a member stays. Whoever knows the nonce sees it.
#[must_use]
pub fn avatar(nonce: &str, extension: &str) -> String {
    format!("avatars/{nonce}.{extension}")
}

/// The media type of a picture by the end of its key; these four alone are shown inside a page.
pub const IMAGES: [(&str, &str); 4] =
    [("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"), ("image/webp", "webp")];

/// Whether a browser may show it.
#[must_use]
pub fn is_image(content_type: &str) -> bool {
    IMAGES.iter().any(|(image, _)| content_type.eq_ignore_ascii_case(image))
}

/// How the key of a picture of this type ends.
#[must_use]
pub fn extension(content_type: &str) -> Option<&'static str> {
    IMAGES.iter().find(|(image, _)| content_type.eq_ignore_ascii_case(image)).map(|(_, extension)| *extension)
}

/// The media type of the picture with this key.
#[must_use]
pub fn image_type(key: &str) -> Option<&'static str> {
    let (_, end) = key.rsplit_once('.')?;
    IMAGES.iter().find(|(_, extension)| *extension == end).map(|(image, _)| *image)
}

/// Whether a text is a key of ours: plain letters in few parts, none of which means anything to a file system.
#[must_use]
pub fn is_key(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.'))
    };
    let parts: Vec<&str> = text.split('/').collect();
    let rooms = ["pending", "files", "avatars"];
    text.len() <= 200
        && parts.len() <= 4
        && parts.len() >= 2
        && rooms.contains(&parts[0])
        && parts.into_iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain_and_anything_else_is_none() {
        let keys = [pending("att_1"), kept(&BrandId::from("br_1"), "att_1", "00112233445566ff"), avatar("00ff", "png")];
        assert_eq!(keys[1], "files/br_1/ff/att_1-00112233445566ff");
        assert!(keys.iter().all(|key| is_key(key)), "{keys:?}");
        let tricks = [
            "",
            "files",
            "files/",
            "files/..",
            "files/../x",
            "files/./x",
            "/files/x",
            "files//x",
            "files/a/b/c/d",
            "files/%2e%2e/x",
            "files/a\\b",
            "files/A",
            "files/a\0b",
            "files/a b",
            "tmp/x",
            "pending/.x",
        ];
        for trick in tricks {
            assert!(!is_key(trick), "{trick}");
        }
    }

    #[test]
    fn four_types_are_pictures() {
        assert!(is_image("image/png") && is_image("IMAGE/PNG") && !is_image("image/svg+xml") && !is_image("text/html"));
        assert_eq!(image_type(&avatar("00ff", "jpg")), Some("image/jpeg"));
        assert_eq!((image_type("avatars/x.svg"), image_type("avatars/x")), (None, None));
    }
}

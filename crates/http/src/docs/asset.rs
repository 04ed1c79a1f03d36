//! The parts of the page: their bytes, and the names under which they may be kept for ever.

use std::{
    io::Read,
    sync::{LazyLock, OnceLock},
};

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// A part of the page.
pub(super) struct Asset {
    /// How the template names it.
    pub(super) file: &'static str,
    /// Its media type.
    pub(super) kind: &'static str,
    /// It as it is in the binary.
    pub(super) bytes: &'static [u8],
    /// It unpacked, once somebody without gzip has asked for it. None: it is not packed.
    unpacked: Option<OnceLock<Bytes>>,
}

macro_rules! assets {
    ($($file:literal $kind:literal $path:literal $unpacked:expr;)*) => {
        /// All of them.
        pub(super) static ALL: [Asset; [$($file),*].len()] = [$(Asset {
            file: $file,
            kind: $kind,
            bytes: include_bytes!(concat!("../../assets/docs/", $path)),
            unpacked: $unpacked,
        }),*];
    };
}

assets! {
    "swagger-ui.js" "text/javascript; charset=utf-8" "swagger-ui/swagger-ui-bundle.js.gz" Some(OnceLock::new());
    "swagger-ui.css" "text/css; charset=utf-8" "swagger-ui/swagger-ui.css.gz" Some(OnceLock::new());
    "licences.txt" "text/plain; charset=utf-8" "swagger-ui/licences.txt" None;
    "theme.css" "text/css; charset=utf-8" "theme.css" None;
    "start.js" "text/javascript; charset=utf-8" "start.js" None;
    "icon.svg" "image/svg+xml" "icon.svg" None;
}

/// Their names, in the order of `ALL`.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let name = |asset: &Asset| {
        let (stem, end) = asset.file.rsplit_once('.').unwrap_or((asset.file, ""));
        format!("{stem}.{}.{end}", digest(asset.bytes))
    };
    ALL.iter().map(name).collect()
});

/// The part with this name.
pub(super) fn found(name: &str) -> Option<&'static Asset> {
    let place = NAMES.iter().position(|known| known == name)?;
    ALL.get(place)
}

impl Asset {
    /// Its file's name with a digest of its bytes.
    pub(super) fn name(&self) -> &'static str {
        let place = ALL.iter().position(|asset| asset.file == self.file);
        place.and_then(|place| NAMES.get(place)).map_or("", String::as_str)
    }

    /// Whether its bytes are packed.
    pub(super) fn is_packed(&self) -> bool {
        self.unpacked.is_some()
    }

    /// Its bytes for a client that does not unpack.
    pub(super) fn plain(&'static self) -> Bytes {
        let Some(unpacked) = &self.unpacked else { return Bytes::from_static(self.bytes) };
        let unpack = || {
            let mut plain = Vec::new();
            // They are part of this binary, and a test unpacks them: they are never damaged.
            let _whole = GzDecoder::new(self.bytes).read_to_end(&mut plain);
            plain.into()
        };
        unpacked.get_or_init(unpack).clone()
    }
}

/// 16 hexadecimal digits that change with the bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the client says that it unpacks gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    takes(headers, &["gzip", "x-gzip"])
}

/// Whether the client says that it unpacks a coding of these names (RFC 9110, 12.5.3). One that says nothing gets plain bytes.
pub(crate) fn takes(headers: &HeaderMap, names: &[&str]) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let (mut named, mut any) = (None, None);
    for coding in values.flat_map(|value| value.split(',')) {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let quality = parts.find_map(|part| part.to_ascii_lowercase().strip_prefix("q=").map(str::to_owned));
        let wanted = quality.is_none_or(|quality| quality.parse().is_ok_and(|quality: f32| quality > 0.0));
        if names.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            named = Some(wanted);
        } else if name == "*" {
            any = Some(wanted);
        }
    }
    named.or(any).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_parts_unpack_to_what_their_trailer_says() {
        let packed: Vec<&'static Asset> = ALL.iter().filter(|asset| asset.is_packed()).collect();
        assert_eq!(packed.len(), 2);
        for asset in packed {
            let (_, length) = asset.bytes.split_last_chunk::<4>().unwrap_or((&[], &[0; 4]));
            assert_eq!(asset.plain().len(), u32::from_le_bytes(*length) as usize, "{}", asset.file);
            assert_eq!(asset.plain(), asset.plain());
        }
    }

    #[test]
    fn a_name_changes_with_the_bytes() {
        assert_ne!(digest(b"a"), digest(b"b"));
        for asset in &ALL {
            assert!(asset.name().contains(&digest(asset.bytes)), "{}", asset.name());
            assert!(found(asset.name()).is_some_and(|found| found.file == asset.file));
        }
    }
}

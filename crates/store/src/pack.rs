//! The bodies of events as they are kept: JSON as it is, or a zstd frame that was made with a dictionary of ours, whichever
//! is shorter.
//!
//! Events repeat themselves: without a dictionary a single one hardly gets smaller. A dictionary is part of the format for
//! ever, since frames name the one they were made with: a better one is added to the list, none is ever changed.

use std::{cell::RefCell, sync::LazyLock};

use dispatch_model::{JsonText, event::Telling};
use serde::Deserialize;
use serde_json::value::RawValue;
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
    zstd_safe::{CParameter, get_dict_id_from_dict, get_dict_id_from_frame, get_frame_content_size},
};

/// Every dictionary that a frame may name, the newest last: that one packs. `crates/server/tests/it/store/dictionary.rs` makes
/// them, from events that a test server writes.
const DICTIONARIES: [&[u8]; 1] = [include_bytes!("../dictionary/events-1.zdict")];

/// How hard zstd tries. Measured on 4,245 events of 2,571 bytes: 1 makes 512 bytes of one in 6.4 microseconds, 3 makes 459 in
/// 7.2, 6 makes 411 in 29; unpacking takes 2.7 whatever it was.
const LEVEL: i32 = 3;

/// Bytes of a body that is packed, and that a frame may claim to hold: longer ones are kept as they are. The limits of
/// the API (64 KB for each free JSON, 4 MB for a request) keep events far below.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What stands in a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) actor: JsonText,
    pub(crate) changes: Option<JsonText>,
    pub(crate) data: JsonText,
    pub(crate) telling: Telling,
}

#[derive(Deserialize)]
struct Raw<'b> {
    #[serde(borrow)]
    actor: &'b RawValue,
    #[serde(borrow)]
    changes: Option<&'b RawValue>,
    #[serde(borrow)]
    data: &'b RawValue,
    telling: Option<&'b str>,
}

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARIES[DICTIONARIES.len() - 1], LEVEL));
static DECODERS: LazyLock<Vec<(u32, DecoderDictionary<'static>)>> = LazyLock::new(|| {
    let id = |bytes: &[u8]| get_dict_id_from_dict(bytes).map_or(0, std::num::NonZeroU32::get);
    DICTIONARIES.iter().map(|bytes| (id(bytes), DecoderDictionary::copy(bytes))).collect()
});

/// The contexts of one thread, made once; nothing if zstd found no memory for one.
struct Contexts {
    packer: Option<Compressor<'static>>,
    unpackers: Vec<(u32, Decompressor<'static>)>,
}

thread_local! {
    static CONTEXTS: RefCell<Contexts> = RefCell::new(Contexts::new());
}

impl Contexts {
    fn new() -> Self {
        let packer = Compressor::with_prepared_dictionary(&ENCODER).and_then(|mut packer| {
            packer.set_parameter(CParameter::ChecksumFlag(true))?;
            Ok(packer)
        });
        let unpacker = |(id, dictionary): &'static (u32, DecoderDictionary<'static>)| {
            Some((*id, Decompressor::with_prepared_dictionary(dictionary).ok()?))
        };
        Self { packer: packer.ok(), unpackers: DECODERS.iter().filter_map(unpacker).collect() }
    }
}

/// The body of an event as it is kept. The three are JSON.
pub(crate) fn pack(actor: &str, changes: Option<&str>, data: &str, telling: Telling) -> Vec<u8> {
    let changes = changes.unwrap_or("null");
    let telling = match telling {
        Telling::Usual => String::new(),
        other => format!(r#","telling":"{}""#, other.as_str()),
    };
    let plain = format!(r#"{{"actor":{actor},"changes":{changes},"data":{data}{telling}}}"#).into_bytes();
    if plain.len() > BODY_BYTES_MAX {
        return plain;
    }
    let packed = CONTEXTS.with_borrow_mut(|contexts| contexts.packer.as_mut()?.compress(&plain).ok());
    packed.filter(|packed| packed.len() < plain.len()).unwrap_or(plain)
}

/// What stands in a body as it is kept; or why it cannot be read.
pub(crate) fn unpack(kept: &[u8]) -> Result<Body, String> {
    if kept.first() == Some(&b'{') {
        return read(kept);
    }
    let id = get_dict_id_from_frame(kept).map_or(0, std::num::NonZeroU32::get);
    let size = get_frame_content_size(kept).ok().flatten().and_then(|size| usize::try_from(size).ok());
    let size = size.filter(|size| *size <= BODY_BYTES_MAX).ok_or("it is neither JSON nor a frame of zstd")?;
    let plain = CONTEXTS.with_borrow_mut(|contexts| {
        let known = contexts.unpackers.iter_mut().find(|(known, _)| *known == id);
        let (_, unpacker) = known.ok_or_else(|| format!("this version has no dictionary {id}"))?;
        unpacker.decompress(kept, size).map_err(|error| error.to_string())
    })?;
    read(&plain)
}

fn read(plain: &[u8]) -> Result<Body, String> {
    let Raw { actor, changes, data, telling } = serde_json::from_slice(plain).map_err(|error| error.to_string())?;
    let own = |raw: &RawValue| JsonText::stored(raw.get().to_owned());
    let telling = telling.map_or(Ok(Telling::Usual), Telling::read)?;
    Ok(Body { actor: own(actor), changes: changes.map(own), data: own(data), telling })
}

#[cfg(test)]
#[path = "pack/tests.rs"]
mod tests;

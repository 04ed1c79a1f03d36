//! The query of an address, decoded into its parameters. It stands alone, so that `fuzz/` reads the same text.

use dispatch_model::input::Params;

/// The parameters of a query. Bytes that are not UTF-8 become the replacement character.
pub(crate) fn params(query: &str) -> Params {
    let decode = |text: &str| {
        let plus = text.replace('+', " ");
        percent_encoding::percent_decode_str(&plus).decode_utf8_lossy().into_owned()
    };
    Params::new(query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    }))
}

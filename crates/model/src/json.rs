//! JSON that is opaque to the rules: kept and given back as text.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::{Map, Value, value::RawValue};
use utoipa::openapi::{RefOr, Schema};

/// JSON text that is known to be valid. It is written into replies as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonText(String);

impl JsonText {
    /// `{}`
    #[must_use]
    pub fn empty_object() -> Self {
        Self("{}".to_owned())
    }

    /// `[]`
    #[must_use]
    pub fn empty_list() -> Self {
        Self("[]".to_owned())
    }

    /// The JSON of anything that can be written.
    ///
    /// # Panics
    /// Never for the types of this crate: they hold no maps with keys that are not text.
    #[must_use]
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(serde_json::to_string(value).expect("our types serialize"))
    }

    /// Text that was valid when it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The members, when it is an object; else none.
    #[must_use]
    pub fn members(&self) -> Map<String, Value> {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// This object with `update` merged into its top level: a null member removes that key (API 1.6).
    #[must_use]
    pub fn merged(&self, update: &Self) -> Self {
        let mut members = self.members();
        for (key, value) in update.members() {
            if value.is_null() {
                members.shift_remove(&key);
            } else {
                members.insert(key, value);
            }
        }
        Self::of(&members)
    }
}

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Most are empty, and need not be looked through again.
        match self.0.as_str() {
            "{}" => return serializer.serialize_map(Some(0))?.end(),
            "[]" => return serializer.serialize_seq(Some(0))?.end(),
            _ => {}
        }
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl utoipa::PartialSchema for JsonText {
    fn schema() -> RefOr<Schema> {
        let schema = crate::input::schema::object();
        crate::input::schema::described(schema, "A JSON object of the caller's own making.", false)
    }
}
impl utoipa::ToSchema for JsonText {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_sets_keeps_and_removes_and_loses_no_digit() {
        let old = JsonText::stored(r#"{"a":1,"b":{"x":1},"c":12345678901234567890.10}"#.to_owned());
        let update = JsonText::stored(r#"{"a":null,"b":{"y":2},"d":1.0}"#.to_owned());
        assert_eq!(old.merged(&update).as_str(), r#"{"b":{"y":2},"c":12345678901234567890.10,"d":1.0}"#);
    }
}

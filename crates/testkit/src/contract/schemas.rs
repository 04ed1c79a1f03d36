//! The schemas of the document, compiled as they are needed. A reply may hold nothing that the document does not know;
//! a request may, since what is not known is ignored.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Members of a schema that only people read.
const PROSE: [&str; 4] = ["description", "examples", "example", "default"];

/// Compiled schemas by where they stand in the document.
pub(super) struct Schemas(Mutex<HashMap<String, Arc<Validator>>>);

impl Schemas {
    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    /// What is wrong with a part of a reply.
    pub(super) fn reply(&self, document: &Value, place: &str, value: &Value) -> Vec<String> {
        self.problems(document, place, value, true)
    }

    /// What is wrong with a part of a request.
    pub(super) fn request(&self, document: &Value, place: &str, value: &Value) -> Vec<String> {
        self.problems(document, place, value, false)
    }

    fn problems(&self, document: &Value, place: &str, value: &Value, closed: bool) -> Vec<String> {
        let validator = self.compiled(document, place, closed);
        if validator.is_valid(value) {
            return Vec::new();
        }
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    fn compiled(&self, document: &Value, place: &str, closed: bool) -> Arc<Validator> {
        // What refers to a whole component is compiled once for all that do.
        let schema = document.pointer(place).expect("a schema");
        let alone = schema.as_object().is_some_and(|members| members.len() == 1);
        let key = schema["$ref"].as_str().filter(|_| alone).unwrap_or(place);
        let key = format!("{closed} {key}");
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(key).or_insert_with(|| Arc::new(compile(document, schema, closed))).clone()
    }
}

fn compile(document: &Value, schema: &Value, closed: bool) -> Validator {
    let mut copy = Copy { document, closed, parts: Map::new() };
    let mut whole = copy.of(schema, false);
    whole["$defs"] = copy.parts.into();
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&whole).unwrap_or_else(|error| panic!("a schema that is none: {error}"))
}

/// Copies a schema with everything that it refers to.
struct Copy<'d> {
    document: &'d Value,
    closed: bool,
    parts: Map<String, Value>,
}

impl Copy<'_> {
    /// The copy; `part` when others add members to the same object, so that it cannot be closed for itself.
    fn of(&mut self, schema: &Value, part: bool) -> Value {
        let Some(members) = schema.as_object() else { return schema.clone() };
        let mut copy = Map::new();
        for (name, member) in members.iter().filter(|(name, _)| !PROSE.contains(&name.as_str())) {
            let member = match (name.as_str(), member) {
                ("$ref", Value::String(reference)) => self.part(reference, part).into(),
                ("allOf", Value::Array(parts)) => parts.iter().map(|one| self.of(one, true)).collect(),
                ("oneOf" | "anyOf", Value::Array(kinds)) => kinds.iter().map(|kind| self.of(kind, false)).collect(),
                ("properties", Value::Object(fields)) => {
                    let fields: Map<String, Value> =
                        fields.iter().map(|(name, field)| (name.clone(), self.of(field, false))).collect();
                    fields.into()
                }
                ("items" | "additionalProperties" | "propertyNames", schema) => self.of(schema, false),
                (_, other) => other.clone(),
            };
            copy.insert(name.clone(), member);
        }
        let whole = members.contains_key("allOf") || members.contains_key("properties");
        let open = members.contains_key("additionalProperties") || members.contains_key("$ref");
        if self.closed && whole && !open && !part {
            copy.insert("unevaluatedProperties".to_owned(), false.into());
        }
        copy.into()
    }

    /// Copies the schema of a component; answers the reference to the copy.
    fn part(&mut self, reference: &str, part: bool) -> String {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let key = if part { format!("{name}.part") } else { name.to_owned() };
        if !self.parts.contains_key(&key) {
            self.parts.insert(key.clone(), Value::Null);
            let schema = self.document.pointer(reference.trim_start_matches('#')).expect("a component");
            let copied = self.of(schema, part);
            self.parts.insert(key.clone(), copied);
        }
        format!("#/$defs/{key}")
    }
}

/// Every example: where it stands, the place of its schema, and the example itself.
pub(super) fn each_example(document: &Value, look: &mut dyn FnMut(&str, &str, &Value)) {
    walk(document, "/paths", document, look);
    walk(document, "/components/parameters", document, look);
    walk(document, "/components/headers", document, look);
    walk(document, "/components/responses", document, look);
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        for example in schema["examples"].as_array().into_iter().flatten() {
            let place = format!("/components/schemas/{name}");
            look(&place, &place, example);
        }
    }
}

fn walk(document: &Value, at: &str, root: &Value, look: &mut dyn FnMut(&str, &str, &Value)) {
    let value = root.pointer(at).expect("a place");
    if let Value::Object(members) = value {
        let schema = format!("{at}/schema");
        if members.contains_key("schema") {
            if let Some(example) = members.get("example") {
                look(at, &schema, example);
            }
            for example in members.get("examples").and_then(Value::as_object).into_iter().flat_map(Map::values) {
                let named = example["$ref"].as_str().map(|reference| reference.trim_start_matches('#'));
                let example = named.map_or(example, |place| document.pointer(place).expect("an example"));
                look(at, &schema, &example["value"]);
            }
            return;
        }
        for name in members.keys() {
            walk(document, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), root, look);
        }
    }
    for place in 0..value.as_array().map_or(0, Vec::len) {
        walk(document, &format!("{at}/{place}"), root, look);
    }
}

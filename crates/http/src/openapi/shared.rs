//! Parameters that several routes have stand in the document once.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Puts a reference in the place of every parameter that is there more than once; answers what they refer to.
pub(super) fn parameters(paths: &mut Value) -> Map<String, Value> {
    let mut uses: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
    each(paths, &mut |namespace, parameter| {
        let first = uses.len();
        uses.entry(parameter.to_string()).or_insert((0, first, namespace.to_owned())).0 += 1;
    });
    let mut often: Vec<(&String, &(usize, usize, String))> =
        uses.iter().filter(|(_, (count, ..))| *count > 1).collect();
    // The one with the most uses gets the plain name.
    often.sort_by_key(|(_, (count, first, _))| (std::cmp::Reverse(*count), *first));
    let mut components: BTreeMap<String, Value> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (text, (.., namespace)) in often {
        let parameter: Value = serde_json::from_str(text).unwrap_or_default();
        let plain = parameter["name"].as_str().unwrap_or_default().replace('.', "-");
        let name = if components.contains_key(&plain) { format!("{plain}.{namespace}") } else { plain };
        names.insert(text.clone(), name.clone());
        components.insert(name, parameter);
    }
    each(paths, &mut |_, parameter| {
        if let Some(name) = names.get(&parameter.to_string()) {
            *parameter = json!({ "$ref": format!("#/components/parameters/{name}") });
        }
    });
    components.into_iter().collect()
}

/// Every parameter, with the first part of its operation's id.
fn each(paths: &mut Value, look: &mut dyn FnMut(&str, &mut Value)) {
    let methods = paths.as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in methods.filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let namespace = id.split('.').next().unwrap_or_default().to_owned();
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            look(&namespace, parameter);
        }
    }
}

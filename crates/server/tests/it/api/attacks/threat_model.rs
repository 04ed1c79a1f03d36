//! `docs/threat-model.md` names the tests that hold its measures. They are there, and it says so of every threat.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of all tests of the workspace: functions in Rust, and files of those that are in other languages or are fuzzed.
fn known(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "dist", "corpus"].contains(&&*name) {
            known(&path, names);
        } else if path.is_file() {
            names.insert(path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned());
            if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                let begins = text.match_indices("fn ").map(|(at, _)| &text[at + 3..]);
                let words = begins.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next());
                names.extend(words.flatten().map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let mut names = BTreeSet::new();
    for folder in ["crates", "dashboard/test", "scripts", "fuzz"] {
        known(&root().join(folder), &mut names);
    }
    let page = std::fs::read_to_string(root().join("docs/threat-model.md")).expect("the page");
    let (mut rows, mut missing) = (0, Vec::new());
    // Rows of the tables of threats: what is tried | what stops it | tests.
    for line in page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Threat")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let [_, _, tests] = cells.as_slice() else { continue };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test holds it: {line}");
        missing.extend(named.iter().filter(|name| !names.contains(**name)).map(|name| (*name).to_owned()));
        rows += 1;
    }
    assert!(rows > 20, "{rows}");
    assert!(missing.is_empty(), "named and not there: {missing:?}");
}

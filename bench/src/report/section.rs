//! Sections of the report that are measured one by one: each replaces the one of the same heading.

use std::fs;
use std::path::Path;

use crate::error::{Context, Result};
use crate::run::machine;

const HEADING: &str = "## ";

/// Puts `section`, which begins with its heading, into the report at `path`, if there is a path. It says which version was measured
/// (this program is built with the server) and when.
pub fn put(path: Option<&Path>, section: &str) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let old = if path.is_file() { fs::read_to_string(path)? } else { "# Measurements\n".to_owned() };
    let section = dated(section, env!("CARGO_PKG_VERSION"), &machine::today()?);
    fs::write(path, with(&old, &section)).context(|| format!("cannot write {}", path.display()))
}

/// `section` with what was measured and when behind its heading.
fn dated(section: &str, version: &str, date: &str) -> String {
    let (heading, rest) = section.split_once('\n').unwrap_or((section, ""));
    format!("{heading}\n\nMeasured with {version} on {date}.\n{rest}")
}

/// `page` with `section` in the place of the one with the same heading, else at the end.
fn with(page: &str, section: &str) -> String {
    let heading = section.lines().next().unwrap_or_default();
    let section = section.trim_end();
    let mut out = String::new();
    let mut done = false;
    let mut skipping = false;
    for line in page.lines() {
        if line.starts_with(HEADING) {
            skipping = line == heading;
            if skipping && !done {
                out.push_str(section);
                out.push_str("\n\n");
                done = true;
            }
        }
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
    }
    if !done {
        out.push('\n');
        out.push_str(section);
        out.push('\n');
    }
    format!("{}\n", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_says_what_was_measured_and_when() {
        assert_eq!(
            dated("## A\n\nnew\n", "1.2.3", "2026-01-02"),
            "## A\n\nMeasured with 1.2.3 on 2026-01-02.\n\nnew\n"
        );
    }

    #[test]
    fn a_section_takes_the_place_of_the_one_before() {
        let page = with("# Page\n\n## A\n\nold\n", "## B\n\nfirst\n");
        assert_eq!(page, "# Page\n\n## A\n\nold\n\n## B\n\nfirst\n");
        let page = with(&page, "## A\n\nnew\n\n### part\n\nmore\n");
        assert_eq!(page, "# Page\n\n## A\n\nnew\n\n### part\n\nmore\n\n## B\n\nfirst\n");
        assert_eq!(with(&page, "## A\n\nnew\n\n### part\n\nmore\n"), page);
    }
}

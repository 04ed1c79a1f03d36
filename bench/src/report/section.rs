//! Sections of the report that are measured one by one: each replaces the one of the same heading.

use std::fs;
use std::path::Path;

use crate::error::{Context, Result};

const HEADING: &str = "## ";

/// Puts `section`, which begins with its heading, into the report at `path`, if there is a path.
pub fn put(path: Option<&Path>, section: &str) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let old = if path.is_file() { fs::read_to_string(path)? } else { "# Measurements\n".to_owned() };
    fs::write(path, with(&old, section)).context(|| format!("cannot write {}", path.display()))
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
    fn a_section_takes_the_place_of_the_one_before() {
        let page = with("# Page\n\n## A\n\nold\n", "## B\n\nfirst\n");
        assert_eq!(page, "# Page\n\n## A\n\nold\n\n## B\n\nfirst\n");
        let page = with(&page, "## A\n\nnew\n\n### part\n\nmore\n");
        assert_eq!(page, "# Page\n\n## A\n\nnew\n\n### part\n\nmore\n\n## B\n\nfirst\n");
        assert_eq!(with(&page, "## A\n\nnew\n\n### part\n\nmore\n"), page);
    }
}

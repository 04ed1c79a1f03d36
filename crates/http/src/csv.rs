//! Lines of comma-separated values (RFC 4180), made safe for spreadsheets.

use std::fmt::Write as _;

/// The media type.
pub(crate) const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// One line with its end. A cell that a spreadsheet would take for a formula gets an apostrophe in front (API 15.4).
pub(crate) fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut line = String::new();
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let apostrophe = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        let quoted = cell.contains([',', '"', '\r', '\n']);
        let _ = if quoted {
            write!(line, "\"{apostrophe}{}\"", cell.replace('"', "\"\""))
        } else {
            write!(line, "{apostrophe}{cell}")
        };
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_formulas_are_disarmed() {
        assert_eq!(line(["a", "", "b c"]), "a,,b c\r\n");
        assert_eq!(line(["a,b", "say \"x\"", "two\nlines"]), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
        assert_eq!(line(["=1", "+1", "-1", "@a", "a=1"]), "'=1,'+1,'-1,'@a,a=1\r\n");
        assert_eq!(line(["=1,2"]), "\"'=1,2\"\r\n");
    }

    #[test]
    fn a_first_cell_that_is_empty_keeps_its_place() {
        assert_eq!(line(["", "", "x"]), ",,x\r\n");
    }
}

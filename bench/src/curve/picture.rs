//! Lines over sizes as an SVG, both axes by powers of ten; readable on a light and on a dark page.

use std::fmt::Write;

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it says.
    pub name: &'static str,
    /// Tickets, and milliseconds (or what the name says).
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 640.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 400.0;
/// The least distance of two names beside the lines.
const NAME_PX: f64 = 15.0;
const COLOURS: [&str; 10] =
    ["#4f46e5", "#0891b2", "#16a34a", "#ca8a04", "#dc2626", "#9333ea", "#0d9488", "#db2777", "#64748b", "#78716c"];

/// From powers of ten to pixels.
struct Axis {
    from: f64,
    to: f64,
    pixels: (f64, f64),
}

impl Axis {
    /// Whole powers of ten around the values.
    fn around(values: impl Iterator<Item = f64> + Clone, pixels: (f64, f64)) -> Self {
        let logs = values.filter(|value| *value > 0.0).map(f64::log10);
        let from = logs.clone().fold(f64::INFINITY, f64::min).floor();
        let to = logs.fold(f64::NEG_INFINITY, f64::max).ceil().max(from + 1.0);
        Self { from, to, pixels }
    }

    fn at(&self, value: f64) -> f64 {
        let part = (value.max(f64::MIN_POSITIVE).log10() - self.from) / (self.to - self.from);
        self.pixels.0 + part * (self.pixels.1 - self.pixels.0)
    }

    fn tens(&self) -> Vec<f64> {
        let mut all = Vec::new();
        let mut power = self.from;
        while power <= self.to {
            all.push(10_f64.powf(power));
            power += 1.0;
        }
        all
    }
}

/// `1000000` as `1M`.
fn short(value: f64) -> String {
    match value {
        value if value >= 1_000_000.0 => format!("{}M", value / 1_000_000.0),
        value if value >= 1_000.0 => format!("{}k", value / 1_000.0),
        value => format!("{value}"),
    }
}

/// The picture.
pub fn draw(title: &str, lines: &[Line]) -> String {
    let points = || lines.iter().flat_map(|line| line.points.iter());
    let across = Axis::around(points().map(|(tickets, _)| *tickets), (LEFT, RIGHT));
    let up = Axis::around(points().map(|(_, value)| *value), (BOTTOM, TOP));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\" fill=\"#111\">{title}</text>\n"
    );
    for value in up.tens() {
        let y = up.at(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#e5e7eb\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555\">{}</text>",
            LEFT - 8.0,
            y + 4.0,
            short(value)
        );
    }
    for value in across.tens() {
        let x = across.at(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{BOTTOM}\" stroke=\"#e5e7eb\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{} tickets</text>",
            BOTTOM + 20.0,
            short(value)
        );
    }
    let mut named: Vec<(f64, &Line, &str)> = lines
        .iter()
        .zip(COLOURS.iter().cycle())
        .filter_map(|(line, colour)| Some((up.at(line.points.last()?.1), line, *colour)))
        .collect();
    for (_, line, colour) in &named {
        let path: Vec<String> = line
            .points
            .iter()
            .map(|(tickets, value)| format!("{:.1},{:.1}", across.at(*tickets), up.at(*value)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            path.join(" ")
        );
        for (tickets, value) in &line.points {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>",
                across.at(*tickets),
                up.at(*value)
            );
        }
    }
    // Names stand beside the ends of their lines, and never on each other.
    named.sort_by(|(one, ..), (other, ..)| one.total_cmp(other));
    let mut free = 0.0;
    for (y, line, colour) in named {
        let y = f64::max(y, free);
        free = y + NAME_PX;
        let last = line.points.last().map_or(0.0, |(_, value)| *value);
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{} {last:.2}</text>",
            RIGHT + 10.0,
            y + 4.0,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ten_times_as_large_stands_one_step_higher_and_names_do_not_touch() {
        let lines = [
            Line { name: "one", points: vec![(10_000.0, 1.0), (1_000_000.0, 10.0)] },
            Line { name: "two", points: vec![(10_000.0, 1.0), (1_000_000.0, 10.0)] },
            Line { name: "three", points: vec![(10_000.0, 100.0), (1_000_000.0, 100.0)] },
        ];
        let svg = draw("A picture", &lines);
        assert!(
            svg.contains(&format!("points=\"{LEFT:.1},{BOTTOM:.1} {RIGHT:.1},{:.1}\"", (TOP + BOTTOM) / 2.0)),
            "{svg}"
        );
        assert!(svg.contains(">10k tickets<") && svg.contains(">1M tickets<"));
        let heights: Vec<f64> = ["one 10.00", "two 10.00"]
            .iter()
            .map(|name| {
                let text = svg.lines().find(|line| line.contains(name)).unwrap();
                text.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
            })
            .collect();
        assert!((heights[0] - heights[1]).abs() >= NAME_PX, "{heights:?}");
    }
}

//! Builds the text of a filtered list. Values are always parameters; only our own words become text.

use std::fmt::Write as _;

use crate::{Bind, Value};

/// A SELECT in the making.
#[derive(Debug)]
pub struct Select<'a> {
    text: String,
    args: Vec<Value<'a>>,
    /// What stands before the next condition.
    before: &'static str,
}

const WHERE: &str = " WHERE ";
const AND: &str = " AND ";

impl<'a> Select<'a> {
    /// Starts with everything up to WHERE.
    pub(crate) fn new(from: &str) -> Self {
        Self { text: from.to_owned(), args: Vec::new(), before: WHERE }
    }

    /// Adds a value and answers its placeholder, for a condition that is written with [`Select::condition`].
    pub(crate) fn place(&mut self, value: &'a (impl Bind + ?Sized)) -> String {
        format!("${}", self.bind(value))
    }

    /// Adds a condition of our own words and placeholders.
    pub(crate) fn condition(&mut self, text: &str) -> &mut Self {
        self.and();
        self.text.push_str(text);
        self
    }

    /// The placeholders of a list of values, in parentheses: rounded up, the last value repeated, so that few different
    /// texts come of it. No values match nothing.
    pub(crate) fn list<T: Bind>(&mut self, values: &'a [T]) -> String {
        let Some(last) = values.last() else { return "(NULL)".to_owned() };
        let places: Vec<String> = values
            .iter()
            .chain(std::iter::repeat(last))
            .take(values.len().next_power_of_two())
            .map(|value| format!("${}", self.bind(value)))
            .collect();
        format!("({})", places.join(", "))
    }

    /// Lets the tickets be found one by one by the ids that `ids` answers, which stand before the statement as `v (id)`. Neither
    /// database may turn this round: of no brand do they know how many tickets it has.
    pub(crate) fn tickets_by(&mut self, ids: &str) -> &mut Self {
        let text = self.text.replacen("FROM ticket t", "FROM v CROSS JOIN ticket t", 1);
        self.text = format!("WITH v (id) AS ({ids}) {text}");
        self.is("t.id = v.id")
    }

    /// A list of values as rows, filled up with what is nobody's id, so that few different texts come of it.
    pub(crate) fn rows<T: Bind>(&mut self, values: &'a [T]) -> String {
        let places: Vec<String> = values.iter().map(|value| format!("(${})", self.bind(value))).collect();
        let filled = places.into_iter().chain(std::iter::repeat("('')".to_owned()));
        let rows: Vec<String> = filled.take(values.len().next_power_of_two().max(1)).collect();
        format!("VALUES {}", rows.join(", "))
    }

    /// Adds a value and answers its placeholder.
    fn bind(&mut self, value: &'a (impl Bind + ?Sized)) -> usize {
        self.args.push(value.bind());
        self.args.len()
    }

    fn and(&mut self) {
        self.text.push_str(self.before);
        self.before = AND;
    }

    /// Adds `column IN` all that the parts find that `add` begins with [`Select::part`]. Unlike conditions with OR between them,
    /// each part is read through an index of its own.
    pub(crate) fn among(&mut self, column: &'static str, add: impl FnOnce(&mut Self)) -> &mut Self {
        self.and();
        let _ = write!(self.text, "{column} IN (");
        self.before = "";
        add(self);
        self.text.push(')');
        self.before = AND;
        self
    }

    /// Begins a part of [`Select::among`], with everything up to WHERE.
    pub(crate) fn part(&mut self, from: &'static str) -> &mut Self {
        if !self.before.is_empty() {
            self.text.push_str(" UNION ALL ");
        }
        self.text.push_str(from);
        self.before = WHERE;
        self
    }

    /// Adds a condition without values.
    pub(crate) fn is(&mut self, condition: &str) -> &mut Self {
        self.and();
        self.text.push_str(condition);
        self
    }

    /// Adds `left value`, where `left` ends in its operator.
    pub(crate) fn with(&mut self, left: &str, value: &'a (impl Bind + ?Sized)) -> &mut Self {
        self.and();
        let at = self.bind(value);
        let _ = write!(self.text, "{left} ${at}");
        self
    }

    /// Adds `column IN (values)`; no values match nothing.
    pub(crate) fn within<T: Bind>(&mut self, column: &str, values: &'a [T]) -> &mut Self {
        if values.is_empty() {
            return self.is("1 = 0");
        }
        let list = self.list(values);
        self.condition(&format!("{column} IN {list}"))
    }

    /// Adds `column NOT IN (...)`; no values leave nothing out.
    pub(crate) fn without<T: Bind>(&mut self, column: &str, values: &'a [T]) -> &mut Self {
        if values.is_empty() {
            return self;
        }
        let list = self.list(values);
        self.condition(&format!("{column} NOT IN {list}"))
    }

    /// Adds a keyset: rows behind `values` in the order of `columns`, where `operator` is `<` or `>`.
    pub(crate) fn beyond(&mut self, columns: &str, operator: &str, values: &[&'a dyn Bind]) -> &mut Self {
        self.and();
        let places: Vec<String> = values
            .iter()
            .map(|value| {
                let value: &'a dyn Bind = *value;
                self.args.push(value.bind());
                format!("${}", self.args.len())
            })
            .collect();
        let _ = write!(self.text, "({columns}) {operator} ({})", places.join(", "));
        self
    }

    /// Ends with words of our own.
    pub(crate) fn end(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Ends with the order and the number of rows.
    pub(crate) fn page(&mut self, order: &str, limit: &'a i64) -> &mut Self {
        let at = self.bind(limit);
        let _ = write!(self.text, " ORDER BY {order} LIMIT ${at}");
        self
    }

    /// Ends with the order of an index that is walked, and the number of rows. It stands in the text: a plan that is made
    /// without it is one for a tenth of all rows (PostgreSQL), which are sooner sorted than walked. With conditions that no index
    /// serves, the same tenth is few rows: then it is a parameter, so that the walk seems cheap.
    pub(crate) fn first(&mut self, order: &str, limit: i64) -> &mut Self {
        let _ = write!(self.text, " ORDER BY {order} LIMIT {limit}");
        self
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn args(&self) -> &[Value<'a>] {
        &self.args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_parameters_and_placeholders_are_few() {
        let (brand, ids, limit) = ("br_1", ["a", "b", "c"], 51);
        let mut select = Select::new("SELECT id FROM ticket t");
        select.with("t.brand_id =", brand).is("t.live").within("t.id", &ids).beyond(
            "t.at, t.id",
            "<",
            &[&limit, &brand],
        );
        select.page("t.at DESC, t.id DESC", &limit);
        assert_eq!(
            select.text(),
            "SELECT id FROM ticket t WHERE t.brand_id = $1 AND t.live AND t.id IN ($2, $3, $4, $5) \
             AND (t.at, t.id) < ($6, $7) ORDER BY t.at DESC, t.id DESC LIMIT $8"
        );
        assert_eq!(select.args().len(), 8);
    }

    #[test]
    fn parts_are_united() {
        let (brand, ids, name) = ("br_1", ["a"], "n");
        let mut select = Select::new("SELECT 1");
        select.with("brand_id =", brand).among("id", |parts| {
            parts.part("SELECT id FROM a").within("b", &ids);
            parts.part("SELECT id FROM c").with("name =", name).is("gone IS NULL");
        });
        select.is("live");
        assert_eq!(
            select.text(),
            "SELECT 1 WHERE brand_id = $1 AND id IN (SELECT id FROM a WHERE b IN ($2) UNION ALL \
             SELECT id FROM c WHERE name = $3 AND gone IS NULL) AND live"
        );
    }

    #[test]
    fn an_empty_list_matches_nothing() {
        let none: [&str; 0] = [];
        let mut select = Select::new("SELECT 1");
        select.within("id", &none);
        assert_eq!(select.text(), "SELECT 1 WHERE 1 = 0");
    }
}

//! Which tables are carried, as both schemas say, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::{Failed, Result};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Int,
    Bool,
    Bytes,
    /// Words of the search, on PostgreSQL.
    Words,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub holds: Holds,
}

/// A table that both databases have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    /// By name.
    pub columns: Vec<Column>,
    /// Those of its primary key. Rows come to SQLite in their order, so that what is newer has the higher row id.
    pub key: Vec<String>,
}

impl Table {
    /// Its columns, for a statement. Names may be words of SQL.
    pub fn list(&self) -> String {
        quoted(self.columns.iter().map(|column| &column.name))
    }

    /// Its key, for a statement.
    pub fn order(&self) -> String {
        quoted(self.key.iter())
    }
}

fn quoted<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

/// Where PostgreSQL keeps the words of the search.
pub(super) fn words() -> Table {
    let column = |(name, holds): (&str, Holds)| Column { name: name.to_owned(), holds };
    let columns =
        [("brand_id", Holds::Text), ("entity_id", Holds::Text), ("part", Holds::Int), ("words", Holds::Words)];
    Table { name: "search_word".to_owned(), columns: columns.map(column).to_vec(), key: Vec::new() }
}

/// The tables of SQLite's schema, as PostgreSQL describes them; those that others refer to come first. What else there is on
/// PostgreSQL is none of ours.
pub(super) fn common(
    sqlite: &BTreeMap<String, BTreeSet<String>>,
    postgres: Vec<Table>,
    references: &[(String, String)],
) -> Result<Vec<Table>> {
    let mut theirs: BTreeMap<String, Table> = postgres.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut waiting = Vec::new();
    for (name, columns) in sqlite {
        let table =
            theirs.remove(name).filter(|table| table.columns.iter().map(|column| &column.name).eq(columns.iter()));
        waiting.push(table.ok_or_else(|| {
            Failed::Refused(format!(
                "the two databases do not have the same table {name}: one of the schemas was altered"
            ))
        })?);
    }
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let needs = |table: &Table, other: &Table| {
            other.name != table.name && references.iter().any(|(from, to)| *from == table.name && *to == other.name)
        };
        let free = |table: &Table| !waiting.iter().any(|other| needs(table, other));
        let (ready, rest): (Vec<Table>, Vec<Table>) = waiting.iter().cloned().partition(free);
        if ready.is_empty() {
            return Err(Failed::Refused("the tables refer to each other in a circle".to_owned()));
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, columns: &[&str]) -> Table {
        let column = |name: &&str| Column { name: (*name).to_owned(), holds: Holds::Text };
        Table { name: name.to_owned(), columns: columns.iter().map(column).collect(), key: Vec::new() }
    }

    fn ours(tables: &[Table]) -> BTreeMap<String, BTreeSet<String>> {
        let columns = |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect();
        tables.iter().map(|table| (table.name.clone(), columns(table))).collect()
    }

    #[test]
    fn what_is_referred_to_comes_first_and_strangers_stay_where_they_are() {
        let all = [table("a", &["x"]), table("b", &["x"]), table("c", &["x", "y"])];
        let theirs = [&all[..], &[table("stranger", &["z"])]].concat();
        let to = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let references = [to("a", "b"), to("b", "c"), to("a", "a"), to("stranger", "a")];
        let ordered = common(&ours(&all), theirs, &references).expect("an order");
        assert_eq!(ordered.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
    }

    #[test]
    fn a_table_that_differs_is_refused_by_name() {
        let all = [table("a", &["x"]), table("b", &["x", "y"])];
        for theirs in [vec![table("a", &["x"])], vec![table("a", &["x"]), table("b", &["x"])]] {
            let said = common(&ours(&all), theirs, &[]).expect_err("a refusal").to_string();
            assert!(said.contains("table b"), "{said}");
        }
        let circle = [("a".to_owned(), "b".to_owned()), ("b".to_owned(), "a".to_owned())];
        assert!(common(&ours(&all), all.to_vec(), &circle).is_err());
    }
}

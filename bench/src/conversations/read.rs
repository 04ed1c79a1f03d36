//! Reading the files: tab-separated with CSV quoting, one row per message.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};

use super::{Conversation, Turn};
use crate::error::{Context, Result};

const COLUMNS: [&str; 6] = ["conversationId", "turnNumber", "utteranceId", "utterance", "slot-labels", "intent"];

/// Everything found in a folder.
#[derive(Debug, Default, PartialEq)]
pub struct Corpus {
    /// Conversations in the order of the files.
    pub conversations: Vec<Conversation>,
    /// Rows read, blank ones included.
    pub turns_read: usize,
    /// Rows without text, which were left out.
    pub blank_skipped: usize,
}

impl Corpus {
    /// The domains, sorted.
    pub fn domains(&self) -> Vec<String> {
        let mut names: Vec<String> = self.conversations.iter().map(|c| c.domain.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// Reads every `<domain>-<split>.tsv` of `folder`, by name.
pub fn folder(folder: &Path) -> Result<Corpus> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    paths.sort();
    let mut corpus = Corpus::default();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let domain = name.split('-').next().unwrap_or_default().to_owned();
        let file = File::open(&path)?;
        file_into(&mut corpus, &domain, file).context(|| format!("{}", path.display()))?;
    }
    if corpus.conversations.is_empty() {
        return Err(format!("no conversations (*.tsv) in {}", folder.display()).into());
    }
    Ok(corpus)
}

/// Adds one file of `domain` to `corpus`.
pub fn file_into(corpus: &mut Corpus, domain: &str, input: impl Read) -> Result<()> {
    let mut reader = ReaderBuilder::new().delimiter(b'\t').from_reader(input);
    let columns = Columns::of(reader.headers()?)?;
    let first = corpus.conversations.len();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        let record = record?;
        corpus.turns_read += 1;
        let id = columns.get(&record, 0).to_owned();
        let place = *places.entry(id.clone()).or_insert_with(|| {
            corpus.conversations.push(Conversation { id, domain: domain.to_owned(), turns: Vec::new() });
            corpus.conversations.len() - 1
        });
        match columns.turn(&record)? {
            Some(turn) => corpus.conversations[place].turns.push(turn),
            None => corpus.blank_skipped += 1,
        }
    }
    for conversation in &mut corpus.conversations[first..] {
        conversation.turns.sort_by(|a, b| a.number.total_cmp(&b.number));
    }
    Ok(())
}

/// Where each of `COLUMNS` stands in a file.
struct Columns([usize; 6]);

impl Columns {
    fn of(header: &StringRecord) -> Result<Self> {
        let mut places = [0; 6];
        for (place, name) in places.iter_mut().zip(COLUMNS) {
            *place =
                header.iter().position(|found| found == name).ok_or_else(|| format!("column {name} is missing"))?;
        }
        Ok(Self(places))
    }

    fn get<'r>(&self, record: &'r StringRecord, column: usize) -> &'r str {
        record.get(self.0[column]).unwrap_or_default()
    }

    fn turn(&self, record: &StringRecord) -> Result<Option<Turn>> {
        let text = self.get(record, 3);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let number = self.get(record, 1);
        Ok(Some(Turn {
            id: self.get(record, 2).to_owned(),
            number: number.parse().context(|| format!("turnNumber {number} is no number"))?,
            text: text.replace('\0', ""),
            slots: distinct_slots(self.get(record, 4)),
            intent: self.get(record, 5).trim().to_owned(),
        }))
    }
}

fn distinct_slots(labels: &str) -> Vec<String> {
    let mut slots: Vec<String> = Vec::new();
    for label in labels.split_whitespace().filter(|label| *label != "O") {
        if !slots.iter().any(|slot| slot == label) {
            slots.push(label.to_owned());
        }
    }
    slots
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;

//! A filled database: what the other commands need to know about it, kept in a file in its data folder.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::ServerArgs;
use crate::error::{Context, Result};
use crate::run::ports;
use crate::run::server::{ServerPlan, sqlite_file};
use crate::wire::target::Target;

const FILE: &str = "bench.json";
/// The largest database that the bounds of lists are for.
const BOUNDED_TICKETS_MAX: usize = 1_000_000;

/// What was filled, and how to get at it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ground {
    /// The PostgreSQL database; none: SQLite in the folder.
    pub database: Option<String>,
    /// API key for all brands.
    pub key: String,
    /// API key for the filled brands only.
    pub narrow_key: String,
    /// Tickets there were after filling.
    pub tickets: usize,
    /// The filled brands, in the order of the script.
    pub brand_ids: Vec<String>,
    /// Members that tickets are assigned to.
    pub member_ids: Vec<String>,
    /// How it was filled, in words, and how long that took.
    pub filled: String,
    /// Its data folder.
    #[serde(skip)]
    pub data: PathBuf,
}

impl Ground {
    /// Reads what `grow` has noted in `data`.
    pub fn load(data: &Path) -> Result<Self> {
        let path = data.join(FILE);
        let text = fs::read(&path).context(|| format!("{} (was it filled by `grow`?)", path.display()))?;
        let ground: Self = serde_json::from_slice(&text).context(|| path.display().to_string())?;
        Ok(Self { data: data.to_owned(), ..ground })
    }

    /// Notes this in its data folder.
    pub fn save(&self) -> Result<()> {
        let path = self.data.join(FILE);
        fs::write(&path, serde_json::to_vec_pretty(self)?).context(|| path.display().to_string())
    }

    /// Name of its database in the report.
    pub fn engine(&self) -> &'static str {
        if self.database.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// The same for a heading: beyond the tickets that the bounds are for, how many there are stands there too.
    pub fn named(&self) -> String {
        if self.is_beyond() {
            format!("{} with {} tickets", self.engine(), self.tickets)
        } else {
            self.engine().to_owned()
        }
    }

    /// Whether there are more tickets than the bounds are for.
    pub const fn is_beyond(&self) -> bool {
        self.tickets > BOUNDED_TICKETS_MAX
    }

    /// A server on it.
    pub fn plan(&self, args: &ServerArgs) -> Result<ServerPlan> {
        ServerPlan::new(args, &self.data, self.database.as_deref(), ports::choose(args.port)?)
    }

    /// Requests to that server, reaching every brand.
    pub fn target(&self, plan: &ServerPlan) -> Target {
        Target::local(plan.port, Some(self.key.clone()))
    }

    /// The file of the SQLite database.
    pub fn file(&self) -> Result<PathBuf> {
        match &self.database {
            None => sqlite_file(&self.data),
            Some(_) => Err(format!("{} is a folder of a PostgreSQL database", self.data.display()).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_again() {
        let data = std::env::temp_dir().join(format!("dispatch-bench-ground-{}", std::process::id()));
        fs::create_dir_all(&data).unwrap();
        assert!(Ground::load(&data).is_err());
        let ground = Ground {
            database: Some("postgres://localhost/x".to_owned()),
            key: "sk_live_a".to_owned(),
            narrow_key: "sk_live_b".to_owned(),
            tickets: 5,
            brand_ids: vec!["br_1".to_owned()],
            member_ids: Vec::new(),
            filled: "in no time".to_owned(),
            data: data.clone(),
        };
        ground.save().unwrap();
        let read = Ground::load(&data).unwrap();
        fs::remove_dir_all(&data).unwrap();
        assert_eq!((read.tickets, read.engine(), read.data), (5, "PostgreSQL", data));
    }
}

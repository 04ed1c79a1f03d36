//! PostgreSQL through its own program `psql`, for what the API does not show.

use std::io::Write;
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

use crate::bounded;
use crate::cli::ServerArgs;
use crate::error::{Context, Result};
use crate::run::machine::postgres_program;

/// The longest statement here is a VACUUM of the whole database.
const LIMIT: Duration = Duration::from_secs(3_600);

/// One database.
#[derive(Clone, Debug)]
pub struct Psql {
    program: PathBuf,
    url: String,
}

impl Psql {
    /// The database at `url`.
    pub fn new(args: &ServerArgs, url: &str) -> Self {
        Self { program: postgres_program(args.postgres_bin.as_deref(), "psql"), url: url.to_owned() }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"]).arg(&self.url);
        command
    }

    /// Runs SQL; the rows as text, columns separated by tabs.
    pub fn ask(&self, sql: &str) -> Result<Vec<Vec<String>>> {
        let mut command = self.command();
        command.args(["-c", sql]);
        let text = bounded::text(command, LIMIT).context(|| sql.to_owned())?;
        Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
    }

    /// Runs `sql` on a connection that does not check foreign keys and reads what `write` gives it.
    pub fn feed(&self, sql: &str, write: impl FnOnce(&mut ChildStdin) -> Result<()>) -> Result<()> {
        let mut command = self.command();
        command.args(["-c", "SET session_replication_role = replica", "-c", sql]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
        let mut input = child.stdin.take().ok_or("psql takes no input")?;
        let written = write(&mut input).and_then(|()| Ok(input.flush()?));
        drop(input);
        let status = child.wait()?;
        if !status.success() {
            return Err(format!("psql ended with {status} at: {sql}").into());
        }
        written
    }
}

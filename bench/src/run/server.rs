//! Starting and stopping the server under measurement.

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use crate::bounded;
use crate::cli::ServerArgs;
use crate::error::{Context, Result};
use crate::wire::connection::Connection;
use crate::wire::request;
use crate::wire::target::Target;

const COMMAND_LIMIT: Duration = Duration::from_secs(60);
const READY_LIMIT: Duration = Duration::from_secs(120);
const READY_TRY_LIMIT: Duration = Duration::from_secs(5);
const READY_PAUSE: Duration = Duration::from_millis(1);
const STOP_LIMIT: Duration = Duration::from_secs(60);
const LOG_NAME: &str = "server.log";
/// Where the server's first start writes the first key and the link by which the account gets its owner.
pub const FIRST_RUN: &str = "first-run.txt";
const LOG_TAIL_LINES: usize = 20;

/// How the server is started.
#[derive(Clone, Debug)]
pub struct ServerPlan {
    binary: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    database: Option<String>,
    environment: Vec<(String, String)>,
    /// Its port on loopback.
    pub port: u16,
}

/// A running server, ended when dropped.
pub struct ServerProcess {
    child: Child,
    /// From the start of the process to the first 200 of `GET /v1/ready`.
    pub start_time: Duration,
}

impl ServerPlan {
    /// A server on an empty data folder, or on `database` when given.
    pub fn new(args: &ServerArgs, data: &Path, database: Option<&str>, port: u16) -> Result<Self> {
        fs::create_dir_all(data)?;
        let mut environment = vec![("DISPATCH_RATE_LIMITS_ENABLED".to_owned(), "false".to_owned())];
        for pair in &args.server_env {
            let (name, value) = pair.split_once('=').ok_or_else(|| format!("--server-env {pair} is not NAME=VALUE"))?;
            environment.push((name.to_owned(), value.to_owned()));
        }
        let binary = fs::canonicalize(&args.server_binary)?;
        Ok(Self { binary, data: data.to_owned(), database: database.map(str::to_owned), environment, port })
    }

    /// One of the server's commands, with where its data are.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words).arg("--data").arg(&self.data);
        if let Some(url) = &self.database {
            command.arg("--database").arg(url);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Makes an API key for all brands.
    pub fn create_key(&self) -> Result<String> {
        let mut command = self.command(&["admin", "create-key"]);
        command.args(["--name", "bench", "--all-brands"]);
        let key = bounded::text(command, COMMAND_LIMIT)?;
        if key.starts_with("sk_live_") && !key.contains(char::is_whitespace) {
            Ok(key)
        } else {
            Err("dispatch admin create-key did not print a key and nothing else".into())
        }
    }

    /// Makes a member who reaches every brand; its id.
    pub fn create_member(&self, email: &str, name: &str) -> Result<String> {
        let mut command = self.command(&["admin", "create-member"]);
        command.args(["--email", email, "--name", name, "--role", "member", "--all-brands"]);
        bounded::text(command, COMMAND_LIMIT)
    }

    /// Starts the server and waits until it is ready.
    pub async fn start(&self) -> Result<ServerProcess> {
        let log = OpenOptions::new().create(true).append(true).open(self.data.join(LOG_NAME))?;
        let begin = Instant::now();
        let child = self
            .command(&["serve"])
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context(|| "cannot start the server".to_owned())?;
        let mut process = ServerProcess { child, start_time: Duration::ZERO };
        let target = Target::local(self.port, None);
        let question = request::build(&target, "GET", "/v1/ready", None, None);
        while !answers(&target.authority, &question).await {
            if let Some(status) = process.child.try_wait()? {
                return Err(format!("the server ended at its start: {status}").into());
            }
            if begin.elapsed() > READY_LIMIT {
                return Err("the server was not ready in time".into());
            }
            sleep(READY_PAUSE).await;
        }
        process.start_time = begin.elapsed();
        Ok(process)
    }
}

/// Whether one question is answered with 200.
pub async fn answers(authority: &str, question: &[u8]) -> bool {
    let attempt = async {
        let mut connection = Connection::open(authority).await?;
        connection.exchange(question).await
    };
    matches!(timeout(READY_TRY_LIMIT, attempt).await, Ok(Ok(head)) if head.status == 200)
}

impl ServerProcess {
    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end and waits for that.
    pub fn stop(mut self) -> Result<()> {
        let mut term = Command::new("kill");
        term.args(["-TERM", &self.pid().to_string()]);
        bounded::output(term, STOP_LIMIT)?;
        if bounded::ends_within(&mut self.child, STOP_LIMIT)? {
            Ok(())
        } else {
            Err("the server did not stop when asked".into())
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // Nothing more can be done here if the kernel refuses.
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

/// The SQLite database in a data folder: the biggest file that begins like one.
pub fn sqlite_file(data: &Path) -> Result<PathBuf> {
    let mut found: Vec<(u64, PathBuf)> = fs::read_dir(data)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| begins_like_sqlite(path))
        .filter_map(|path| Some((fs::metadata(&path).ok()?.len(), path)))
        .collect();
    found.sort();
    let (_, path) = found.pop().ok_or("no SQLite database in the data folder")?;
    Ok(path)
}

fn begins_like_sqlite(path: &Path) -> bool {
    let mut start = [0; 16];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && &start == b"SQLite format 3\0"
}

/// The last lines of the servers' logs in `folder`.
pub fn log_tail(folder: &Path) -> String {
    ["sqlite", "postgres"]
        .iter()
        .filter_map(|name| fs::read_to_string(folder.join(name).join(LOG_NAME)).ok())
        .map(|text| {
            let lines: Vec<&str> = text.lines().collect();
            lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n--\n")
}

//! The binary as a process: commands that end, and servers that run until the test is done with them.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
};

use dispatch_testkit::{Database, Kind};
use tempfile::TempDir;

use super::http::Client;

/// The program, with nothing of the test's own settings.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_dispatch");

/// A command whose environment holds no setting of Dispatch.
pub fn clean(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("DISPATCH_")) {
        command.env_remove(name);
    }
    command
}

/// Runs `dispatch` with these words to its end.
#[track_caller]
pub fn dispatch(words: &[&str]) -> Output {
    clean(PROGRAM).args(words).output().unwrap()
}

/// What a command that succeeds prints.
#[track_caller]
pub fn succeeds(words: &[&str]) -> String {
    let output = dispatch(words);
    assert!(output.status.success(), "{words:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// What a command that fails says on standard error; it prints nothing on standard output.
#[track_caller]
pub fn fails(words: &[&str]) -> String {
    let output = dispatch(words);
    assert!(!output.status.success(), "{words:?} should fail: {}", text(&output.stdout));
    assert_eq!(text(&output.stdout), "", "{words:?}");
    text(&output.stderr)
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs something async in a test that is not.
pub fn wait_for<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Asks again and again until it is so: what the server does by itself has no answer to wait for.
#[track_caller]
pub fn wait_until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..600 {
        if done() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what} did not happen in 30 seconds");
}

/// Where the data of one test is: a folder, and for PostgreSQL a database that goes with it.
pub struct Place {
    pub folder: TempDir,
    database: Option<Database>,
}

impl Place {
    /// A folder with nothing in it; on PostgreSQL beside an empty database.
    pub fn new(kind: Kind) -> Self {
        let database = (kind == Kind::Postgres).then(|| wait_for(Database::fresh(kind)));
        Self { folder: TempDir::new().unwrap(), database }
    }

    /// A database of the cluster that holds what a dump says.
    pub fn restored(name: &str, dump: &str) -> Self {
        on_cluster(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        on_cluster(&format!("CREATE DATABASE {name}"));
        let cluster = cluster();
        let url = format!("{}/{name}", cluster.rsplit_once('/').unwrap().0);
        // Lines with a backslash are for psql alone.
        let dump: Vec<&str> = dump.lines().filter(|line| !line.starts_with('\\')).collect();
        run_sql(&url, &dump.join("\n"));
        Self { folder: TempDir::new().unwrap(), database: Some(Database::Postgres { url, name: name.to_owned() }) }
    }

    /// The data folder, which the first command makes.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// A path in the test's folder, beside the data folder.
    pub fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The flags that name the place.
    pub fn flags(&self) -> Vec<String> {
        match &self.database {
            Some(database) => database.flags(&self.data()),
            None => vec!["--data".to_owned(), self.data().display().to_string()],
        }
    }

    /// Its database, on PostgreSQL.
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// `dispatch words... --data ...`
    pub fn words<'a>(&'a self, words: &[&'a str], flags: &'a [String]) -> Vec<&'a str> {
        words.iter().copied().chain(flags.iter().map(String::as_str)).collect()
    }

    /// What a command on this place prints.
    #[track_caller]
    pub fn run(&self, words: &[&str]) -> String {
        succeeds(&self.words(words, &self.flags()))
    }

    /// What a command prints that reads `input` from standard input; else what it says when it fails.
    pub fn reads(&self, words: &[&str], input: &str) -> Result<String, String> {
        let mut command = clean(PROGRAM);
        command.args(words).args(self.flags()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that refuses its words does not read on.
        let _closed_already = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }

    /// What a command on this place says when it fails.
    #[track_caller]
    pub fn refuses(&self, words: &[&str]) -> String {
        fails(&self.words(words, &self.flags()))
    }

    /// A new API key for all brands.
    #[track_caller]
    pub fn key(&self) -> String {
        self.run(&["admin", "create-key", "--name", "Test", "--all-brands"]).trim_end().to_owned()
    }

    /// A server on this place, with rate limits off.
    #[track_caller]
    pub fn serve(&self) -> Server {
        Server::start(self.command(PROGRAM))
    }

    /// `program serve` for this place: not started, so that a test can add to it.
    pub fn command(&self, program: &str) -> Command {
        let mut command = clean(program);
        command.arg("serve").args(self.flags()).args(["--listen", "127.0.0.1:0"]);
        command.env("DISPATCH_RATE_LIMITS_ENABLED", "false");
        command
    }

    /// The database opened from here, to look at it or to damage it.
    pub async fn open(&self) -> dispatch_store::Db {
        let options = dispatch_store::Options { pool_max: 2, readers: 1, ..dispatch_store::Options::default() };
        match &self.database {
            Some(database) => database.open(&options).await,
            None => dispatch_store::Db::sqlite(&dispatch_store::conn::file_in(&self.data()), &options).unwrap(),
        }
    }

    /// The first column of what a statement answers.
    pub fn asks(&self, statement: &'static str) -> Vec<String> {
        wait_for(async {
            let db = self.open().await;
            let found: dispatch_store::Result<Vec<String>> =
                db.read("test.ask", move |tx| Box::pin(dispatch_store::inspect::ask(tx, statement))).await;
            found.unwrap()
        })
    }

    /// Takes a migration out of the list, in a database that cannot be opened because of it.
    pub fn forgets_migration(&self, version: u32) {
        let statement = format!("DELETE FROM schema_migration WHERE version = {version}");
        match &self.database {
            Some(Database::Postgres { url, .. }) => run_sql(url, &statement),
            _ => rusqlite::Connection::open(dispatch_store::conn::file_in(&self.data()))
                .and_then(|file| file.execute_batch(&statement))
                .unwrap(),
        }
    }

    /// Runs a statement that no rule would run.
    pub fn damage(&self, statement: &'static str) {
        wait_for(async {
            let db = self.open().await;
            let done: dispatch_store::Result<()> = db
                .write(dispatch_store::Lane::Account, "test.damage", move |tx| {
                    Box::pin(dispatch_store::inspect::execute(tx, statement))
                })
                .await;
            done.unwrap();
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(Database::Postgres { name, .. }) = self.database.take() {
            on_cluster(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// The address of the test cluster.
fn cluster() -> String {
    std::env::var("DISPATCH_TEST_POSTGRES").unwrap()
}

/// Runs a statement in the test cluster, outside of any test's database.
pub fn on_cluster(statement: &str) {
    run_sql(&cluster(), statement);
}

fn run_sql(url: &str, text: &str) {
    wait_for(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(text).await.unwrap();
    });
}

/// A server that runs. Dropped, it is killed.
pub struct Server {
    child: Child,
    /// Held, since a server that cannot print would stop.
    output: BufReader<ChildStdout>,
    log: TempDir,
    pub address: String,
}

impl Server {
    /// Starts a server and waits until it listens.
    #[track_caller]
    pub fn start(command: Command) -> Self {
        Self::try_start(command).unwrap_or_else(|log| panic!("the server did not start: {log}"))
    }

    /// The same for a server that may refuse; then what it says.
    pub fn try_start(mut command: Command) -> Result<Self, String> {
        let log = TempDir::new().unwrap();
        let errors = File::create(log.path().join("log")).unwrap();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self { child, output, log, address: String::new() };
        let mut line = String::new();
        server.output.read_line(&mut line).unwrap();
        match line.trim_end().split_once(" listens on http://") {
            Some((_, address)) => {
                server.address = address.to_owned();
                Ok(server)
            }
            None => Err(format!("{line}{}", server.log())),
        }
    }

    pub fn client(&self, key: &str) -> Client {
        Client::new(&self.address, key)
    }

    /// What it has said on standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path().join("log")).unwrap()
    }

    /// The next line on standard output.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// A signal by its name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// SIGTERM, and its end.
    #[track_caller]
    pub fn stop(mut self) {
        self.signal("TERM");
        let status = self.ended();
        assert!(status.success(), "{status}: {}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Whether a folder holds a file.
pub fn has(folder: &Path, name: &str) -> bool {
    folder.join(name).exists()
}

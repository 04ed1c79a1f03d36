//! A PostgreSQL cluster of a test's own, reached through a socket in its folder. It goes with the test.

use std::process::Command;

/// A cluster that runs, unless the test has stopped it.
pub struct Cluster {
    folder: String,
}

/// Where PostgreSQL's programs are.
fn bin() -> String {
    std::env::var("DISPATCH_TEST_PG_BIN").unwrap_or_else(|_| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres.sh");
        output(Command::new(script).arg("--bin-dir"))
    })
}

/// PostgreSQL refuses to run as root: then its own user runs it.
fn command(program: &str) -> Command {
    let is_root = output(Command::new("id").arg("-u")) == "0";
    let mut command = Command::new(if is_root { "runuser" } else { program });
    if is_root {
        command.args(["-u", "postgres", "--", program]);
    }
    command.current_dir("/tmp").env("LC_ALL", "C");
    command
}

/// What a command prints; it must succeed.
#[track_caller]
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

impl Cluster {
    pub fn start() -> Self {
        let folder = output(command("mktemp").args(["-d", "/tmp/dispatch-away.XXXXXX"]));
        let this = Self { folder };
        let initdb = format!("{}/initdb", bin());
        output(command(&initdb).args([
            "-D",
            &this.data(),
            "-U",
            "postgres",
            "--auth=trust",
            "--locale=C",
            "--no-sync",
        ]));
        this.start_again();
        this
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder)
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres?sslmode=disable", self.folder.replace('/', "%2F"))
    }

    /// Starts it, after a crash as well.
    pub fn start_again(&self) {
        let options = format!("-c listen_addresses= -c unix_socket_directories={}", self.folder);
        let log = format!("{}/log", self.folder);
        let started = command(&format!("{}/pg_ctl", bin()))
            .args(["-D", &self.data(), "-l", &log, "-w", "-t", "60", "-o", &options, "start"])
            .stdout(std::process::Stdio::null())
            .status();
        assert!(started.unwrap().success());
    }

    /// From now on each commit waits for a standby of this name; for none when it is empty.
    pub fn wait_for_standby(&self, name: &str) {
        let set = format!("ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        let psql = format!("{}/psql", bin());
        output(command(&psql).args([
            "-h",
            &self.folder,
            "-U",
            "postgres",
            "-qc",
            &set,
            "-c",
            "SELECT pg_reload_conf()",
        ]));
    }

    /// As if its machine had died: nothing is finished, nothing is said.
    pub fn stop(&self) {
        output(command(&format!("{}/pg_ctl", bin())).args(["-D", &self.data(), "-m", "immediate", "-w", "stop"]));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be stopped already; what counts is that nothing stays.
        let _stopped =
            command(&format!("{}/pg_ctl", bin())).args(["-D", &self.data(), "-m", "immediate", "stop"]).output();
        let _removed = command("rm").args(["-rf", &self.folder]).output();
    }
}

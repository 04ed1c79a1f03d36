//! `dispatch move`, and what `backup` and `restore` do on PostgreSQL: all rows, carried between the two databases.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use dispatch_seal::ServerKey;
use dispatch_store::{
    carry::{self, Carried, Terms},
    conn::file_in,
};

use crate::{care, open, server_key, settings::Settings};

/// Where a move goes.
#[derive(Debug)]
pub enum Target {
    /// The address of an empty PostgreSQL database.
    Postgres(String),
    /// A data folder without a database.
    Folder(PathBuf),
}

/// Reads `--to`. An address holds a password, and a command line is seen by others: `-` stands for standard input.
pub fn target(words: &str) -> Result<Target, String> {
    let mut line = String::new();
    if words == "-" {
        std::io::stdin().read_line(&mut line).map_err(|error| format!("standard input cannot be read: {error}"))?;
    }
    let words = if words == "-" { line.trim() } else { words };
    if words.is_empty() {
        return Err("--to takes postgres://... or a folder".to_owned());
    }
    let is_address = ["postgres://", "postgresql://"].iter().any(|scheme| words.starts_with(scheme));
    Ok(if is_address { Target::Postgres(words.to_owned()) } else { Target::Folder(words.into()) })
}

/// `dispatch move`
pub async fn run(settings: &Settings, to: &Target) -> Result<ExitCode, String> {
    match (settings.database.url.as_str(), to) {
        ("", Target::Postgres(url)) => to_postgres(settings, url).await,
        // The settings are those of the servers to come.
        (set, Target::Postgres(url)) if set == url => to_postgres(settings, url).await,
        ("", Target::Folder(_)) => {
            Err("from SQLite a move goes to postgres://...; for another folder use backup and restore".to_owned())
        }
        (_, Target::Postgres(_)) => {
            Err("from PostgreSQL a move goes to a folder; for another PostgreSQL database use backup and restore"
                .to_owned())
        }
        (url, Target::Folder(folder)) => to_folder(settings, url, folder).await,
    }
}

async fn to_postgres(settings: &Settings, url: &str) -> Result<ExitCode, String> {
    let data = &settings.data.dir;
    let file = file_in(data);
    if !file.exists() {
        return Err(format!("there is no database in {}", data.display()));
    }
    let _alone = open::lock(data)?;
    let key = server_key::present(settings)?;
    let told = Told::default();
    let terms = Terms { keys: &|ids| fits(key.as_deref(), ids), told: &|table| told.line(table), alone: true };
    carry::to_postgres(&file, url, &terms).await.map_err(|error| error.to_string())?;
    println!("Moved and compared: {}.", told.all());
    if key.is_some() {
        let key = if settings.server.key.trim().is_empty() {
            format!("the contents of {}", data.join("server.key").display())
        } else {
            "the one that was set for this command".to_owned()
        };
        println!("Every server on PostgreSQL needs the same server key, DISPATCH_SERVER_KEY: {key}.");
    }
    println!("The files of attachments stay where they are, and so does {}.", file.display());
    Ok(ExitCode::SUCCESS)
}

async fn to_folder(settings: &Settings, url: &str, folder: &Path) -> Result<ExitCode, String> {
    // As for a server: without the key a start in the new folder would make another one.
    server_key::load(settings)?;
    let key = settings.server.key.trim();
    let _alone = open::lock(folder)?;
    let file = file_in(folder);
    if file.exists() {
        return Err(format!("there is a database in {} already", folder.display()));
    }
    if server_key::read(folder)?.is_some_and(|other| other != key) {
        return Err(format!("{} holds another server key than DISPATCH_SERVER_KEY", folder.display()));
    }
    let told = Told::default();
    let terms = Terms { keys: &|ids| fits(Some(key), ids), told: &|table| told.line(table), alone: true };
    let part = care::beside(&file, "part");
    care::private(&part)?;
    filled(&part, carry::to_sqlite(url, &part, &terms).await)?;
    server_key::put(folder, key)?;
    fs::rename(&part, &file).and_then(|()| care::sync_folder(&file)).map_err(|error| error.to_string())?;
    println!("Moved and compared: {}.", told.all());
    println!("{} and the server key beside it are new; the files of attachments stay where they are.", file.display());
    Ok(ExitCode::SUCCESS)
}

/// `dispatch backup` on PostgreSQL: everything at one moment, beside servers that write.
pub async fn to_file(settings: &Settings, part: &Path) -> Result<(), String> {
    let terms = Terms { keys: &|_| Ok(()), told: &|_| (), alone: false };
    filled(part, carry::to_sqlite(&settings.database.url, part, &terms).await)
}

/// `dispatch restore` on PostgreSQL.
pub async fn from_file(settings: &Settings, file: &Path) -> Result<(), String> {
    care::sound(file)?;
    let terms = Terms { keys: &|_| Ok(()), told: &|_| (), alone: false };
    carry::to_postgres(file, &settings.database.url, &terms).await.map_err(|error| error.to_string())
}

/// Removes a file of ours, and what SQLite has put beside it, when it did not become what it should.
fn filled(part: &Path, done: carry::Result<()>) -> Result<(), String> {
    done.map_err(|error| {
        for end in ["", "-wal", "-shm", "-journal"] {
            let _useless = fs::remove_file(format!("{}{end}", part.display()));
        }
        error.to_string()
    })
}

/// Whether a server with this key can read the secrets that were sealed by these.
fn fits(key: Option<&str>, sealed_by: &[String]) -> Result<(), String> {
    let key = key.map(|text| ServerKey::read(text).map_err(|wrong| format!("server.key {wrong}"))).transpose()?;
    let missing: Vec<&str> =
        sealed_by.iter().map(String::as_str).filter(|id| !key.as_ref().is_some_and(|key| key.has(id))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the server key is another one than the one that sealed the secrets in this database (its id is {}): set \
         DISPATCH_SERVER_KEY to that one, or nobody can read them",
        missing.join(", ")
    ))
}

/// Prints each table, and counts.
#[derive(Default)]
struct Told {
    tables: Cell<u64>,
    rows: Cell<u64>,
}

impl Told {
    fn line(&self, table: &Carried) {
        self.tables.set(self.tables.get() + 1);
        self.rows.set(self.rows.get() + table.to.rows);
        let Carried { table: name, from, to } = table;
        if table.agrees() {
            println!("ok     {name:<20} {:>10} rows  {from}", from.rows);
        } else {
            println!("WRONG  {name:<20} {:>10} rows  {from} were sent, {} rows  {to} arrived", from.rows, to.rows);
        }
    }

    fn all(&self) -> String {
        format!("{} tables, {} rows", self.tables.get(), self.rows.get())
    }
}

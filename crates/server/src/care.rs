//! Commands that look after a database: migrate, doctor, backup, restore.

use std::{
    fs,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
};

use dispatch_model::BrandId;
use dispatch_store::{self as store, Db, conn::file_in};

use crate::{carry, open, settings::Settings};

/// `dispatch migrate`
pub async fn migrate(settings: &Settings) -> Result<ExitCode, String> {
    open::database(settings).await?;
    println!("The database is at schema version {}.", store::SCHEMA_VERSION);
    Ok(ExitCode::SUCCESS)
}

/// `dispatch doctor`
pub async fn doctor(settings: &Settings) -> Result<ExitCode, String> {
    if settings.database.url.is_empty() && !file_in(&settings.data.dir).exists() {
        return Err(format!("there is no database in {}", settings.data.dir.display()));
    }
    let db = open::database(settings).await?;
    let mut problems = Vec::new();
    if settings.database.url.is_empty() {
        let found = Db::verify_sqlite(&file_in(&settings.data.dir)).map_err(|error| error.to_string())?;
        report("file: SQLite's own checks", &found, &mut problems);
    }
    for warning in settings.warnings() {
        println!("note  {warning}");
    }
    let brands: Result<(Vec<BrandId>, i64), store::Error> = db
        .read("doctor.brands", |tx| {
            Box::pin(async move { Ok((store::brands::ids(tx).await?, store::inspect::orphans(tx).await?)) })
        })
        .await;
    let (brands, orphans) = brands.map_err(|error| error.to_string())?;
    let lost = if orphans > 0 { vec![format!("{orphans} tickets belong to no brand")] } else { Vec::new() };
    report("brands: every ticket has one", &lost, &mut problems);
    for brand in brands {
        let name = format!("{brand}: log, counts, references");
        let found: Result<Vec<String>, store::Error> = db
            .read("doctor.brand", move |tx| {
                let brand = brand.clone();
                Box::pin(async move { store::inspect::problems(tx, &brand).await })
            })
            .await;
        report(&name, &found.map_err(|error| error.to_string())?, &mut problems);
    }
    if problems.is_empty() {
        println!("All is well.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} problems.", problems.len());
    Ok(ExitCode::FAILURE)
}

fn report(what: &str, found: &[String], all: &mut Vec<String>) {
    println!("{}  {what}", if found.is_empty() { "ok   " } else { "WRONG" });
    for problem in found {
        println!("       {problem}");
    }
    all.extend_from_slice(found);
}

/// `dispatch backup`
pub async fn backup(settings: &Settings, to: &Path) -> Result<ExitCode, String> {
    let file = file_in(&settings.data.dir);
    if settings.database.url.is_empty() && !file.exists() {
        return Err(format!("there is no database in {}", settings.data.dir.display()));
    }
    if to.exists() {
        return Err(format!("{} exists already", to.display()));
    }
    let part = beside(to, "part");
    private(&part)?;
    if settings.database.url.is_empty() {
        Db::copy_sqlite(&file, &part).map_err(|error| error.to_string())?;
        verified(&part)?;
    } else {
        carry::to_file(settings, &part).await?;
    }
    fs::rename(&part, to).and_then(|()| sync_folder(to)).map_err(|error| format!("{}: {error}", to.display()))?;
    println!("Backed up and verified: {}", to.display());
    println!("Not in it: the server key and the files of attachments. Keep both apart from it.");
    Ok(ExitCode::SUCCESS)
}

/// `dispatch restore`
pub async fn restore(settings: &Settings, from: &Path, replace: bool) -> Result<ExitCode, String> {
    let missing = || format!("there is no backup {}", from.display());
    if !settings.database.url.is_empty() {
        if replace {
            return Err("--replace is for SQLite; for PostgreSQL make a new, empty database".to_owned());
        }
        if !from.exists() {
            return Err(missing());
        }
        carry::from_file(settings, from).await?;
        println!("Restored and verified: {}", from.display());
        return Ok(ExitCode::SUCCESS);
    }
    let file = file_in(&settings.data.dir);
    let _alone = open::lock(&settings.data.dir)?;
    if !from.exists() {
        return Err(missing());
    }
    if file.exists() && !replace {
        return Err(format!("there is a database in {} already; --replace puts it aside", settings.data.dir.display()));
    }
    let part = beside(&file, "part");
    private(&part)?;
    fs::copy(from, &part).map_err(|error| format!("{}: {error}", from.display()))?;
    // A copy takes over the permissions of the backup.
    fs::set_permissions(&part, fs::Permissions::from_mode(0o600)).map_err(|error| error.to_string())?;
    fs::File::open(&part).and_then(|file| file.sync_all()).map_err(|error| error.to_string())?;
    verified(&part)?;
    let io = |error: std::io::Error| error.to_string();
    if file.exists() {
        let aside = (1..).map(|number| beside(&file, &format!("replaced-{number}"))).find(|aside| !aside.exists());
        let aside = aside.ok_or("there is no name left for the present database")?;
        // The write-ahead log belongs to the old file: it goes aside with it.
        for end in ["", "-wal", "-shm"] {
            let old = PathBuf::from(format!("{}{end}", file.display()));
            if old.exists() {
                fs::rename(&old, PathBuf::from(format!("{}{end}", aside.display()))).map_err(io)?;
            }
        }
    }
    fs::rename(&part, &file).and_then(|()| sync_folder(&file)).map_err(io)?;
    println!("Restored and verified: {}", file.display());
    Ok(ExitCode::SUCCESS)
}

/// An empty file that only its owner reads, in the place of one that was left over.
pub fn private(path: &Path) -> Result<(), String> {
    let _left_over = fs::remove_file(path);
    let made = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path);
    made.map(|_| ()).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(end);
    path.with_file_name(name)
}

pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

/// Looks at a copy of ours, and removes it when it is of no use.
fn verified(file: &Path) -> Result<(), String> {
    sound(file).inspect_err(|_| {
        let _useless = fs::remove_file(file);
    })
}

/// Whether SQLite finds nothing wrong in a file, and it is ours.
pub fn sound(file: &Path) -> Result<(), String> {
    match Db::verify_sqlite(file) {
        Ok(problems) if problems.is_empty() => Ok(()),
        Ok(problems) => Err(format!("the copy is damaged: {}", problems.join("; "))),
        Err(error) => Err(format!("{} is not a database: {error}", file.display())),
    }
}

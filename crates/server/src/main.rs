//! The binary `dispatch`: settings, wiring, subcommands.

#![expect(clippy::print_stdout, reason = "the answers of a command line go to standard output")]

mod admin;
mod care;
mod carry;
mod files;
mod first_run;
mod open;
mod serve;
mod server_key;
mod settings;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use settings::{Settings, Sources};

/// A page of tickets is some 2,500 small texts: the C library's allocator stood in every profile.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// API-first support ticketing for several brands.
#[derive(Debug, Parser)]
#[command(name = "dispatch", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Settings that every command reads.
#[derive(Debug, Args)]
struct Common {
    /// Folder of the SQLite database and first-run.txt [data.dir]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// postgres://... to use PostgreSQL instead [database.url]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// File of settings, TOML [DISPATCH_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Any other setting, such as --set log.level=debug
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API
    Serve {
        #[command(flatten)]
        common: Common,
        /// HOST:PORT to listen on [http.listen]
        #[arg(long, value_name = "HOST:PORT")]
        listen: Option<String>,
    },
    /// Bring the database to this version
    Migrate {
        #[command(flatten)]
        common: Common,
    },
    /// Look whether everything that is stored agrees with itself
    Doctor {
        #[command(flatten)]
        common: Common,
    },
    /// Carry everything from SQLite to PostgreSQL, or back, and compare both; servers are stopped meanwhile
    Move {
        #[command(flatten)]
        common: Common,
        /// Where to: postgres://... for an empty database, or the data folder to make; - reads it from standard input
        #[arg(long, value_name = "URL|DIR|-")]
        to: String,
    },
    /// Copy the database into one SQLite file while it is used, and verify the copy
    Backup {
        #[command(flatten)]
        common: Common,
        /// The file to write; it must not exist
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Verify a backup and put it in the place of the database: SQLite's, or an empty one of PostgreSQL
    Restore {
        #[command(flatten)]
        common: Common,
        /// The backup
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// Replace the SQLite database that is there; it is kept beside the new one
        #[arg(long)]
        replace: bool,
    },
    /// Work on accounts, beside a running server too
    #[command(subcommand)]
    Admin(Admin),
    /// Print every setting with its default
    Settings,
    /// Print the API document
    Openapi,
    /// Print the table of error codes for docs/errors.md
    #[command(hide = true)]
    Errors,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Create an API key and print it
    CreateKey {
        #[command(flatten)]
        common: Common,
        /// What it is called
        #[arg(long)]
        name: String,
        /// It reaches every brand
        #[arg(long, conflicts_with = "brand", required_unless_present = "brand")]
        all_brands: bool,
        /// A brand that it reaches; may be repeated
        #[arg(long, value_name = "ID")]
        brand: Vec<String>,
    },
    /// Create a member and print its id
    CreateMember {
        #[command(flatten)]
        common: Common,
        /// Its address
        #[arg(long)]
        email: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// What it may do: owner, admin or member
        #[arg(long)]
        role: String,
        /// It reaches every brand
        #[arg(long, conflicts_with = "brand", required_unless_present = "brand")]
        all_brands: bool,
        /// A brand that it reaches; may be repeated
        #[arg(long, value_name = "ID")]
        brand: Vec<String>,
        /// Read its password from standard input; without one it cannot sign in
        #[arg(long)]
        password_stdin: bool,
    },
    /// Set the password of a member to what standard input says, and end their sessions
    SetPassword {
        #[command(flatten)]
        common: Common,
        /// Its address
        #[arg(long)]
        email: String,
    },
    /// Take the second factor of a member away, who has lost it and the recovery codes
    ResetTotp {
        #[command(flatten)]
        common: Common,
        /// Its address
        #[arg(long)]
        email: String,
    },
}

impl Common {
    /// The settings, with the flags of this command on top.
    fn settings(self, more: Vec<(&str, Option<String>)>) -> Result<Settings, String> {
        let config = self.config.or_else(|| std::env::var_os("DISPATCH_CONFIG").map(PathBuf::from));
        let read =
            |path: PathBuf| std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()));
        let data = self.data.map(|path| path.to_string_lossy().into_owned());
        let mut flags: Vec<(String, String)> = Vec::new();
        for pair in self.set {
            let (name, value) = pair.split_once('=').ok_or("--set takes NAME=VALUE")?;
            flags.push((name.to_owned(), value.to_owned()));
        }
        let named = [("data.dir", data), ("database.url", self.database)].into_iter().chain(more);
        flags.extend(named.filter_map(|(name, value)| Some((name.to_owned(), value?))));
        Settings::read(&Sources { file: config.map(read).transpose()?, environment: std::env::vars().collect(), flags })
    }
}

fn main() -> ExitCode {
    let done = run(Cli::parse().command);
    match done {
        Ok(code) => code,
        Err(message) => {
            eprintln!("dispatch: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::Settings => {
            print!("{}", settings::DEFAULTS);
            Ok(ExitCode::SUCCESS)
        }
        Command::Openapi => {
            println!("{}", dispatch_http::document());
            Ok(ExitCode::SUCCESS)
        }
        Command::Errors => {
            print!("{}", dispatch_http::error_table());
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve { common, listen } => {
            let settings = common.settings(vec![("http.listen", listen)])?;
            in_runtime(&settings, serve::serve(&settings))
        }
        Command::Migrate { common } => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, care::migrate(&settings))
        }
        Command::Doctor { common } => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, care::doctor(&settings))
        }
        Command::Move { common, to } => {
            let settings = common.settings(vec![])?;
            let to = carry::target(&to)?;
            in_runtime(&settings, carry::run(&settings, &to))
        }
        Command::Backup { common, to } => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, care::backup(&settings, &to))
        }
        Command::Restore { common, from, replace } => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, care::restore(&settings, &from, replace))
        }
        Command::Admin(Admin::CreateKey { common, name, all_brands, brand }) => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, admin::create_key(&settings, &name, all_brands, &brand))
        }
        Command::Admin(Admin::CreateMember { common, email, name, role, all_brands, brand, password_stdin }) => {
            let settings = common.settings(vec![])?;
            let member = admin::member(&email, &name, &role, all_brands, &brand)?;
            let password = if password_stdin { Some(admin::password_hash()?) } else { None };
            in_runtime(&settings, admin::create_member(&settings, member, password))
        }
        Command::Admin(Admin::SetPassword { common, email }) => {
            let settings = common.settings(vec![])?;
            let password = admin::password_hash()?;
            in_runtime(&settings, admin::set_password(&settings, &email, password))
        }
        Command::Admin(Admin::ResetTotp { common, email }) => {
            let settings = common.settings(vec![])?;
            in_runtime(&settings, admin::reset_totp(&settings, &email))
        }
    }
}

/// Runs a command with its log on standard error.
fn in_runtime(
    settings: &Settings,
    command: impl Future<Output = Result<ExitCode, String>>,
) -> Result<ExitCode, String> {
    // refinery tells of its table at every start; only what goes wrong there is of interest.
    let filter = format!("{},refinery_core=warn,tokio_postgres=warn", settings.log.level);
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(command)
}

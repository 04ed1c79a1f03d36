//! `grow`: fills an empty database, through the API or, for PostgreSQL, with the rows of a filled SQLite database.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;

use super::fill::Filling;
use super::ground::Ground;
use super::psql::Psql;
use super::{carry, prepare};
use crate::api::Api;
use crate::bounded;
use crate::cli::GrowArgs;
use crate::error::{Context, Result};
use crate::load::brands::text;
use crate::load::play::{self, Settings};
use crate::load::script::Script;
use crate::run::server::FIRST_RUN;
use crate::wire::target::Target;

const CONNECTIONS: usize = 64;
const DOCTOR_LIMIT: Duration = Duration::from_secs(3_600);

/// Fills what `args` say, has `dispatch doctor` look at it, and notes what was done.
pub async fn grow(args: &GrowArgs) -> Result<bool> {
    fs::create_dir_all(&args.data)?;
    if Ground::load(&args.data).is_ok() {
        return Err(format!("{} is filled already", args.data.display()).into());
    }
    let start = Instant::now();
    let mut ground = match &args.from {
        Some(from) => carried(args, from).await?,
        None => through_the_api(args).await?,
    };
    ground.filled = format!("{} in {:.0} s", ground.filled, start.elapsed().as_secs_f64());
    if let Some(url) = &ground.database {
        Psql::new(&args.server, url).ask("VACUUM (ANALYZE)")?;
    }
    let said = bounded::text(ground.plan(&args.server)?.command(&["doctor"]), DOCTOR_LIMIT)
        .context(|| "doctor found something wrong".to_owned())?;
    eprintln!("doctor: {}", said.lines().last().unwrap_or_default());
    ground.save()?;
    println!("{}: {} tickets, filled {}", ground.engine(), ground.tickets, ground.filled);
    Ok(true)
}

fn empty(args: &GrowArgs, data: PathBuf) -> Ground {
    Ground {
        database: args.database.clone(),
        key: String::new(),
        narrow_key: String::new(),
        tickets: 0,
        brand_ids: Vec::new(),
        member_ids: Vec::new(),
        filled: String::new(),
        data,
    }
}

async fn through_the_api(args: &GrowArgs) -> Result<Ground> {
    let mut ground = empty(args, args.data.clone());
    let plan = ground.plan(&args.server)?;
    ground.key = plan.create_key()?;
    ground.member_ids = prepare::members(&plan)?;
    let server = plan.start().await?;
    let target = ground.target(&plan);
    let script = Filling::new(usize::try_from(args.tickets)?);
    ground.tickets = script.count();
    ground.brand_ids = prepare::brands(&mut Api::new(target.clone()), script.brands()).await?;
    let settings = Settings { connections: CONNECTIONS, idempotent: false, verbose: true };
    let played = play::play(&target, script, &ground.brand_ids, settings).await?;
    let rate = played.tickets() as f64 / played.elapsed.as_secs_f64();
    ground.filled = format!("through the API over {CONNECTIONS} connections at {rate:.0} tickets/s");
    ground.narrow_key = narrow_key(&target, &ground.brand_ids).await?;
    server.stop()?;
    Ok(ground)
}

/// A key that reaches the filled brands and no other.
async fn narrow_key(target: &Target, brand_ids: &[String]) -> Result<String> {
    let body = json!({ "name": "narrow", "brandIds": brand_ids }).to_string();
    let answer = Api::new(target.clone()).post("/v1/accounts/me/api-keys", body.as_bytes(), None).await?;
    text(&answer.expect_success("creating a key")?.json()?, "key")
}

async fn carried(args: &GrowArgs, from: &Path) -> Result<Ground> {
    let source = Ground::load(from)?;
    let file = source.file()?;
    let url = args.database.clone().ok_or("rows are carried to a PostgreSQL database: --database")?;
    let mut ground = Ground { database: Some(url.clone()), data: args.data.clone(), ..source };
    let plan = ground.plan(&args.server)?;
    bounded::output(plan.command(&["migrate"]), Duration::from_secs(60))?;
    // The account is carried as well, with the link by which it gets its owner: only this file says what it is.
    if from.join(FIRST_RUN).is_file() {
        fs::copy(from.join(FIRST_RUN), args.data.join(FIRST_RUN))?;
    }
    let psql = Psql::new(&args.server, &url);
    let carrying = Instant::now();
    let rows = carry::tables(&file, &psql)?;
    let seconds = carrying.elapsed().as_secs_f64();
    let server = plan.start().await?;
    carry::words_written(&psql).await?;
    server.stop()?;
    ground.filled = format!("with {rows} rows carried from SQLite ({seconds:.0} s), the words written by the server,");
    Ok(ground)
}

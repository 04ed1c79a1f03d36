//! `sizes`: what a ticket takes that is created, replied to by its customer and by staff, and closed: file growth by table
//! and index, and the log's share.

use std::fs;
use std::time::Duration;

use crate::api::Api;
use crate::bounded;
use crate::cli::SizesArgs;
use crate::error::Result;
use crate::load::play::{self, Settings};
use crate::load::script::Script;
use crate::report::section;
use crate::run::ports;
use crate::run::server::ServerPlan;
use crate::scale::prepare;
use crate::sizes::life::Lives;
use crate::sizes::stored::Stored;
use crate::wire::target::Target;

pub mod life;
pub mod report;
pub mod stored;

const CONNECTIONS: usize = 64;
const MIGRATE_LIMIT: Duration = Duration::from_secs(60);

/// Measures and reports.
pub async fn sizes(args: &SizesArgs) -> Result<bool> {
    fs::create_dir_all(&args.data)?;
    let plan = ServerPlan::new(&args.server, &args.data, args.database.as_deref(), ports::choose(args.server.port)?)?;
    bounded::output(plan.command(&["migrate"]), MIGRATE_LIMIT)?;
    let target = Target::local(plan.port, Some(plan.create_key()?));
    let members = prepare::members(&plan)?;
    eprintln!("{} members", members.len());

    let script = Lives::new(usize::try_from(args.tickets)?);
    let tickets = script.count();
    let server = plan.start().await?;
    let brand_ids = prepare::brands(&mut Api::new(target.clone()), script.brands()).await?;
    server.stop()?;
    let before = Stored::measure(args)?;

    let server = plan.start().await?;
    let settings = Settings { connections: CONNECTIONS, idempotent: false, verbose: true };
    let played = play::play(&target, script, &brand_ids, settings).await?;
    server.stop()?;
    let after = Stored::measure(args)?;

    let events = stored::events(args)?;
    let requests = played.tickets() + played.comments();
    let text = report::section(&after.since(&before), tickets, requests, events);
    print!("{text}");
    section::put(args.out.as_deref(), &text)?;
    Ok(true)
}

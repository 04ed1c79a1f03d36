//! `heavy`: deleting a status, merging a tag and removing a member who stand in tens of thousands of tickets, under a light steady
//! load: how long the answer takes, what other requests wait meanwhile, and when the last row is rewritten.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::api::Api;
use crate::cli::HeavyArgs;
use crate::error::{Context, Result};
use crate::heavy::crowded::Crowded;
use crate::heavy::pending::Pending;
use crate::heavy::steady::{Steady, Waits};
use crate::load::brands::text;
use crate::load::play::{self, Settings};
use crate::report::section;
use crate::scale::ground::Ground;
use crate::wire::target::Target;

pub mod crowded;
pub mod owner;
pub mod pending;
pub mod report;
pub mod steady;

const CONNECTIONS: usize = 64;
/// The steady load alone, before and after each operation.
const QUIET: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(250);
const DONE_LIMIT: Duration = Duration::from_secs(1_800);

/// One heavy operation.
#[derive(Debug)]
pub struct Done {
    /// What was done.
    pub name: &'static str,
    /// Tickets that it concerns.
    pub tickets: u32,
    /// Until the answer.
    pub answered: Duration,
    /// Until the last row was rewritten.
    pub rewritten: Duration,
    /// What other requests waited while nothing heavy was going on.
    pub before: Waits,
    /// What they waited from the request on until all was rewritten.
    pub during: Waits,
}

/// Measures and reports; false when a target was missed.
pub async fn heavy(args: &HeavyArgs) -> Result<bool> {
    let ground = Ground::load(&args.data)?;
    let plan = ground.plan(&args.server)?;
    let crowded = Crowded::new(args.tickets, args.assigned);
    // The command line makes the member before the server runs: what it does is no part of the measurement.
    let member = plan.create_member(&crowded.member_email, "Member who leaves")?;
    let server = plan.start().await?;
    let target = ground.target(&plan);
    let brand = fill(&target, &crowded).await?;
    let owner = owner::sign_in(&plan, &target).await?;
    let pending = Pending::of(&ground, &args.server)?;
    let steady = Steady::new(&target, &[brand.clone(), ground.brand_ids[0].clone()]).await?;
    let mut api = Api::new(target.clone());
    let ids = crowded.ids(&mut api, &brand).await?;
    let base = format!("/v1/brands/{brand}");
    let status = format!("{base}/statuses/{}?replacementStatusId=open", crowded::STATUS);
    let merge = format!("{base}/tags/{}/merge", ids.target_tag);
    let sources = json!({ "sourceTagIds": [ids.source_tag] });
    let removal = format!("/v1/members/{member}");
    let mut done = Vec::new();
    for (name, tickets, by, method, path, body) in [
        ("delete a status", args.tickets, &target, "DELETE", &status, None),
        ("merge a tag into another", args.tickets, &target, "POST", &merge, Some(sources)),
        ("remove a member", args.assigned, &owner, "DELETE", &removal, None),
    ] {
        let measured = measure(&steady, &pending, by, method, path, body.as_ref()).await.context(|| name.to_owned())?;
        let (before, during, answered, rewritten) = measured;
        eprintln!(
            "{name}: answered in {answered:?}, rewritten in {rewritten:?}, longest wait {:.1} ms",
            during.longest_ms
        );
        done.push(Done { name, tickets, answered, rewritten, before, during });
    }
    server.stop()?;
    let report = report::section(ground.engine(), ground.tickets, &done);
    print!("{}", report.text);
    section::put(args.out.as_deref(), &report.text)?;
    Ok(report.missed == 0)
}

/// A brand all of whose tickets hold what goes.
async fn fill(target: &Target, crowded: &Crowded) -> Result<String> {
    let mut api = Api::new(target.clone());
    let brand = crowded.brand(&mut api).await?;
    let settings = Settings { connections: CONNECTIONS, idempotent: false, verbose: true };
    play::play(target, crowded.clone(), std::slice::from_ref(&brand), settings).await?;
    Ok(brand)
}

async fn measure(
    steady: &Steady,
    pending: &Pending,
    by: &Target,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<(Waits, Waits, Duration, Duration)> {
    if pending.count()? != 0 {
        return Err("something is still being rewritten".into());
    }
    let load = steady.start();
    sleep(QUIET).await;
    let begin = Instant::now();
    let bytes = body.map(|body| body.to_string().into_bytes());
    let answer = Api::new(by.clone()).send(method, path, bytes.as_deref(), None).await?;
    let answered = begin.elapsed();
    answer.expect_success(path)?;
    while pending.count()? != 0 {
        if begin.elapsed() > DONE_LIMIT {
            return Err("the rows were not rewritten in time".into());
        }
        sleep(LOOK).await;
    }
    let rewritten = begin.elapsed();
    sleep(QUIET).await;
    let (before, during) = load.stop(begin, begin + rewritten).await?;
    Ok((before, during, answered, rewritten))
}

/// The `id` of what has this name.
fn named(list: &Value, name: &str) -> Result<String> {
    let found = list.as_array().and_then(|items| items.iter().find(|item| item["name"] == name));
    text(found.ok_or_else(|| format!("nothing is called {name}"))?, "id")
}

//! `load`: plays customers through the API of a running server, then checks the server's own count.

use crate::api::Api;
use crate::cli::LoadArgs;
use crate::conversations::read;
use crate::conversations::ticket::Conversations;
use crate::error::Result;
use crate::generate::Generated;
use crate::load::play::{Played, Settings};
use crate::load::script::Script;
use crate::wire::target::Target;

pub mod brands;
pub mod check;
pub mod play;
pub mod progress;
pub mod script;

const GENERATED_TICKETS: usize = 2_000;

/// Loads what `args` say; false when the server's count afterwards is not what was sent.
pub async fn load(args: &LoadArgs) -> Result<bool> {
    let target = Target::parse(&args.url, &args.key)?;
    let settings = Settings { connections: usize::from(args.connections), idempotent: true, verbose: true };
    match &args.data {
        Some(folder) => {
            let corpus = read::folder(folder)?;
            println!("conversations   {}", corpus.conversations.len());
            println!("turns read      {}", corpus.turns_read);
            println!("blank, skipped  {}", corpus.blank_skipped);
            play(&target, Conversations::new(corpus, args.tickets), settings).await
        }
        None => {
            let count = args.tickets.unwrap_or(GENERATED_TICKETS);
            play(&target, Generated::with_comments(count), settings).await
        }
    }
}

async fn play(target: &Target, script: impl Script, settings: Settings) -> Result<bool> {
    let mut api = Api::new(target.clone());
    let brand_ids = brands::ensure_all(&mut api, script.brands()).await?;
    let before = check::ticket_counts(&mut api, &brand_ids).await?;
    let names: Vec<String> = script.brands().iter().map(|brand| brand.slug.clone()).collect();
    let played = play::play(target, script, &brand_ids, settings).await?;
    summary(&played, names.len(), api.retries);
    let after = check::ticket_counts(&mut api, &brand_ids).await?;
    Ok(check::compare(&names, &before, &after, &played))
}

fn summary(played: &Played, brands: usize, other_retries: u64) {
    let seconds = played.elapsed.as_secs_f64();
    let requests = played.tickets() + played.comments();
    println!("brands          {brands}");
    println!("tickets         {} ({} were there already)", played.tickets(), played.tickets_replayed);
    println!("comments        {} ({} were there already)", played.comments(), played.comments_replayed);
    println!("retries         {}", played.retries + other_retries);
    println!("rate            {:.0} requests/s over {seconds:.1} s", requests as f64 / seconds);
}

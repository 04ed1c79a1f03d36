//! A mixed load on a filled database: how much memory the server takes under it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::api::Api;
use crate::error::Result;
use crate::load::brands::text;
use crate::run::cell::{self, Timing};
use crate::run::cpu::CpuMeter;
use crate::run::server::ServerProcess;
use crate::run::template::Template;
use crate::run::workload::{Filled, Operation};
use crate::scale::ground::Ground;
use crate::wire::target::Target;

const CONNECTIONS: usize = 64;
const OPERATIONS: [Operation; 5] =
    [Operation::Get, Operation::List, Operation::Create, Operation::Comment, Operation::Update];
/// Requests of each operation, one after the other in turn.
const EACH: usize = 1_000;
const WARM_UP: Duration = Duration::from_secs(1);

/// Every operation in turn over 64 connections: requests per second, and how many were answered with an error.
pub async fn mixed(target: &Target, ground: &Ground, server: &ServerProcess, time: Duration) -> Result<(f64, u64)> {
    let filled = sample(target, ground).await?;
    let workloads: Vec<Vec<Template>> = OPERATIONS.iter().map(|operation| filled.workload(*operation)).collect();
    let turns = (0..EACH).flat_map(|turn| workloads.iter().map(move |all| all[turn % all.len()].clone()));
    let templates = Arc::new(turns.collect());
    let timing = Timing { warmup: WARM_UP, measured: time };
    let meter = CpuMeter::new(server.pid(), None);
    let cell = cell::measure("mixed", &target.authority, &templates, CONNECTIONS, timing, &meter).await?;
    if let Some(example) = &cell.first_error {
        eprintln!("mixed load: {example}");
    }
    Ok((cell.rate(), cell.errors))
}

/// Tickets from both ends of each brand.
pub async fn sample(target: &Target, ground: &Ground) -> Result<Filled> {
    let mut api = Api::new(target.clone());
    let mut tickets = Vec::new();
    for (place, brand) in ground.brand_ids.iter().enumerate() {
        for order in ["asc", "desc"] {
            let path = format!("/v1/brands/{brand}/tickets?limit=100&order={order}");
            let page: Value = api.get(&path).await?.expect_success(&path)?.json()?;
            for ticket in page["data"].as_array().into_iter().flatten() {
                tickets.push((place, text(ticket, "id")?));
            }
        }
    }
    Ok(Filled { target: target.clone(), brand_ids: ground.brand_ids.clone(), tickets })
}

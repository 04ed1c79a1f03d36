//! Loads conversations into a Dispatch server and measures it beside the physical limits of the machine.
//!
//! `load` plays customers against a running server, `run` measures a release binary that it starts itself,
//! `static` is the cheapest HTTP answer, which `run` starts as a limit to compare with. `grow` fills large databases,
//! on which `lists`, `agents`, `heavy` and `indexes` measure what size costs; `sizes` counts bytes, `compare` an older
//! version, `streams` open live streams, `mail` messages that come in.
#![expect(clippy::print_stdout, reason = "the summary and the report are this program's answers")]

use std::process::ExitCode;

use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::{Cli, Command};

mod agents;
mod api;
mod bounded;
mod cli;
mod compare;
mod conversations;
mod curve;
mod error;
mod generate;
mod heavy;
mod indexes;
mod lists;
mod load;
mod mail;
mod pgbench;
mod raw_sqlite;
mod report;
mod run;
mod scale;
mod sizes;
mod static_server;
mod streams;
mod webhooks;
mod wire;

/// Threads of the runtime that drives the connections; the machine is shared with the server it measures.
const CLIENT_THREADS: usize = 2;

fn main() -> ExitCode {
    match execute(Cli::parse().command) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("dispatch-bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Ends `work` when this program is asked to end, so that what it started is ended too.
async fn until_interrupted(work: impl Future<Output = error::Result<bool>>) -> error::Result<bool> {
    let mut term = signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = work => outcome,
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
        _ = term.recv() => Err("asked to end".into()),
    }
}

fn execute(command: Command) -> error::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(CLIENT_THREADS).enable_all().build()?;
    let good = match command {
        Command::Load(args) => runtime.block_on(load::load(&args))?,
        Command::Run(args) => runtime.block_on(until_interrupted(run::run(&args)))?,
        Command::Static(args) => {
            runtime.block_on(static_server::serve(&args.listen))?;
            true
        }
        Command::Multiply(args) => scale::multiply::multiply(&args)?,
        Command::Grow(args) => runtime.block_on(until_interrupted(scale::grow::grow(&args)))?,
        Command::Lists(args) => runtime.block_on(until_interrupted(lists::lists(&args)))?,
        Command::Heavy(args) => runtime.block_on(until_interrupted(heavy::heavy(&args)))?,
        Command::Sizes(args) => runtime.block_on(until_interrupted(sizes::sizes(&args)))?,
        Command::Streams(args) => runtime.block_on(until_interrupted(streams::streams(&args)))?,
        Command::Mail(args) => runtime.block_on(until_interrupted(mail::mail(&args)))?,
        Command::Indexes(args) => indexes::indexes(&args)?,
        Command::Webhooks(args) => runtime.block_on(until_interrupted(webhooks::webhooks(&args)))?,
        Command::Agents(args) => runtime.block_on(until_interrupted(agents::agents(&args)))?,
        Command::Curve(args) => runtime.block_on(until_interrupted(curve::curve(&args)))?,
        Command::Compare(args) => runtime.block_on(until_interrupted(compare::compare(&args)))?,
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! Measuring the static answer: a copy of this program as the server, driven by the same client.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::CONNECTIONS;
use super::cell::{self, Cell, Timing};
use super::cpu::CpuMeter;
use super::ports;
use super::server::answers;
use super::template::{Number, Template};
use crate::error::{Context, Result};
use crate::wire::request;
use crate::wire::target::Target;

const START_LIMIT: Duration = Duration::from_secs(10);

/// The static server, ended when dropped.
struct StaticProcess(Child);

impl Drop for StaticProcess {
    fn drop(&mut self) {
        // Nothing more can be done here if the kernel refuses.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The static answer at each number of connections.
pub async fn measure(timing: Timing) -> Result<Vec<Cell>> {
    let target = Target::local(ports::choose(0)?, Some("sk_live_static".to_owned()));
    let child = Command::new(std::env::current_exe()?)
        .args(["static", "--listen", &target.authority])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context(|| "cannot start the static server".to_owned())?;
    let process = StaticProcess(child);
    let question = request::build(&target, "GET", "/v1/ready", None, None);
    let begin = Instant::now();
    while !answers(&target.authority, &question).await {
        if begin.elapsed() > START_LIMIT {
            return Err("the static server does not answer".into());
        }
        sleep(Duration::from_millis(5)).await;
    }
    let meter = CpuMeter::new(process.0.id(), None);
    let templates = Arc::new(vec![Template::new(question, Number::None)]);
    let mut cells = Vec::new();
    for connections in CONNECTIONS {
        let measuring = cell::measure("static", &target.authority, &templates, connections, timing, &meter);
        let cell = measuring.await?;
        eprintln!("static, {connections} connections: {:.0}/s", cell.rate());
        cells.push(cell);
    }
    Ok(cells)
}

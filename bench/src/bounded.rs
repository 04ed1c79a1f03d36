//! Running a command to its end within a time limit, by its own process id.

use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::{Context, Result};

const POLL_MS: u64 = 5;

/// Runs `command` and returns what it printed. Fails when it fails, or when it takes longer than `limit`.
/// For short outputs only: they wait in the pipes until the command ends.
pub fn output(mut command: Command, limit: Duration) -> Result<Output> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context(|| format!("cannot start {name}"))?;
    if !ends_within(&mut child, limit)? {
        child.kill()?;
        child.wait()?;
        return Err(format!("{name} did not end within {} s", limit.as_secs()).into());
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} ended with {}: {}", output.status, said.trim()).into())
}

/// What `command` printed on stdout, trimmed.
pub fn text(command: Command, limit: Duration) -> Result<String> {
    let output = output(command, limit)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Waits for `child`; false when it still runs after `limit`.
pub fn ends_within(child: &mut Child, limit: Duration) -> Result<bool> {
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > limit {
            return Ok(false);
        }
        sleep(Duration::from_millis(POLL_MS));
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_command_that_fails_says_why() {
        let limit = Duration::from_secs(10);
        assert_eq!(text(shell("echo hello"), limit).unwrap(), "hello");
        let failure = output(shell("echo broken >&2; exit 3"), limit).unwrap_err();
        assert!(failure.to_string().contains("broken"));
    }

    #[test]
    fn a_command_that_hangs_is_ended() {
        let failure = output(shell("exec sleep 30"), Duration::from_millis(50)).unwrap_err();
        assert!(failure.to_string().contains("did not end"));
    }
}

//! What the kernel says about processes (`/proc`).

use std::fs;

use crate::error::{Context, Result};

/// Processor time of a process in clock ticks, of which Linux gives user space 100 a second on every architecture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// Of the process itself, user and system.
    pub own: u64,
    /// Of its children that have ended.
    pub ended_children: u64,
    /// Its parent.
    pub parent: u32,
}

/// Milliseconds of one clock tick.
pub const TICK_MS: u64 = 10;

/// Processor time of the process `pid`.
pub fn ticks(pid: u32) -> Result<Ticks> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).context(|| format!("process {pid} is gone"))?;
    parse_stat(&text).ok_or_else(|| format!("cannot read /proc/{pid}/stat").into())
}

/// Processor time of `pid`, its ended children and its present children together.
pub fn ticks_with_children(pid: u32) -> Result<u64> {
    let parent = ticks(pid)?;
    let children: u64 = fs::read_dir("/proc")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|child| ticks(child).ok())
        .filter(|child| child.parent == pid)
        .map(|child| child.own + child.ended_children)
        .sum();
    Ok(parent.own + parent.ended_children + children)
}

fn parse_stat(text: &str) -> Option<Ticks> {
    // The name may hold spaces and parentheses: the fields are counted from behind it.
    let fields: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(Ticks {
        parent: fields.get(1)?.parse().ok()?,
        own: number(11)? + number(12)?,
        ended_children: number(13)? + number(14)?,
    })
}

/// Resident memory of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Now.
    pub resident_kb: u64,
    /// The most it ever was.
    pub peak_kb: u64,
}

/// Resident memory of the process `pid`.
pub fn memory(pid: u32) -> Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).context(|| format!("process {pid} is gone"))?;
    Ok(Memory { resident_kb: status_kb(&text, "VmRSS:"), peak_kb: status_kb(&text, "VmHWM:") })
}

fn status_kb(text: &str, name: &str) -> u64 {
    text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let text = "42 (a) b (c) S 7 42 42 0 -1 4194304 100 0 0 0 310 25 4 1 20 0 3 0 99 1 2";
        let ticks = parse_stat(text).unwrap();
        assert_eq!((ticks.own, ticks.ended_children, ticks.parent), (335, 5, 7));
        assert_eq!(parse_stat("42 (x) S 1"), None);
    }

    #[test]
    fn this_process_has_memory() {
        let memory = memory(std::process::id()).unwrap();
        assert!(memory.resident_kb > 0 && memory.peak_kb >= memory.resident_kb);
        assert_eq!(status_kb("VmRSS:\t  123 kB\n", "VmRSS:"), 123);
    }
}

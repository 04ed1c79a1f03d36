//! `mail`: how many messages a second a server takes in by SMTP and works off, beside the two limits of that work (reading messages alone,
//! and keeping their bytes alone), and the memory that its largest messages take.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::api::Api;
use crate::cli::MailArgs;
use crate::error::Result;
use crate::report::section;
use crate::run::ports;
use crate::run::process::memory;
use crate::run::server::{ServerPlan, ServerProcess};
use crate::wire::target::Target;

/// Connections that deliver at the same time.
const SENDERS: u32 = 16;
/// Messages of one sender: more in an hour are quarantined (API 20.2).
const OF_ONE_SENDER: u32 = 20;
/// Bytes of a usual message.
const MESSAGE_BYTES: usize = 5_000;
/// Bytes of the largest that a server takes unless it is set otherwise, a little less.
const LARGE_BYTES: usize = 34 * 1_024 * 1_024;
/// How many of those are delivered together.
const LARGE_TOGETHER: u32 = 2;
/// Messages a second that are aimed at, and how many times its size a large one may take.
const AIM_PER_SECOND: f64 = 500.0;
const AIM_TIMES: f64 = 4.0;
/// Longer than the work may take.
const DONE_LIMIT: Duration = Duration::from_secs(600);

/// A message of a customer, each with words of its own.
fn message(number: u32, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 600);
    let sender = number / OF_ONE_SENDER;
    let _ = write!(
        text,
        "Received: from mx.example by desk.example; Fri, 2 Jan 2026 03:04:05 +0000\r\nFrom: Customer {sender} <customer{sender}@example.com>\r\n\
        To: mail@localhost\r\nSubject: The parcel {number} has not come\r\nMessage-ID: <{number}@bench.example>\r\n\
        Date: Fri, 2 Jan 2026 03:04:05 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    );
    let mut line = 0;
    while text.len() < bytes {
        let _ = write!(
            text,
            "Line {line} of message {number}: the parcel was to come on Monday, and nobody has seen it.\r\n"
        );
        line += 1;
    }
    text
}

/// A message with one file.
fn large(number: u32) -> String {
    let head = message(number, 0)
        .replace("Content-Type: text/plain; charset=utf-8", "Content-Type: multipart/mixed; boundary=b");
    let mut text = String::with_capacity(LARGE_BYTES + 1_000);
    text.push_str(&head);
    text.push_str(
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the film.\r\n--b\r\nContent-Type: video/mp4; name=film.mp4\r\n",
    );
    text.push_str("Content-Disposition: attachment; filename=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    let line = format!("{}\r\n", "QUJD".repeat(19));
    while text.len() < LARGE_BYTES {
        text.push_str(&line);
    }
    text.push_str("--b--\r\n");
    text
}

/// One who delivers.
struct Sender(BufReader<TcpStream>);

impl Sender {
    async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut this = Self(BufReader::new(stream));
        this.expect("220").await?;
        this.say(b"EHLO bench.example\r\n").await?;
        this.expect("250").await?;
        Ok(this)
    }

    async fn say(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.0.get_mut().write_all(bytes).await?)
    }

    async fn expect(&mut self, code: &str) -> Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line).await? == 0 {
                return Err("the server has closed the connection".into());
            }
            if line.as_bytes().get(3) == Some(&b' ') {
                break;
            }
        }
        if line.starts_with(code) { Ok(()) } else { Err(format!("{code} was expected: {line}").into()) }
    }

    /// Delivers a message as mail servers do that know PIPELINING; back when it is on the server's disk.
    async fn deliver(&mut self, raw: &str) -> Result<()> {
        self.say(b"MAIL FROM:<a@bench.example>\r\nRCPT TO:<mail@localhost>\r\nDATA\r\n").await?;
        for code in ["250", "250", "354"] {
            self.expect(code).await?;
        }
        self.say(raw.as_bytes()).await?;
        self.say(b".\r\n").await?;
        self.expect("250").await
    }
}

/// What was measured.
#[derive(Debug)]
struct Measured {
    engine: &'static str,
    messages: u32,
    /// Messages a second: on disk, and worked off; the second counts from the first message to the end of the last.
    accepted: f64,
    worked_off: f64,
    /// The same work alone: reading on one core, keeping with a commit for each round of senders.
    reading: f64,
    keeping: f64,
    /// Resident memory before the large messages, and the most while they were taken and looked at.
    large_kb: [u64; 2],
}

/// Measures and reports; false when a target was missed.
pub async fn mail(args: &MailArgs) -> Result<bool> {
    fs::create_dir_all(&args.data)?;
    let smtp = ports::choose(0)?;
    let mut server = args.server.clone();
    server.server_env.push(format!("DISPATCH_MAIL_SMTP_LISTEN=127.0.0.1:{smtp}"));
    server.server_env.push("DISPATCH_MAIL_DOMAIN=localhost".to_owned());
    let plan = ServerPlan::new(&server, &args.data, args.database.as_deref(), ports::choose(server.port)?)?;
    let key = plan.create_key()?;
    let mut api = Api::new(Target::local(plan.port, Some(key)));
    let running = plan.start().await?;
    let made = api.post("/v1/brands", br#"{"name":"Mail","slug":"mail"}"#, None).await?.expect_success("a brand")?;
    let brand = made.json()?["id"].as_str().unwrap_or_default().to_owned();

    let begin = Instant::now();
    deliver_all(smtp, args.messages).await?;
    let accepted = f64::from(args.messages) / begin.elapsed().as_secs_f64();
    worked_off(&mut api, &brand).await?;
    let done = f64::from(args.messages) / begin.elapsed().as_secs_f64();

    let large_kb = take_large(&running, smtp, &mut api, &brand).await?;
    running.stop()?;
    let measured = Measured {
        engine: if args.database.is_some() { "PostgreSQL" } else { "SQLite" },
        messages: args.messages,
        accepted,
        worked_off: done,
        reading: reading(args.messages),
        keeping: keeping(&args.data.join("keeping.db"), args.messages)?,
        large_kb,
    };
    let (text, good) = report(&measured);
    print!("{text}");
    section::put(args.out.as_deref(), &text)?;
    Ok(good)
}

async fn deliver_all(smtp: u16, messages: u32) -> Result<()> {
    let next = Arc::new(AtomicU32::new(0));
    let mut senders = Vec::new();
    for _ in 0..SENDERS {
        let next = next.clone();
        senders.push(tokio::spawn(async move {
            let mut sender = Sender::open(smtp).await?;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= messages {
                    return Result::Ok(());
                }
                sender.deliver(&message(number, MESSAGE_BYTES)).await?;
            }
        }));
    }
    for sender in senders {
        sender.await??;
    }
    Ok(())
}

/// Waits until nothing that came is still to be looked at.
async fn worked_off(api: &mut Api, brand: &str) -> Result<()> {
    let begin = Instant::now();
    loop {
        let page = api.get(&format!("/v1/brands/{brand}/mail?outcome=received&limit=1")).await?;
        let waiting = page.expect_success("the ledger")?.json()?;
        if waiting["data"].as_array().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        if begin.elapsed() > DONE_LIMIT {
            return Err("the messages were not worked off in time".into());
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Two of the largest messages at once: memory before, and the most until they are tickets.
async fn take_large(server: &ServerProcess, smtp: u16, api: &mut Api, brand: &str) -> Result<[u64; 2]> {
    sleep(Duration::from_secs(2)).await;
    let before = memory(server.pid())?.resident_kb;
    let mut senders = Vec::new();
    for number in 0..LARGE_TOGETHER {
        senders.push(tokio::spawn(async move { Sender::open(smtp).await?.deliver(&large(1_000_000 + number)).await }));
    }
    for sender in senders {
        sender.await??;
    }
    worked_off(api, brand).await?;
    Ok([before, memory(server.pid())?.peak_kb])
}

/// Messages that one core reads in a second: parsed, their text found, its history cut.
fn reading(messages: u32) -> f64 {
    let all: Vec<String> = (0..messages.min(2_000)).map(|number| message(number, MESSAGE_BYTES)).collect();
    let begin = Instant::now();
    let mut bytes = 0;
    for raw in &all {
        if let Ok(message) = dispatch_mail::parse(raw.as_bytes()) {
            bytes += dispatch_mail::quotes::cut(&message.text(), false).text.len();
        }
    }
    assert!(bytes > 0, "messages have text");
    all.len() as f64 / begin.elapsed().as_secs_f64()
}

/// Messages whose bytes SQLite keeps in a second, with a commit and its fsync for as many as deliver at the same time.
fn keeping(path: &Path, messages: u32) -> Result<f64> {
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database
        .execute("CREATE TABLE mail (id TEXT PRIMARY KEY, hash TEXT NOT NULL, raw BLOB NOT NULL) WITHOUT ROWID", [])?;
    let begin = Instant::now();
    for first in (0..messages).step_by(SENDERS as usize) {
        let step = database.transaction()?;
        for number in first..(first + SENDERS).min(messages) {
            let id = format!("{number:026}");
            step.execute("INSERT INTO mail VALUES (?1, ?1, ?2)", params![id, message(number, MESSAGE_BYTES)])?;
        }
        step.commit()?;
    }
    Ok(f64::from(messages) / begin.elapsed().as_secs_f64())
}

/// The section, and whether the targets were met.
fn report(measured: &Measured) -> (String, bool) {
    let Measured { engine, messages, accepted, worked_off, reading, keeping, large_kb } = measured;
    let fast = *worked_off >= AIM_PER_SECOND;
    let [before, peak] = large_kb.map(|kb| kb as f64 / 1_024.0);
    let times = (peak - before) / (f64::from(LARGE_TOGETHER) * LARGE_BYTES as f64 / (1_024.0 * 1_024.0));
    let small = times <= AIM_TIMES;
    let verdict = |good: bool| if good { "met" } else { "missed" };
    let mut text = format!(
        "## Mail that comes in: {engine}\n\n{messages} messages of {MESSAGE_BYTES} bytes by SMTP over {SENDERS} connections, each a new ticket; then {LARGE_TOGETHER} \
        of {} MB together.\n\n| | |\n|---|--:|\n",
        LARGE_BYTES / (1_024 * 1_024)
    );
    for (name, value) in [
        ("accepted (250, on disk) per second".to_owned(), format!("{accepted:.0}")),
        (
            format!("worked off per second, to the ticket (aim {AIM_PER_SECOND:.0}: {})", verdict(fast)),
            format!("{worked_off:.0}"),
        ),
        (
            "reading alone, one core, per second".to_owned(),
            format!("{reading:.0} ({:.2})", worked_off / reading.max(1.0)),
        ),
        (
            format!("keeping the bytes alone on SQLite, a commit for each {SENDERS}, per second"),
            format!("{keeping:.0} ({:.2})", accepted / keeping.max(1.0)),
        ),
        ("memory before the large ones".to_owned(), format!("{before:.0} MB")),
        (
            format!("times their size that the large ones take more at most (aim {AIM_TIMES:.0}: {})", verdict(small)),
            format!("{times:.1} ({peak:.0} MB in all)"),
        ),
    ] {
        let _ = writeln!(text, "| {name} | {value} |");
    }
    text.push_str("\nSenders share the machine with the server.\n");
    (text, fast && small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_are_meant() {
        let raw = message(41, MESSAGE_BYTES);
        assert!((MESSAGE_BYTES..MESSAGE_BYTES + 200).contains(&raw.len()), "{}", raw.len());
        let read = dispatch_mail::parse(raw.as_bytes()).expect("a message");
        assert_eq!(
            (read.from.address.as_str(), read.message_id.as_deref()),
            ("customer2@example.com", Some("41@bench.example"))
        );
        let raw = large(7);
        let read = dispatch_mail::parse(raw.as_bytes()).expect("a message");
        let files: Vec<usize> = read.attachments().map(|file| file.bytes.len()).collect();
        assert!(files.len() == 1 && files[0] > LARGE_BYTES / 2, "{files:?}");
    }

    #[test]
    fn targets_are_held_against_what_was_measured() {
        let good = Measured {
            engine: "SQLite",
            messages: 10,
            accepted: 900.0,
            worked_off: 500.0,
            reading: 5_000.0,
            keeping: 1_800.0,
            large_kb: [100 * 1_024, (100 + 68 * 4) * 1_024],
        };
        let (text, met) = report(&good);
        assert!(met && text.contains("(aim 500: met) | 500 |") && text.contains("| 4.0 (372 MB in all) |"), "{text}");
        assert!(text.contains("| 1800 (0.50) |") && text.contains("| 5000 (0.10) |"), "{text}");
        assert!(!report(&Measured { worked_off: 499.0, ..good }).1);
    }
}

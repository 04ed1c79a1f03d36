//! The SMTP listener of the binary: its settings, its end, and kill -9 while messages come: what was answered with 250 is there, once.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, BufReader, Write},
    net::TcpStream,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use dispatch_testkit::{Certificate, Kind, until};
use serde_json::Value;

use super::{
    http::Client,
    kill::random,
    on_both,
    process::{PROGRAM, Place, Server, wait_for},
};

/// Connections that deliver at the same time.
const SENDERS: usize = 8;
/// Longer than any reply may take.
const REPLY: Duration = Duration::from_secs(60);
/// The server dies after so many messages were answered, and this much later.
const LIFE_ANSWERS: std::ops::Range<u64> = 5..120;
const DEATH_AFTER_US: std::ops::Range<u64> = 0..20_000;

/// A server that also listens for mail, and where.
fn serve(place: &Place, more: &[&str]) -> (Server, String) {
    let mut command = place.command(PROGRAM);
    command.args(["--set", "mail.smtp_listen=127.0.0.1:0", "--set", "mail.domain=mail.example"]).args(more);
    let server = Server::start(command);
    let log = server.log();
    let line = log.lines().find(|line| line.contains("mail is taken by SMTP")).unwrap_or_else(|| panic!("{log}"));
    let address = line.split("address=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    (server, address)
}

/// One connection, blocking.
struct Talk(BufReader<TcpStream>);

impl Talk {
    fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(REPLY))?;
        stream.set_nodelay(true)?;
        let mut this = Self(BufReader::new(stream));
        this.expect("220")?;
        this.ask("EHLO client.example", "250")?;
        Ok(this)
    }

    fn expect(&mut self, code: &str) -> io::Result<()> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return if line.starts_with(code) { Ok(()) } else { Err(io::Error::other(line)) };
            }
        }
    }

    fn ask(&mut self, line: &str, code: &str) -> io::Result<()> {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
        self.expect(code)
    }

    /// Delivers the message of this number.
    fn deliver(&mut self, number: usize) -> io::Result<()> {
        self.ask(&format!("MAIL FROM:<jane{number}@example.com>"), "250")?;
        self.ask("RCPT TO:<acme@mail.example>", "250")?;
        self.ask("DATA", "354")?;
        // Some are larger than what is kept in the database itself.
        let text =
            "0123456789012345678901234567890123456789\r\n".repeat(if number.is_multiple_of(10) { 4_000 } else { 10 });
        let message = format!(
            "From: jane{number}@example.com\r\nTo: acme@mail.example\r\nSubject: {number}\r\nMessage-ID: <{number}@example.com>\r\n\r\n{text}."
        );
        self.ask(&message, "250")
    }
}

/// Messages that are still to be delivered, and those that were answered.
#[derive(Default)]
struct Post {
    waiting: Mutex<Vec<usize>>,
    accepted: Mutex<BTreeSet<usize>>,
    broken: AtomicUsize,
}

impl Post {
    /// Delivers until the server is gone or nothing is left.
    fn deliver(&self, address: &str, answered: &mpsc::Sender<()>) {
        let Ok(mut talk) = Talk::open(address) else { return };
        loop {
            let Some(number) = self.waiting.lock().unwrap().pop() else { return };
            if talk.deliver(number).is_err() {
                // Nobody knows whether it was taken: it comes again, as mail does.
                self.broken.fetch_add(1, Ordering::Relaxed);
                self.waiting.lock().unwrap().push(number);
                return;
            }
            self.accepted.lock().unwrap().insert(number);
            let _counted = answered.send(());
        }
    }

    /// One life of a server that is killed; false when everything was delivered before that.
    fn life(&self, server: Server, address: &str) -> bool {
        let (answered, answers) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..SENDERS {
                let answered = answered.clone();
                scope.spawn(move || self.deliver(address, &answered));
            }
            drop(answered);
            for _ in 0..random(LIFE_ANSWERS) {
                if answers.recv_timeout(REPLY).is_err() {
                    break;
                }
            }
            // The moment of death is the experiment.
            thread::sleep(Duration::from_micros(random(DEATH_AFTER_US)));
            server.kill();
        });
        !self.waiting.lock().unwrap().is_empty()
    }
}

/// The outcomes of every message, by its Message-ID.
fn outcomes(client: &Client, brand: &str) -> BTreeMap<String, Vec<String>> {
    let (mut all, mut cursor) = (BTreeMap::<String, Vec<String>>::new(), String::new());
    loop {
        let page = client.get(&format!("{brand}/mail?limit=100{cursor}")).with(200);
        for record in page["data"].as_array().unwrap() {
            let id = record["messageId"].as_str().unwrap_or_default().to_owned();
            all.entry(id).or_default().push(record["outcome"].as_str().unwrap().to_owned());
        }
        match page["pagination"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn kills(place: &Place, messages: usize) {
    let key = place.key();
    let (server, _) = serve(place, &[]);
    let brand = server.client(&key).brand("acme");
    server.stop();
    let post = Post::default();
    post.waiting.lock().unwrap().extend(0..messages);
    let mut lives = 0;
    loop {
        let (server, address) = serve(place, &[]);
        lives += 1;
        if !post.life(server, &address) {
            break;
        }
    }
    let (server, _) = serve(place, &[]);
    let client = server.client(&key);
    // What was being looked at when the server died waits for its lease: we do not.
    drop(server);
    place.damage("UPDATE mail SET lease_until = 0 WHERE state = 'received'");
    let (server, _) = serve(place, &[]);
    let client = Client { address: server.address.clone(), ..client };
    wait_for(until("everything is looked at", async || {
        client.get(&format!("{brand}/mail?outcome=received")).with(200)["data"] == Value::Array(Vec::new())
    }));
    let accepted = post.accepted.lock().unwrap().clone();
    assert_eq!(accepted.len(), messages);
    let (outcomes, mut duplicates) = (outcomes(&client, &brand), 0);
    assert_eq!(outcomes.len(), messages, "nothing came that nobody sent");
    for number in accepted {
        let of = &outcomes[&format!("<{number}@example.com>")];
        let counting: Vec<&String> = of.iter().filter(|outcome| *outcome != "duplicate").collect();
        assert_eq!(counting, ["created"], "message {number}: {of:?}");
        duplicates += of.len() - 1;
    }
    assert_eq!(client.get(&format!("{brand}/tickets/count")).with(200)["count"], messages);
    server.stop();
    let said = place.run(&["doctor"]);
    assert!(said.ends_with("All is well.\n"), "{said}");
    assert!(lives > 1, "everything was delivered before the first kill: nothing was proved");
    eprintln!(
        "{messages} messages by SMTP, {lives} kills, {} deliveries that broke off: each message has one outcome that is no duplicate, \
         and {duplicates} duplicates are known as such",
        post.broken.load(Ordering::Relaxed)
    );
}

on_both! {
    fn mail_is_taken_where_the_setting_says_and_the_end_is_told(place) {
        let key = place.key();
        let certificate = Certificate::new();
        let (cert, secret) = (certificate.certificate().display().to_string(), certificate.key().display().to_string());
        let tls = ["--set", &format!("mail.smtp_tls_cert={cert}"), "--set", &format!("mail.smtp_tls_key={secret}")];
        let (mut server, address) = serve(place, &tls);
        let client = server.client(&key);
        let brand = client.brand("acme");
        let mut talk = Talk::open(&address).unwrap();
        talk.deliver(1).unwrap();
        talk.ask("RCPT TO:<jane@elsewhere.example>", "503").unwrap();
        talk.ask("STARTTLS", "220").unwrap();
        drop(talk);
        wait_for(until("the message is a ticket", async || {
            client.get(&format!("{brand}/tickets/count")).with(200)["count"] == 1
        }));
        let mut waiting = Talk::open(&address).unwrap();
        server.signal("TERM");
        waiting.expect("421").unwrap();
        assert!(server.ended().success(), "{}", server.log());
        // Sizes and brands, but nobody's address and nothing of what was written.
        let log = server.log();
        assert!(log.contains("a message came by SMTP"), "{log}");
        assert!(!log.contains("jane1@") && !log.contains("0123456789012345"), "{log}");
    }
}

#[test]
fn a_listener_that_cannot_be_is_refused_at_the_start() {
    let place = Place::new(Kind::Sqlite);
    let says = |flags: &[&str]| {
        let mut command = place.command(PROGRAM);
        command.args(["--set", "mail.smtp_listen=127.0.0.1:0"]).args(flags);
        Server::try_start(command).err().unwrap_or_default()
    };
    assert!(
        says(&["--set", "mail.smtp_tls_cert=/no/such.pem", "--set", "mail.smtp_tls_key=/no/such"])
            .contains("/no/such.pem")
    );
    assert!(says(&["--set", "mail.smtp_tls_cert=x"]).contains("must be set together"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let said = says(&["--set", &format!("mail.smtp_listen={address}")]);
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

mod heavy {
    use super::{super::on_both, kills};

    on_both! {
        fn kills_while_mail_comes_lose_and_double_nothing(place) {
            kills(place, 250);
        }

        #[ignore = "long: make proof"]
        fn kills_during_2000_messages_lose_and_double_nothing(place) {
            kills(place, 2_000);
        }
    }
}

//! A mailbox on this machine that speaks IMAP4rev1 (RFC 3501) as far as it is needed, with UIDPLUS and MOVE where the test wants them, and is
//! strict about what it is told.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A message that lies in a folder.
#[derive(Clone, Debug)]
pub struct Lying {
    /// Its UID.
    pub uid: u32,
    /// Its flags.
    pub flags: BTreeSet<String>,
    raw: Vec<u8>,
}

#[derive(Debug, Default)]
struct Folder {
    validity: u32,
    next: u32,
    messages: Vec<Lying>,
}

#[derive(Debug)]
struct Shared {
    folders: BTreeMap<String, Folder>,
    capabilities: &'static str,
    /// What `LOGIN`, or `AUTHENTICATE` in base64, has to say.
    secret: String,
    /// What happens when these are fetched, the next time first; "" closes the connection.
    faults: HashMap<u32, Vec<&'static str>>,
    said: Vec<String>,
}

/// The mailbox.
#[derive(Debug)]
pub struct Imap {
    /// Its port.
    pub port: u16,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

impl Drop for Imap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Imap {
    /// One with an empty inbox, which `ana` opens with `sesame`.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let folder = |validity| Folder { validity, next: 1, messages: Vec::new() };
        let shared = Arc::new(Mutex::new(Shared {
            folders: BTreeMap::from([("INBOX".to_owned(), folder(7)), ("Gel&APY-scht".to_owned(), folder(8))]),
            capabilities: "IMAP4rev1 UIDPLUS MOVE",
            secret: "LOGIN \"ana\" \"sesame\"".to_owned(),
            faults: HashMap::new(),
            said: Vec::new(),
        }));
        let of_task = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(Talk { socket: BufReader::new(socket), shared: of_task.clone(), folder: None }.run());
            }
        });
        Self { port, shared, task }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a brand sets to look into it.
    #[must_use]
    pub fn setting(&self) -> Value {
        json!({ "host": "127.0.0.1", "port": self.port, "tls": false, "username": "ana", "password": "sesame" })
    }

    /// From now on it takes this token of `ana` and nothing else.
    pub fn takes_token(&self, token: &str) {
        let said = STANDARD.encode(format!("user=ana\x01auth=Bearer {token}\x01\x01"));
        self.lock().secret = format!("XOAUTH2 {said}");
    }

    /// From now on it can do this beside IMAP4rev1.
    pub fn can(&self, capabilities: &'static str) {
        self.lock().capabilities = capabilities;
    }

    /// Puts a message into a folder and answers its UID.
    pub fn put(&self, folder: &str, raw: impl Into<Vec<u8>>) -> u32 {
        let mut shared = self.lock();
        let folder = shared.folders.get_mut(folder).expect("a folder");
        let uid = folder.next;
        folder.next += 1;
        folder.messages.push(Lying { uid, flags: BTreeSet::new(), raw: raw.into() });
        uid
    }

    /// Gives a message of the inbox a flag, as somebody else does.
    pub fn flag(&self, uid: u32, flag: &str) {
        let mut shared = self.lock();
        let inbox = shared.folders.get_mut("INBOX").expect("an inbox");
        let message = inbox.messages.iter_mut().find(|one| one.uid == uid).expect("a message");
        message.flags.insert(flag.to_owned());
    }

    /// Numbers the messages of the inbox anew.
    pub fn renumber(&self) {
        let mut shared = self.lock();
        let inbox = shared.folders.get_mut("INBOX").expect("an inbox");
        inbox.validity += 1;
        inbox.next = 1;
        for message in &mut inbox.messages {
            message.uid = inbox.next;
            inbox.next += 1;
        }
    }

    /// What a fetch of this message is answered with the next times, such as `NO not now`; "" closes the connection.
    pub fn fails(&self, uid: u32, with: &[&'static str]) {
        self.lock().faults.insert(uid, with.iter().rev().copied().collect());
    }

    /// What lies in a folder.
    #[must_use]
    pub fn lying(&self, folder: &str) -> Vec<Lying> {
        self.lock().folders.get(folder).expect("a folder").messages.clone()
    }

    /// The commands that were said since it was last asked, without their tags.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().said)
    }
}

struct Talk {
    socket: BufReader<TcpStream>,
    shared: Arc<Mutex<Shared>>,
    folder: Option<String>,
}

/// A word in quotes or without.
fn unquoted(text: &str) -> String {
    text.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\")
}

fn numbers(set: &str, last: u32) -> Vec<u32> {
    let one = |text: &str| if text == "*" { last } else { text.parse().expect("a number") };
    set.split(',')
        .flat_map(|part| match part.split_once(':') {
            Some((from, to)) => {
                let (from, to) = (one(from), one(to));
                (from.min(to)..=from.max(to)).collect::<Vec<u32>>()
            }
            None => vec![one(part)],
        })
        .collect()
}

impl Talk {
    async fn run(mut self) -> std::io::Result<()> {
        self.socket.write_all(b"* OK ready\r\n").await?;
        let mut signed_in = false;
        loop {
            let line = self.line().await?;
            let Some((tag, command)) = line.split_once(' ') else { return Ok(()) };
            let (tag, command) = (tag.to_owned(), command.to_owned());
            let verb = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let mut end = match verb.as_str() {
                "CAPABILITY" => {
                    let able = self.lock().capabilities;
                    self.socket.write_all(format!("* CAPABILITY {able}\r\n").as_bytes()).await?;
                    "OK".to_owned()
                }
                "LOGIN" => {
                    signed_in = self.lock().secret == command;
                    if signed_in { "OK welcome" } else { "NO [AUTHENTICATIONFAILED] who are you" }.to_owned()
                }
                "AUTHENTICATE" => {
                    self.socket.write_all(b"+ \r\n").await?;
                    let said = self.line().await?;
                    let mechanism = command.split_once(' ').expect("a mechanism").1;
                    signed_in = self.lock().secret == format!("{mechanism} {said}");
                    if signed_in {
                        "OK welcome".to_owned()
                    } else {
                        self.socket.write_all(format!("+ {}\r\n", STANDARD.encode("{}")).as_bytes()).await?;
                        assert_eq!(self.line().await?, "", "a refusal is taken note of");
                        "NO who are you".to_owned()
                    }
                }
                "LOGOUT" => {
                    self.socket.write_all(format!("* BYE\r\n{tag} OK\r\n").as_bytes()).await?;
                    return Ok(());
                }
                _ if !signed_in => "BAD sign in first".to_owned(),
                "SELECT" | "EXAMINE" => self.select(&command, verb == "EXAMINE").await?,
                "UID" => match self.uid(&command).await? {
                    Some(end) => end,
                    None => return Ok(()),
                },
                _ => panic!("the stand-in does not know {command}"),
            };
            self.lock().said.push(command);
            end.push_str("\r\n");
            self.socket.write_all(format!("{tag} {end}").as_bytes()).await?;
        }
    }

    async fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        self.socket.read_line(&mut line).await?;
        assert!(line.is_empty() || line.ends_with("\r\n"), "a line ends with CR LF: {line:?}");
        Ok(line.trim_end_matches("\r\n").to_owned())
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn select(&mut self, command: &str, read_only: bool) -> std::io::Result<String> {
        let name = unquoted(command.split_once(' ').expect("a folder").1);
        let state = self.lock().folders.get(&name).map(|of| (of.messages.len(), of.validity, of.next));
        let Some((exists, validity, next)) = state else { return Ok("NO no such folder".to_owned()) };
        let said = format!("* {exists} EXISTS\r\n* OK [UIDVALIDITY {validity}] ok\r\n* OK [UIDNEXT {next}] ok\r\n");
        self.socket.write_all(said.as_bytes()).await?;
        self.folder = (!read_only).then_some(name);
        Ok("OK".to_owned())
    }

    /// The end of a command with UIDs; nothing when the connection is to be closed.
    async fn uid(&mut self, command: &str) -> std::io::Result<Option<String>> {
        let words: Vec<&str> = command.splitn(4, ' ').collect();
        let name = self.folder.clone().expect("an open folder");
        let last = self.lock().folders[&name].messages.last().map_or(0, |one| one.uid);
        if words[1] == "SEARCH" {
            let found = self.search(&name, &command["UID SEARCH ".len()..], last);
            let found: String = found.iter().map(|uid| format!(" {uid}")).collect();
            self.socket.write_all(format!("* SEARCH{found}\r\n").as_bytes()).await?;
            return Ok(Some("OK".to_owned()));
        }
        let wanted = numbers(words[2], last);
        if words[1] == "FETCH" {
            return self.fetch(&name, &wanted, words[3]).await;
        }
        let mut shared = self.lock();
        let able = shared.capabilities;
        let chosen: Vec<Lying> =
            shared.folders[&name].messages.iter().filter(|one| wanted.contains(&one.uid)).cloned().collect();
        match words[1] {
            "STORE" => {
                let flag = words[3].strip_prefix("+FLAGS.SILENT (").and_then(|rest| rest.strip_suffix(')'));
                let flag = flag.expect("one flag more").to_owned();
                let folder = shared.folders.get_mut(&name).expect("it is open");
                for message in folder.messages.iter_mut().filter(|one| wanted.contains(&one.uid)) {
                    message.flags.insert(flag.clone());
                }
            }
            "COPY" | "MOVE" => {
                assert!(words[1] == "COPY" || able.contains("MOVE"), "it cannot move");
                let Some(other) = shared.folders.get_mut(&unquoted(words[3])) else {
                    return Ok(Some("NO [TRYCREATE] no such folder".to_owned()));
                };
                for message in chosen {
                    other.messages.push(Lying { uid: other.next, ..message });
                    other.next += 1;
                }
                if words[1] == "MOVE" {
                    let folder = shared.folders.get_mut(&name).expect("it is open");
                    folder.messages.retain(|one| !wanted.contains(&one.uid));
                }
            }
            "EXPUNGE" => {
                assert!(able.contains("UIDPLUS"), "it cannot remove one alone");
                let folder = shared.folders.get_mut(&name).expect("it is open");
                folder.messages.retain(|one| !(wanted.contains(&one.uid) && one.flags.contains("\\Deleted")));
            }
            other => panic!("the stand-in does not know UID {other}"),
        }
        Ok(Some("OK".to_owned()))
    }

    fn search(&self, name: &str, query: &str, last: u32) -> Vec<u32> {
        let behind = query.strip_prefix("UID ").map(|set| numbers(set, last));
        assert!(behind.is_some() || query == "UNSEEN" || query.starts_with("OR UNSEEN SINCE "), "{query}");
        let matches = |one: &&Lying| match &behind {
            Some(wanted) => wanted.contains(&one.uid),
            // Everything here came today.
            None => query != "UNSEEN" || !one.flags.contains("\\Seen"),
        };
        self.lock().folders[name].messages.iter().filter(matches).map(|one| one.uid).collect()
    }

    async fn fetch(&mut self, name: &str, wanted: &[u32], what: &str) -> std::io::Result<Option<String>> {
        let messages = self.lock().folders[name].messages.clone();
        for (at, message) in messages.iter().enumerate().filter(|(_, one)| wanted.contains(&one.uid)) {
            let (number, uid, raw) = (at + 1, message.uid, &message.raw);
            match what {
                "(UID RFC822.SIZE)" => {
                    let line = format!("* {number} FETCH (UID {uid} RFC822.SIZE {})\r\n", raw.len());
                    self.socket.write_all(line.as_bytes()).await?;
                }
                "(UID BODY.PEEK[])" => {
                    let fault = self.lock().faults.get_mut(&uid).and_then(Vec::pop);
                    match fault {
                        Some("") => return Ok(None),
                        Some(fault) => return Ok(Some(fault.to_owned())),
                        None => {}
                    }
                    let start = format!("* {number} FETCH (UID {uid} BODY[] {{{}}}\r\n", raw.len());
                    self.socket.write_all(&[start.as_bytes(), raw, b")\r\n"].concat()).await?;
                }
                other => panic!("the stand-in does not give out {other}"),
            }
        }
        Ok(Some("OK".to_owned()))
    }
}

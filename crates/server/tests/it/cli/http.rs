//! A small blocking HTTP client. Each request has a connection of its own, so that a kill leaves nothing behind.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// Longer than any answer may take; a server that hangs fails the test.
const ANSWER_SECONDS_MAX: u64 = 60;

/// Whom to ask, and as whom.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: String,
    pub key: String,
}

/// An answer that has been read whole.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub text: String,
}

impl Reply {
    /// Reads the bytes of a connection that its other end has closed; an answer that is cut off is an error.
    fn parse(bytes: Vec<u8>) -> io::Result<Self> {
        let cut_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let all = String::from_utf8(bytes).map_err(io::Error::other)?;
        let (head, text) = all.split_once("\r\n\r\n").ok_or_else(cut_off)?;
        let status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or_else(cut_off)?;
        let reply = Self { status, head: head.to_ascii_lowercase(), text: text.to_owned() };
        let length: Option<usize> = reply.header("content-length").parse().ok();
        if length.is_some_and(|length| length != reply.text.len()) {
            return Err(cut_off());
        }
        Ok(reply)
    }

    /// A header in lower case, or "".
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.into_iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.trim())
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn with(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).unwrap() }
    }

    /// Asserts the 503 of a database that cannot.
    #[track_caller]
    pub fn is_unavailable(&self) {
        assert_eq!(self.with(503)["code"], "unavailable", "{}", self.text);
        assert!(self.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{}", self.head);
    }
}

impl Client {
    pub fn new(address: &str, key: &str) -> Self {
        Self { address: address.to_owned(), key: key.to_owned() }
    }

    /// Writes the head of a request, and nothing of its body; answers the connection.
    pub fn begin(&self, method: &str, path: &str, length: usize, more: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(ANSWER_SECONDS_MAX)))?;
        let head = format!(
            "{method} /v1{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n{more}\r\n",
            self.address, self.key
        );
        stream.write_all(head.as_bytes())?;
        Ok(stream)
    }

    /// Reads the answer to a request that has been written.
    pub fn finish(mut stream: TcpStream) -> io::Result<Reply> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Reply::parse(bytes)
    }

    /// Sends a request; `body` may be null for none. An error means that nobody knows what became of it.
    pub fn try_send(&self, method: &str, path: &str, body: &Value) -> io::Result<Reply> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = self.begin(method, path, body.len(), "")?;
        stream.write_all(body.as_bytes())?;
        Self::finish(stream)
    }

    #[track_caller]
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.try_send(method, path, body).unwrap()
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &Value::Null)
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, body)
    }

    /// Creates a brand with this slug and answers its path, `/brands/br_...`.
    #[track_caller]
    pub fn brand(&self, slug: &str) -> String {
        let brand = self.post("/brands", &serde_json::json!({ "name": slug, "slug": slug })).with(201);
        format!("/brands/{}", brand["id"].as_str().unwrap())
    }

    /// Every event of the brand with this path, oldest first.
    #[track_caller]
    pub fn events(&self, brand: &str) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), "0".to_owned());
        loop {
            let page = self.get(&format!("{brand}/events?limit=100&after={after}")).with(200);
            all.extend(page["data"].as_array().unwrap().iter().cloned());
            after = page["position"].as_str().unwrap().to_owned();
            if page["pagination"]["hasMore"] == Value::Bool(false) {
                return all;
            }
        }
    }
}

use std::sync::{Arc, Mutex};

use dispatch_desk::{self as desk, Refusal};
use dispatch_model::{
    Clock, Entropy, Timestamp,
    event::{Act, Actor},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

use super::*;

/// An inbox of two brands, which may be in trouble.
#[derive(Clone, Default)]
struct Stand {
    taken: Arc<Mutex<Vec<(String, Received)>>>,
    /// Brands that cannot keep anything, and those that will not.
    failing: Arc<Mutex<Vec<String>>>,
    refusing: Arc<Mutex<Vec<String>>>,
}

impl Inbox for Stand {
    async fn recipient(&self, address: &str) -> Result<Option<BrandId>, Trouble> {
        match address {
            "away@mail.example" => Err(desk::Error::from(dispatch_store::Error::Bug("away".to_owned())).into()),
            "acme@mail.example" | "acme+token@mail.example" => Ok(Some(BrandId::from("br_acme"))),
            "beta@mail.example" => Ok(Some(BrandId::from("br_beta"))),
            _ => Ok(None),
        }
    }

    async fn take(&self, brand: &BrandId, received: Received) -> Result<MailId, Trouble> {
        if self.failing.lock().unwrap().contains(&brand.to_string()) {
            return Err(desk::Error::from(dispatch_store::Error::Bug("full".to_owned())).into());
        }
        if self.refusing.lock().unwrap().contains(&brand.to_string()) {
            return Err(desk::Error::from(Refusal::Conflict("takes no mail".to_owned())).into());
        }
        self.taken.lock().unwrap().push((brand.to_string(), received));
        let clock = Clock::manual(Timestamp::parse("2026-01-02T03:04:05Z").expect("a time"));
        Ok(Act::new(Actor::system(), "email", &clock, &Entropy::seeded(1)).mint.id())
    }
}

/// A conversation with a listener that takes messages of 1,000 bytes.
struct Talk {
    socket: DuplexStream,
    stop: watch::Sender<bool>,
    inbox: Stand,
}

impl Talk {
    fn with(inbox: Stand) -> Self {
        let settings = SmtpSettings { hostname: "mail.example".to_owned(), message_bytes_max: 1_000, tls: None };
        let (socket, other) = duplex(1 << 20);
        let (stop, stopped) = watch::channel(false);
        let smtp = Smtp::new(inbox.clone(), settings);
        tokio::spawn(async move {
            smtp.converse(Wire::new(Box::new(other)), "192.0.2.1".parse().unwrap(), stopped).await;
        });
        Self { socket, stop, inbox }
    }

    fn new() -> Self {
        Self::with(Stand::default())
    }

    async fn say(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.socket.write_all(bytes.as_ref()).await.expect("it listens");
        self
    }

    /// Everything that was said, to the end of the connection.
    async fn rest(&mut self) -> String {
        let mut all = String::new();
        self.socket.read_to_string(&mut all).await.expect("text");
        all
    }

    /// The codes of everything that was said, each reply once.
    async fn codes(&mut self) -> Vec<String> {
        let all = self.rest().await;
        all.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| line[..3].to_owned()).collect()
    }

    fn taken(&self) -> Vec<(String, String)> {
        let taken = self.inbox.taken.lock().unwrap();
        taken.iter().map(|(brand, of)| (brand.clone(), String::from_utf8_lossy(&of.raw).into_owned())).collect()
    }
}

const START: &str = "EHLO client.example\r\nMAIL FROM:<jane@example.com>\r\n";
const MESSAGE: &str = "Subject: x\r\n\r\n..dot\r\n.\r\n";

#[tokio::test]
async fn commands_that_come_together_are_answered_one_by_one() {
    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nDATA\r\n{MESSAGE}NOOP\r\nQUIT\r\n")).await;
    assert_eq!(talk.codes().await, ["220", "250", "250", "250", "354", "250", "250", "221"]);
    assert_eq!(talk.taken(), [("br_acme".to_owned(), "Subject: x\r\n\r\n.dot\r\n".to_owned())]);
    let taken = talk.inbox.taken.lock().unwrap();
    let Received { envelope_from, envelope_to, helo, remote_ip, .. } = &taken[0].1;
    assert_eq!(envelope_from.as_deref(), Some("jane@example.com"));
    assert_eq!(envelope_to, &["acme@mail.example"]);
    assert_eq!(helo.as_deref(), Some("client.example"));
    assert_eq!(remote_ip.map(|ip| ip.to_string()).as_deref(), Some("192.0.2.1"));
}

#[tokio::test]
async fn what_can_be_done_is_said_and_what_cannot_is_refused() {
    let mut talk = Talk::new();
    talk.say("MAIL FROM:<a@b.example>\r\nEHLO x\r\nSTARTTLS\r\nVRFY acme\r\nEXPN acme\r\nAUTH PLAIN\r\nFOO\r\n").await;
    talk.say("RCPT TO:<acme@mail.example>\r\nDATA\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\nDATA\r\nRSET\r\nRCPT TO:<acme@mail.example>\r\n").await;
    talk.say("MAIL FROM:<a@b.example> BODY=BINARYMIME\r\nMAIL jane\r\nHELO x\r\nQUIT\r\n").await;
    let all = talk.rest().await;
    assert!(
        all.contains("250-PIPELINING\r\n") && all.contains("250 SIZE 1000\r\n") && !all.contains("STARTTLS\r\n250")
    );
    assert!(!all.contains("250-STARTTLS"));
    let codes: Vec<&str> = all.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect();
    assert_eq!(
        codes,
        [
            "220", "503", "250", "502", "252", "502", "502", "500", "503", "503", "250", "503", "554", "250", "503",
            "555", "501", "250", "221"
        ]
    );
}

#[tokio::test]
async fn only_addresses_of_brands_are_taken_and_each_brand_gets_one_message() {
    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<someone@elsewhere.example>\r\nDATA\r\n")).await;
    for to in ["acme", "nobody", "beta", "acme+token", "away"] {
        talk.say(format!("RCPT TO:<{to}@mail.example>\r\n")).await;
    }
    talk.say(format!("DATA\r\n{MESSAGE}QUIT\r\n")).await;
    let expected = ["220", "250", "250", "550", "554", "250", "550", "250", "250", "451", "354", "250", "221"];
    assert_eq!(talk.codes().await, expected);
    let brands: Vec<String> = talk.taken().into_iter().map(|(brand, _)| brand).collect();
    assert_eq!(brands, ["br_acme", "br_beta"]);
    assert_eq!(talk.inbox.taken.lock().unwrap()[0].1.envelope_to, ["acme@mail.example", "acme+token@mail.example"]);
}

#[tokio::test]
async fn a_message_that_one_brand_cannot_keep_is_to_come_again() {
    for (failing, refusing, code) in
        [(&["br_beta"][..], &[][..], "451"), (&[], &["br_beta"], "451"), (&[], &["br_acme", "br_beta"], "550")]
    {
        let inbox = Stand::default();
        inbox.failing.lock().unwrap().extend(failing.iter().map(|brand| (*brand).to_owned()));
        inbox.refusing.lock().unwrap().extend(refusing.iter().map(|brand| (*brand).to_owned()));
        let mut talk = Talk::with(inbox);
        talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nRCPT TO:<beta@mail.example>\r\n")).await;
        talk.say(format!("DATA\r\n{MESSAGE}QUIT\r\n")).await;
        assert_eq!(talk.codes().await[6], code, "{failing:?} {refusing:?}");
    }
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused_before_or_behind_it() {
    let mut talk = Talk::new();
    talk.say("EHLO x\r\nMAIL FROM:<a@b.example> SIZE=1001\r\nMAIL FROM:<a@b.example> SIZE=1000\r\n").await;
    talk.say("RCPT TO:<acme@mail.example>\r\nDATA\r\n").await;
    talk.say(format!("{}\r\n.\r\n", "x".repeat(5_000))).await;
    talk.say(format!("{}RCPT TO:<acme@mail.example>\r\nDATA\r\n{}\r\n.\r\nQUIT\r\n", &START[21..], "x".repeat(998)))
        .await;
    let expected = ["220", "250", "552", "250", "250", "354", "552", "250", "250", "354", "250", "221"];
    assert_eq!(talk.codes().await, expected);
    assert_eq!(talk.taken()[0].1.len(), 1_000);
}

#[tokio::test]
async fn nothing_is_smuggled_in_behind_an_end_that_is_none() {
    for end in ["\n.\n", "\n.\r\n", "\r\n.\n"] {
        let mut talk = Talk::new();
        talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nDATA\r\nSubject: x\r\n\r\n{end}")).await;
        talk.say("MAIL FROM:<admin@b.example>\r\nRCPT TO:<beta@mail.example>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n").await;
        assert_eq!(talk.codes().await, ["220", "250", "250", "250", "354", "550", "221"], "{end:?}");
        assert_eq!(talk.taken(), []);
    }
}

#[tokio::test]
async fn a_command_ends_with_crlf_and_is_no_longer_than_allowed() {
    let mut talk = Talk::new();
    talk.say(format!("NOOP {}\r\nNOOP\r\nNOOP\nNOOP\r\n", "x".repeat(5_000))).await;
    assert_eq!(talk.codes().await, ["220", "500", "250", "521"]);
    let mut talk = Talk::new();
    talk.say("NOOP\rNOOP\r\n").await;
    assert_eq!(talk.codes().await, ["220", "521"]);
}

#[tokio::test]
async fn pieces_of_a_message_are_put_together_and_hold_any_bytes() {
    let mut talk = Talk::new();
    talk.say(format!("{START}BDAT 5\r\nNOOP\nRCPT TO:<acme@mail.example>\r\n")).await;
    talk.say(
        "BDAT 6\r\na\n.\r\n.RCPT TO:<beta@mail.example>\r\nBDAT 4 LAST\r\n\nEndBDAT 2 LAST\r\n\r\nNOOP\r\nQUIT\r\n",
    )
    .await;
    let codes = talk.codes().await;
    assert_eq!(codes, ["220", "250", "250", "554", "503", "503", "503", "503", "503", "250", "221"]);
    assert_eq!(talk.taken(), []);

    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nBDAT 6\r\na\n.\r\n.DATA\r\n")).await;
    talk.say(format!("{}RCPT TO:<acme@mail.example>\r\nBDAT 6\r\na\n.\r\n.", &START[21..])).await;
    talk.say("RCPT TO:<beta@mail.example>\r\nBDAT 4 LAST\r\n\nEndQUIT\r\n").await;
    let expected = ["220", "250", "250", "250", "250", "503", "250", "250", "250", "503", "250", "221"];
    assert_eq!(talk.codes().await, expected);
    assert_eq!(talk.taken(), [("br_acme".to_owned(), "a\n.\r\n.\nEnd".to_owned())]);
}

#[tokio::test]
async fn a_piece_of_a_size_that_nobody_means_ends_the_connection() {
    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nBDAT 99999999999\r\n")).await;
    assert_eq!(talk.codes().await, ["220", "250", "250", "250", "552"]);
}

#[tokio::test]
async fn who_makes_too_many_errors_or_names_too_many_recipients_is_told() {
    let mut talk = Talk::new();
    talk.say("FOO\r\n".repeat(30)).await;
    let codes = talk.codes().await;
    assert_eq!((codes.len(), codes[20].as_str(), codes[21].as_str()), (22, "500", "421"));
    let mut talk = Talk::new();
    talk.say(format!("{START}{}QUIT\r\n", "RCPT TO:<acme@mail.example>\r\n".repeat(101))).await;
    let codes = talk.codes().await;
    assert_eq!((codes[102].as_str(), codes[103].as_str(), codes[104].as_str()), ("250", "452", "221"));
    let mut talk = Talk::new();
    talk.say("NOOP\r\n".repeat(2_001)).await;
    let codes = talk.codes().await;
    assert_eq!((codes.len(), codes[2_001].as_str()), (2_002, "421"));
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_for_five_minutes_is_left() {
    let mut talk = Talk::new();
    talk.say("EHLO x\r\nNOO").await;
    assert_eq!(talk.codes().await, ["220", "250", "421"]);
    // Within a message there is nobody to tell.
    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nDATA\r\nSubject: x\r\n")).await;
    assert_eq!(talk.codes().await, ["220", "250", "250", "250", "354"]);
    assert_eq!(talk.taken(), []);
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_lets_a_message_end() {
    let mut talk = Talk::new();
    talk.say("EHLO x\r\n").await;
    tokio::task::yield_now().await;
    talk.stop.send(true).expect("somebody listens");
    assert_eq!(talk.codes().await.last().map(String::as_str), Some("421"));

    let mut talk = Talk::new();
    talk.say(format!("{START}RCPT TO:<acme@mail.example>\r\nDATA\r\nSubject: x\r\n")).await;
    let mut said = String::new();
    while !said.contains("354") {
        let mut piece = [0; 1024];
        let count = talk.socket.read(&mut piece).await.expect("a reply");
        said.push_str(&String::from_utf8_lossy(&piece[..count]));
    }
    talk.stop.send(true).expect("somebody listens");
    talk.say("\r\ntext\r\n.\r\n").await;
    assert_eq!(talk.codes().await, ["250", "421"]);
    assert_eq!(talk.taken().len(), 1);
}

#[test]
fn one_address_gets_its_share_of_the_connections() {
    let open = Open::default();
    let one: IpAddr = "192.0.2.1".parse().unwrap();
    let places: Vec<Place> = (0..40).filter_map(|_| open.enter(one)).collect();
    assert_eq!(places.len(), PER_ADDRESS_MAX);
    let others: Vec<Place> = (0..400).filter_map(|n| open.enter(IpAddr::from([10, 0, 1, (n % 200) as u8]))).collect();
    assert_eq!(others.len(), CONNECTIONS_MAX - PER_ADDRESS_MAX);
    drop((places, others));
    assert!(open.map().is_empty() && open.enter(one).is_some());
}

//! `/portal/{brandSlug}`: the portal as pages, as a browser without a script uses them.

use axum::{body::Body, http::Request};
use dispatch_http::{FileCap, HttpSettings, Limits, Rate};
use dispatch_model::Clock;
use dispatch_testkit::{Answer, TestApp, TestBucket, both};
use serde_json::{Value, json};

use super::{MINUTE, token};
use crate::api::{events_of, id, mails::with_relay};

const BOUNDARY: &str = "xxBOUNDARYxx";

/// A browser on the pages of one brand, with its cookie.
struct Browser<'a> {
    app: &'a TestApp,
    cookie: String,
}

fn urlencoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The value of a hidden field of a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.text.split_once(&mark).unwrap_or_else(|| panic!("{name} in {}", page.text)).1;
    rest.split('"').next().unwrap().to_owned()
}

impl<'a> Browser<'a> {
    fn new(app: &'a TestApp) -> Self {
        Self { app, cookie: String::new() }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = request.header("cookie", format!("other=1; {}", self.cookie));
        let answer = self.app.send(request.body(body.into()).expect("a request")).await;
        let set = answer.header("set-cookie");
        if !set.is_empty() {
            self.cookie = set.split(';').next().unwrap().to_owned();
        }
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// A page that is there.
    async fn page(&mut self, path: &str) -> Answer {
        let page = self.get(path).await;
        assert_eq!(
            (page.status.as_u16(), page.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{}",
            page.text
        );
        page
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request, urlencoded(fields)).await
    }

    /// A form with files: name, type, bytes.
    async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        for (name, kind, bytes) in files {
            body.push_str(&format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n{bytes}\r\n"
            ));
        }
        body.push_str(&format!("--{BOUNDARY}--\r\n"));
        let request = Request::post(path)
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("content-length", body.len())
            .header("sec-fetch-site", "same-origin");
        let pieces: Vec<_> =
            body.into_bytes().chunks(60_000).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        self.send(request, Body::from_stream(futures_util::stream::iter(pieces))).await
    }

    /// Signs in with a token that staff has made.
    async fn signed_in(app: &'a TestApp, brand: &str, email: &str) -> Self {
        Self { app, cookie: format!("dispatch_portal={}", token(app, brand, email).await) }
    }
}

both! {
    /// From the link in the mail to a ticket with a file, an answer that opens it again, and the way out.
    async fn a_customer_does_everything_without_a_script(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "portalSignup": true, "iconUrl": "https://cdn.example/a.png" })).await.ok();
        let (relay, app) = with_relay(app).await;
        let mut browser = Browser::new(&app);
        let start = browser.page("/portal/acme").await;
        assert!(start.text.contains("type=\"email\"") && start.text.contains("https://cdn.example/a.png"), "{}", start.text);
        let asked = browser.post("/portal/acme/link", &[("email", "Jane@Example.com")]).await;
        assert!(asked.status.as_u16() == 200 && asked.text.contains("Look into your mail"), "{}", asked.text);
        app.drain().await;
        let text = relay.taken()[0].text();
        let token = text.split_once("https://desk.example/portal/acme?token=").expect("a link to the page").1;
        let token = token.split_whitespace().next().unwrap();
        // A program that looks into mail opens the link: nothing is spent.
        for _ in 0..3 {
            assert!(browser.page(&format!("/portal/acme?token={token}")).await.text.contains("Sign in"));
        }
        let signed = browser.post("/portal/acme/sign-in", &[("token", token)]).await;
        assert_eq!((signed.status.as_u16(), signed.header("location")), (303, "/portal/acme"));
        let set = signed.header("set-cookie").to_owned();
        assert!(set.starts_with("dispatch_portal=pt_") && set.ends_with("; HttpOnly; SameSite=Lax; Path=/portal/acme; Max-Age=604800; Secure"), "{set}");
        let again = Browser::new(&app).post("/portal/acme/sign-in", &[("token", token)]).await;
        assert!(again.status.as_u16() == 400 && again.header("set-cookie").is_empty(), "once");
        let list = browser.page("/portal/acme").await;
        assert!(list.text.contains("jane@example.com") && list.text.contains("Nothing is open"), "{}", list.text);
        // A new request with two files, one of them with a name that leads elsewhere.
        let form = browser.page("/portal/acme/new").await;
        let (csrf, once) = (hidden(&form, "csrf"), hidden(&form, "once"));
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("title", "Printer & \"ink\""), ("body", "It is\r\n<b>broken</b>")];
        let files = [("note.txt", "text/plain", "hello"), ("../../etc/passwd", "text/html", "<script>1</script>"), ("", "application/octet-stream", "")];
        let made = browser.post_files("/portal/acme/new", &fields, &files).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (303, "/portal/acme/tickets/DT-1001"), "{}", made.text);
        // The same once more, by going back or pressing twice: nothing more comes of it.
        let twice = browser.post_files("/portal/acme/new", &fields, &files).await;
        assert_eq!(twice.status.as_u16(), 303, "{}", twice.text);
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 1);
        let ticket = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!((&ticket["title"], &ticket["source"], &ticket["body"]), (&json!("Printer & \"ink\""), &json!("portal"), &json!("It is\n<b>broken</b>")));
        let path = format!("{brand}/tickets/{}", id(&ticket));
        app.post(&format!("{path}/comments"), json!({ "body": "Which one? See https://a.example/x.", "authorType": "STAFF" })).await.created();
        app.post(&format!("{path}/comments"), json!({ "body": "secret note", "isInternal": true, "authorType": "STAFF" })).await.created();
        app.patch(&path, json!({ "status": "resolved" })).await.ok();
        let page = browser.page("/portal/acme/tickets/DT-1001").await;
        for shown in ["Printer &amp; &quot;ink&quot;", "<b>broken</b>", "Which one?", "note.txt", "5 bytes", ".._.._etc_passwd", "open it again"] {
            assert!(page.text.contains(shown), "{shown} in {}", page.text);
        }
        assert!(!page.text.contains("secret note") && !page.text.contains("<script"), "{}", page.text);
        // A file, by a fresh link.
        let href = page.text.split("href=\"").find(|rest| rest.contains("/files/") && rest.contains("note.txt")).unwrap();
        let file = browser.get(href.split('"').next().unwrap()).await;
        assert_eq!(file.status.as_u16(), 303);
        let bytes = app.follow("GET", file.header("location"), &[], "").await;
        assert_eq!((bytes.status.as_u16(), bytes.text.as_str()), (200, "hello"));
        // An answer opens it again.
        let fields = [("csrf", csrf.as_str()), ("once", &hidden(&page, "once")), ("body", "The big one.")];
        let answered = browser.post_files("/portal/acme/tickets/DT-1001", &fields, &[("more.txt", "text/plain", "more")]).await;
        assert_eq!((answered.status.as_u16(), answered.header("location")), (303, "/portal/acme/tickets/DT-1001#end"), "{}", answered.text);
        browser.post_files("/portal/acme/tickets/DT-1001", &fields, &[("more.txt", "text/plain", "more")]).await;
        let page = browser.page("/portal/acme/tickets/DT-1001").await;
        assert_eq!((page.text.matches("The big one.").count(), page.text.matches("more.txt").count()), (1, 1), "{}", page.text);
        assert_eq!(app.get(&path).await.ok()["status"], "open");
        assert!(browser.page("/portal/acme?status=active").await.text.contains("DT-1001"));
        assert!(!browser.page("/portal/acme?status=inactive").await.text.contains("DT-1001"));
        let out = browser.post("/portal/acme/sign-out", &[("csrf", &csrf)]).await;
        assert!(out.status.as_u16() == 303 && out.header("set-cookie").contains("Max-Age=0"), "{:?}", out.headers);
        browser.cookie = set.split(';').next().unwrap().to_owned();
        assert!(browser.page("/portal/acme").await.text.contains("type=\"email\""), "the session has ended, not only the cookie");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn nobody_sees_what_is_not_theirs(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ticket = app.ticket(&brand, json!({ "title": "Of Jane", "customerEmail": "jane@example.com" })).await;
        let spam = app.ticket(&brand, json!({ "title": "Spam", "customerEmail": "eve@example.com" })).await;
        app.post(&format!("{brand}/tickets/{}/spam", id(&spam)), json!({ "isSpam": true })).await.ok();
        let mut joe = Browser::signed_in(app, &brand, "joe@example.com").await;
        let csrf = hidden(&joe.page("/portal/acme/new").await, "csrf");
        for number in [id(&ticket), "DT-1001", id(&spam), "DT-1002", "DT-9", "..%2F..%2Ftickets", "x%0d%0ay", "%FF"] {
            let page = joe.get(&format!("/portal/acme/tickets/{number}")).await;
            assert_eq!(page.status.as_u16(), 404, "{number}");
            assert!(!page.text.contains("Of Jane"), "{}", page.text);
            let sent = joe.post(&format!("/portal/acme/tickets/{number}"), &[("csrf", &csrf), ("body", "x")]).await;
            assert_eq!(sent.status.as_u16(), 404, "{number}");
            assert_eq!(joe.get(&format!("/portal/acme/tickets/{number}/files/att_x")).await.status.as_u16(), 404);
        }
        assert!(!joe.page("/portal/acme?status=all").await.text.contains("DT-"));
        // A token of another brand, of staff, or none: where one signs in.
        let of_other = token(app, &other, "jane@example.com").await;
        for cookie in [format!("dispatch_portal={of_other}"), format!("dispatch_portal={}", app.key), String::new()] {
            let mut browser = Browser { app, cookie };
            assert!(browser.page("/portal/acme").await.text.contains("type=\"email\"") || !app.app.mailroom().can_send());
            for path in ["/new", "/tickets/DT-1001", "/tickets/DT-1001/files/att_x"] {
                let answer = browser.get(&format!("/portal/acme{path}")).await;
                assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/portal/acme"), "{path}");
            }
        }
        for nowhere in ["/portal/nobody", "/portal/%FF", "/portal/nobody/new", "/portal/acme/what"] {
            assert_eq!(joe.get(nowhere).await.status.as_u16(), 404, "{nowhere}");
        }
        app.call(&app.key, "DELETE", &format!("{brand}?confirm=true"), Value::Null).await.ok();
        assert_eq!(joe.get("/portal/acme").await.status.as_u16(), 404, "a deleted brand has no portal");
    }

    /// A form counts only from our own page.
    async fn forms_of_other_pages_do_nothing(app) {
        let brand = app.brand("acme").await;
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let csrf = hidden(&jane.page("/portal/acme/new").await, "csrf");
        let body = |csrf: &str| urlencoded(&[("csrf", csrf), ("title", "x"), ("body", "y"), ("email", "a@b.example"), ("token", "t")]);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "null")] {
            for path in ["/new", "/link", "/sign-in", "/sign-out", "/tickets/DT-1001"] {
                let request = Request::post(format!("/portal/acme{path}"))
                    .header("content-type", "application/x-www-form-urlencoded")
                    .header(name, value);
                assert_eq!(jane.send(request, body(&csrf)).await.status.as_u16(), 403, "{path} {name} {value}");
            }
        }
        for wrong in ["", "0", &csrf[1..]] {
            let kept = jane.post("/portal/acme/new", &[("csrf", wrong), ("title", "x")]).await;
            assert!(kept.status.as_u16() == 400 && kept.text.contains("open for too long"), "{}", kept.text);
            jane.post("/portal/acme/sign-out", &[("csrf", wrong)]).await;
        }
        assert!(events_of(app, &brand, "ticket.created").await.is_empty());
        assert!(jane.page("/portal/acme").await.text.contains("jane@example.com"), "still signed in");
    }

    async fn what_is_wrong_is_said_and_what_was_typed_is_kept(app) {
        let brand = app.brand("acme").await;
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let csrf = hidden(&jane.page("/portal/acme/new").await, "csrf");
        let evil = "</textarea><script>alert(1)</script>";
        let sent = jane.post_files("/portal/acme/new", &[("csrf", &csrf), ("title", " "), ("body", evil)], &[]).await;
        assert_eq!(sent.status.as_u16(), 400);
        assert!(sent.text.contains("id=\"title-wrong\"") && sent.text.contains("aria-describedby=\"title-wrong\"") && sent.text.contains("&lt;/textarea&gt;&lt;script&gt;"), "{}", sent.text);
        let many = vec![("a.txt", "text/plain", "a"); 11];
        let sent = jane.post_files("/portal/acme/new", &[("csrf", &csrf), ("title", "kept")], &many).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("Only 10 files") && sent.text.contains("value=\"kept\""), "{}", sent.text);
        let sent = jane.post_files("/portal/acme/new", &[("csrf", &csrf), ("title", "x"), ("body", "kept")], &[(&"n".repeat(300), "text/plain", "a")]).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("id=\"files-wrong\"") && sent.text.contains("kept"), "{}", sent.text);
        let texts = vec![("x", "y"); 30];
        assert_eq!(jane.post_files("/portal/acme/new", &texts, &[]).await.status.as_u16(), 400);
        let sent = jane.post_files("/portal/acme/new", &[("csrf", &csrf), ("title", "x")], &[("nothing.txt", "text/plain", "")]).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("nothing.txt is empty."), "{}", sent.text);
        // What a browser calls a file may be no media type.
        let odd = jane.post_files("/portal/acme/new", &[("csrf", &csrf), ("title", "odd"), ("once", "1")], &[("a.bin", "what is this", "a")]).await;
        assert_eq!(odd.header("location"), "/portal/acme/tickets/DT-1001", "{}", odd.text);
        for (kind, body) in [("multipart/form-data", "x"), ("multipart/form-data; boundary=b", "--b\r\nContent-"), ("text/plain", "title=x")] {
            let request = Request::post("/portal/acme/new").header("content-type", kind).header("sec-fetch-site", "same-origin");
            assert_eq!(jane.send(request, body).await.status.as_u16(), 400, "{kind}");
        }
        let endless = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}", "a".repeat(6 * 1024 * 1024));
        let pieces: Vec<Result<String, std::io::Error>> = endless.as_bytes().chunks(64 * 1024).map(|piece| Ok(String::from_utf8_lossy(piece).into_owned())).collect();
        let request = Request::post("/portal/acme/new")
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin");
        let sent = jane.send(request, Body::from_stream(futures_util::stream::iter(pieces))).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("did not arrive"), "{}", sent.text);
        assert!(events_of(app, &brand, "ticket.created").await.iter().all(|event| event["data"]["ticket"]["title"] == "odd"));
        let ticket = app.ticket(&brand, json!({ "title": evil, "body": evil, "customerEmail": "jane@example.com" })).await;
        let path = format!("/portal/acme/tickets/{}", id(&ticket));
        let sent = jane.post(&path, &[("csrf", &csrf), ("body", "")]).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("id=\"body-wrong\""), "{}", sent.text);
        assert!(!sent.text.contains("<script"), "{}", sent.text);
        let list = jane.page("/portal/acme").await;
        assert!(!list.text.contains("<script") && list.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!((list.header("cache-control"), list.header("referrer-policy")), ("no-store", "same-origin"));
    }

    /// Larger than what is in memory at once, up to what the server takes; and none of it stays when it is too much.
    async fn files_go_by_the_disk(app) {
        let brand = app.brand("acme").await;
        let settings = HttpSettings { file_cap: FileCap(3 * 1024 * 1024), ..app.app.settings().clone() };
        let app = app.with_settings(settings);
        let mut jane = Browser::signed_in(&app, &brand, "jane@example.com").await;
        let form = jane.page("/portal/acme/new").await;
        assert!(form.text.contains("3 MB each at most"), "{}", form.text);
        let csrf = hidden(&form, "csrf");
        let (fits, large) = ("y".repeat(3 * 1024 * 1024), "x".repeat(3 * 1024 * 1024 + 1));
        let fields = [("csrf", csrf.as_str()), ("once", "1"), ("title", "Two films"), ("body", "kept")];
        let sent = jane.post_files("/portal/acme/new", &fields, &[("small", "text/plain", "a"), ("film<b>", "video/mp4", &large)]).await;
        for said in ["film&lt;b&gt; is too large: a file may have 3 MB.", "choose your files again", "value=\"Two films\"", "kept"] {
            assert!(sent.status.as_u16() == 400 && sent.text.contains(said), "{said} in {}", sent.text);
        }
        let four = vec![("film", "video/mp4", fits.as_str()); 4];
        let sent = jane.post_files("/portal/acme/new", &fields, &four).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("6 MB") && sent.text.contains("Two films"), "{}", sent.text);
        let foreign = [("csrf", "wrong"), ("once", "1"), ("title", "Two films")];
        let sent = jane.post_files("/portal/acme/new", &foreign, &[("film", "video/mp4", &fits)]).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("open for too long") && sent.text.contains("Two films"), "{}", sent.text);
        assert!(events_of(&app, &brand, "ticket.created").await.is_empty());
        let made = jane.post_files("/portal/acme/new", &fields, &[("film", "video/mp4", &fits)]).await;
        assert_eq!(made.header("location"), "/portal/acme/tickets/DT-1001", "{}", made.text);
        let page = jane.page("/portal/acme/tickets/DT-1001").await;
        assert!(page.text.contains("3.0 MB"), "{}", page.text);
        // The same again makes nothing; the same page with other words does.
        jane.post_files("/portal/acme/new", &fields, &[("film", "video/mp4", &fits)]).await;
        let other = [("csrf", csrf.as_str()), ("once", "1"), ("title", "Another thing")];
        assert_eq!(jane.post_files("/portal/acme/new", &other, &[]).await.header("location"), "/portal/acme/tickets/DT-1002");
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 2);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn files_go_to_a_bucket_as_well(app) {
        let brand = app.brand("acme").await;
        let bucket = TestBucket::start().await;
        let app = app.with_files(bucket.files(Clock::System));
        let mut jane = Browser::signed_in(&app, &brand, "jane@example.com").await;
        let csrf = hidden(&jane.page("/portal/acme/new").await, "csrf");
        let film = "z".repeat(1_500_000);
        let fields = [("csrf", csrf.as_str()), ("once", "1"), ("title", "A film")];
        let made = jane.post_files("/portal/acme/new", &fields, &[("film.mp4", "video/mp4", &film), ("n.txt", "text/plain", "hello")]).await;
        assert_eq!(made.header("location"), "/portal/acme/tickets/DT-1001", "{}", made.text);
        assert_eq!(bucket.count("files"), 2);
        let page = jane.page("/portal/acme/tickets/DT-1001").await;
        let href = page.text.split("href=\"").find(|rest| rest.contains("/files/") && rest.contains("film.mp4")).unwrap();
        let file = jane.get(href.split('"').next().unwrap()).await;
        let got = app.follow("GET", file.header("location"), &[], "").await;
        assert_eq!((got.status.as_u16(), got.text.len()), (200, film.len()));
    }

    /// Whoever wrote for longer than a session lasts, or while the ticket was merged, gets back what they wrote.
    async fn what_was_written_in_vain_is_not_lost(app) {
        let brand = app.brand("acme").await;
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let form = jane.page("/portal/acme/new").await;
        let (csrf, once) = (hidden(&form, "csrf"), hidden(&form, "once"));
        let one = app.ticket(&brand, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        let two = app.ticket(&brand, json!({ "title": "Two", "customerEmail": "jane@example.com" })).await;
        app.post(&format!("{brand}/tickets/{}/merge", id(&two)), json!({ "sourceTicketIds": [id(&one)] })).await.ok();
        let path = format!("/portal/acme/tickets/{}", id(&one));
        let fields = [("csrf", csrf.as_str()), ("once", once.as_str()), ("title", "A <title>"), ("body", "long words")];
        let sent = jane.post_files(&path, &fields, &[]).await;
        assert!(sent.status.as_u16() == 400 && sent.text.contains("long words") && sent.text.contains("goes on as"), "{} {}", sent.status, sent.text);
        app.advance_ms(61 * MINUTE);
        for path in ["/portal/acme/new", path.as_str()] {
            for files in [&[][..], &[("a.txt", "text/plain", "a")]] {
                let sent = jane.post_files(path, &fields, files).await;
                assert_eq!(sent.status.as_u16(), 401, "{path}");
                assert!(sent.text.contains("A &lt;title&gt;") && sent.text.contains("long words") && !sent.text.contains(&csrf), "{}", sent.text);
            }
        }
        assert_eq!(events_of(app, &brand, "ticket.created").await.len(), 2);
    }

    /// Pages draw on the buckets of the API: of the address of nobody, else of the customer.
    async fn pages_are_counted(app) {
        let brand = app.brand("acme").await;
        let small = Rate { capacity: 3, per_second: 0.001 };
        let large = Rate { capacity: 1_000, per_second: 100.0 };
        let limits = Some(Limits { caller: large, portal: small, public: small, sign_in: small });
        let app = app.with_settings(HttpSettings { limits, ..app.app.settings().clone() });
        let mut nobody = Browser::new(&app);
        for path in ["/portal/acme", "/portal/acme/new", "/portal/unknown"] {
            assert_ne!(nobody.get(path).await.status.as_u16(), 429, "{path}");
        }
        for path in ["/portal/acme", "/portal/acme/tickets/DT-1", "/portal/unknown", "/portal/acme?token=x"] {
            assert_eq!(nobody.get(path).await.status.as_u16(), 429, "{path}");
        }
        assert_eq!(nobody.post("/portal/acme/link", &[("email", "a@b.example")]).await.status.as_u16(), 429);
        let mut jane = Browser::signed_in(&app, &brand, "jane@example.com").await;
        assert_eq!(jane.get("/portal/acme/new").await.status.as_u16(), 200, "of her own");
        jane.get("/portal/acme").await;
        assert_eq!(jane.get("/portal/acme/new").await.status.as_u16(), 429);
    }

    /// Forms of a customer that never end keep out a third one of theirs, and nobody else.
    async fn slow_forms_hold_up_nobody_else(app) {
        let brand = app.brand("acme").await;
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let mut joe = Browser::signed_in(app, &brand, "joe@example.com").await;
        let slow = |cookie: &str| {
            let request = Request::post("/portal/acme/new")
                .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
                .header("sec-fetch-site", "same-origin")
                .header("cookie", cookie);
            let never = futures_util::stream::pending::<Result<String, std::io::Error>>();
            Box::pin(app.send(request.body(Body::from_stream(never)).expect("a request")))
        };
        let (one, two) = (slow(&jane.cookie), slow(&jane.cookie));
        let meanwhile = async {
            for _ in 0..1_000 {
                if jane.post("/portal/acme/new", &[("csrf", "x")]).await.status.as_u16() == 503 {
                    return joe.post("/portal/acme/new", &[("csrf", "x")]).await.status.as_u16();
                }
            }
            0
        };
        let others = tokio::select! { _ = one => 1, _ = two => 2, status = meanwhile => status };
        assert_eq!(others, 400, "Joe's form was read");
        assert_eq!(jane.post("/portal/acme/new", &[("csrf", "x")]).await.status.as_u16(), 400, "whoever goes leaves their place");
    }

    /// It goes on while somebody looks at pages, and ends an hour after the last one, or after seven days.
    async fn a_session_goes_on_with_use(app) {
        let brand = app.brand("acme").await;
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let is_in = async |browser: &mut Browser<'_>| browser.page("/portal/acme").await.text.contains("jane@example.com");
        for _ in 0..200 {
            app.advance_ms(50 * MINUTE);
            assert!(is_in(&mut jane).await);
        }
        app.advance_ms(61 * MINUTE);
        assert!(!is_in(&mut jane).await);
        let mut week = Browser::signed_in(app, &brand, "jane@example.com").await;
        for _ in 0..7 * 24 {
            app.advance_ms(59 * MINUTE);
            assert!(is_in(&mut week).await);
        }
        app.advance_ms(7 * 24 * MINUTE + 1);
        assert!(!is_in(&mut week).await, "seven days are over");
    }

    async fn lists_are_paged_and_old_addresses_lead_on(app) {
        let brand = app.brand("acme").await;
        for number in 0..25 {
            app.ticket(&brand, json!({ "title": format!("No. {number}"), "customerEmail": "jane@example.com" })).await;
        }
        let mut jane = Browser::signed_in(app, &brand, "jane@example.com").await;
        let first = jane.page("/portal/acme").await;
        assert_eq!(first.text.matches("class=\"title\"").count(), 20);
        let next = first.text.split("href=\"").find(|rest| rest.contains("cursor=")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        let second = jane.page(&next).await;
        assert_eq!(second.text.matches("class=\"title\"").count(), 5);
        assert_eq!(jane.get("/portal/acme?cursor=made-up").await.header("location"), "/portal/acme");
        app.patch(&brand, json!({ "slug": "acme-two" })).await.ok();
        let moved = jane.get("/portal/acme").await;
        assert_eq!((moved.status.as_u16(), moved.header("location")), (303, "/portal/acme-two"));
    }

    /// Without a relay nobody could get a link: the page says so instead of promising one.
    async fn a_help_desk_without_mail_says_so(app) {
        let brand = app.brand("acme").await;
        let page = Browser::new(app).page("/portal/acme").await;
        assert!(page.text.contains("sends no mail") && page.text.contains("acme@") && !page.text.contains("<form"), "{}", page.text);
        let relay = json!({ "host": "127.0.0.1", "port": 1, "tls": false, "fromEmail": "help@acme.example" });
        app.put(&format!("{brand}/mail-relay"), relay).await.ok();
        assert!(Browser::new(app).page("/portal/acme").await.text.contains("type=\"email\""));
    }
}

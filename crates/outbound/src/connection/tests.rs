//! What is sent to Slack, Jira and others, and what their answers mean. The whole of it is tried against stand-ins with the server.

use dispatch_model::Timestamp;

use super::*;

const CLOCK: Timestamp = Timestamp::from_millis(1_767_323_045_000);

fn jira() -> Target {
    Target::Jira {
        site_url: "https://jira.example/base".to_owned(),
        email: "ana@acme.example".to_owned(),
        api_token: "sesame-open".to_owned(),
        project_key: "ENG".to_owned(),
        issue_type: "Task".to_owned(),
        labels: vec!["support".to_owned(), "DT-1".to_owned()],
    }
}

fn issue(summary: &str) -> Message {
    Message::Jira {
        summary: summary.to_owned(),
        description: "ä".repeat(40_000),
        issue_type: Some("Bug".to_owned()),
        ticket_number: "DT-1".to_owned(),
    }
}

fn sent(target: &Target, message: &Message) -> (Request, Value) {
    let request = call(target, message).expect("a call").request;
    let body = serde_json::from_slice(&request.body).unwrap_or_default();
    (request, body)
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let mut all = request.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let first = all.next().map(|(_, value)| value.as_str());
    assert!(all.next().is_none(), "{name} is there once");
    first
}

fn answered(status: u16, body: &str) -> Outcome {
    let error = (!(200..300).contains(&status)).then(|| format!("the receiver answered {status}"));
    Outcome { status: Some(status), body: Some(body.to_owned()), error, ..Outcome::default() }
}

#[test]
fn an_issue_is_one_that_jira_takes() {
    let (request, body) = sent(&jira(), &issue(&format!("[DT-1]\r\n {}", "ü".repeat(300))));
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://jira.example/base/rest/api/2/issue"));
    assert_eq!(header(&request, "authorization"), Some("Basic YW5hQGFjbWUuZXhhbXBsZTpzZXNhbWUtb3Blbg=="));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let fields = &body["fields"];
    let summary = fields["summary"].as_str().expect("a summary");
    assert!(summary.chars().count() == 255 && summary.starts_with("[DT-1]   ü") && summary.ends_with('…'), "{summary}");
    assert_eq!(fields["description"].as_str().expect("a text").chars().count(), 32_767);
    assert_eq!(fields["labels"], json!(["DT-1", "support"]));
    assert_eq!((&fields["issuetype"]["name"], &fields["project"]["key"]), (&json!("Bug"), &json!("ENG")));
    assert_eq!(sent(&jira(), &issue(" \n")).1["fields"]["summary"], "-");
}

#[test]
fn an_http_call_carries_its_headers_and_one_type() {
    let target = |own: &[(&str, &str)], method| Target::Http {
        url: "https://crm.example/in".to_owned(),
        method,
        headers: own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        timeout: Duration::from_secs(3),
    };
    let message = |body: Option<&str>| Message::Http { body: body.map(str::to_owned), event_id: "evt_1".to_owned() };
    let (request, _) = sent(&target(&[("X-Key", "k")], HttpMethod::Put), &message(Some("{}")));
    assert_eq!((request.method.as_str(), request.timeout), ("PUT", Duration::from_secs(3)));
    assert_eq!((header(&request, "x-key"), header(&request, "webhook-id")), (Some("k"), Some("evt_1")));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let (request, _) = sent(&target(&[("Content-Type", "application/x+json")], HttpMethod::Post), &message(Some("{}")));
    assert_eq!(header(&request, "content-type"), Some("application/x+json"));
    let (request, _) = sent(&target(&[], HttpMethod::Get), &message(None));
    assert_eq!((header(&request, "content-type"), request.body.len()), (None, 0));
}

#[test]
fn a_message_of_another_kind_is_not_sent() {
    assert!(call(&jira(), &Message::Slack { text: "x".to_owned() }).is_none());
    assert!(project(&Target::Slack { webhook_url: "https://x.example".to_owned() }).is_none());
}

#[test]
fn an_issue_is_known_by_its_key() {
    let told = of_new_issue(&jira(), &answered(201, r#"{"id":"1","key":"ENG-24","self":"https://x.example"}"#));
    let issue = told.issue.expect("an issue");
    assert!(told.ok);
    assert_eq!((issue.key.as_str(), issue.url.as_str()), ("ENG-24", "https://jira.example/base/browse/ENG-24"));
    for body in ["", "<html>Sign in</html>", "{}", "[]", r#"{"key":"../x-1"}"#, r#"{"key":"ENG-"}"#, r#"{"key":"-1"}"#]
    {
        let told = of_new_issue(&jira(), &answered(200, body));
        assert!(!told.ok && told.issue.is_none(), "{body}");
    }
}

#[test]
fn what_jira_says_is_told_without_the_words_of_the_ticket() {
    let body =
        r#"{"errorMessages":["No."],"errors":{"summary":"'Jane is angry' is bad","issuetype":"Specify a type"}}"#;
    let told = of_new_issue(&jira(), &answered(400, body));
    assert_eq!(told.message, "Jira answered 400: No.; summary is refused; issuetype: Specify a type");
    assert_eq!(
        of_project(&jira(), &answered(401, "no JSON")).message,
        "Jira answered 401: email and API token are not accepted"
    );
    let long = format!("{{\"expand\":\"{}", "x".repeat(KEEP_BYTES));
    assert!(of_project(&jira(), &answered(200, &long)).ok, "longer than what is looked at");
    assert!(!of_project(&jira(), &answered(200, "<html>")).ok);
}

#[test]
fn slack_is_told_by_its_word() {
    let target = Target::Slack { webhook_url: "https://hooks.slack.com/services/T/B/x".to_owned() };
    assert_eq!(of_slack(&target, &answered(200, "ok")).message, "posted");
    assert_eq!(of_slack(&target, &answered(404, "no_service")).message, "Slack answered 404: no_service");
    assert_eq!(of_slack(&target, &answered(500, "<html>secret</html>")).message, "Slack answered 500");
    let (request, body) = sent(&target, &Message::Slack { text: "a \"b\"".to_owned() });
    assert_eq!((request.method.as_str(), body), ("POST", json!({ "text": "a \"b\"" })));
}

#[test]
fn a_secret_that_comes_back_is_not_told() {
    let hidden = ["sesame-open".to_owned(), "ab".to_owned()];
    assert_eq!(without(&hidden, "user sesame-open\nis about"), "user ... is about");
    assert_eq!(without(&hidden, &"x".repeat(1000)).len(), 300);
}

#[tokio::test]
async fn nobody_who_may_not_be_called_is_and_the_address_is_not_told() {
    let outbound = Outbound::new(false).expect("a way out");
    let target = Target::Slack { webhook_url: "https://127.0.0.1:1/services/T/B/hidden".to_owned() };
    let answer = outbound.call(&target, &Message::Slack { text: "x".to_owned() }, &Clock::manual(CLOCK)).await;
    assert_eq!((answer.ok, answer.message.as_str()), (false, "target address not allowed"));
    let open = Outbound::new(true).expect("a way out");
    let target = Target::Slack { webhook_url: "http://127.0.0.1:1/services/T/B/hidden".to_owned() };
    let answer = open.call(&target, &Message::Slack { text: "x".to_owned() }, &Clock::manual(CLOCK)).await;
    assert!(!answer.ok && answer.status.is_none() && !answer.message.contains("hidden"), "{answer:?}");
}

//! What the measured requests look like.

use super::*;

fn filled() -> Filled {
    Filled {
        target: Target::local(8080, Some("sk_live_x".to_owned())),
        brand_ids: (0..20).map(|n| format!("br_{n}")).collect(),
        tickets: (0..600).map(|n| (n % 20, format!("tkt_{n}"))).collect(),
    }
}

fn text(template: &Template, sequence: u64) -> String {
    let mut out = Vec::new();
    template.fill(sequence, &mut out);
    String::from_utf8(out).unwrap()
}

fn body(request: &str) -> serde_json::Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn updates_change_the_ticket_each_time() {
    let update = &filled().workload(Operation::Update)[5];
    let (one, two) = (text(update, 1), text(update, 2));
    assert!(one.starts_with("PATCH /v1/brands/br_"));
    assert_ne!(body(&one)["title"], body(&two)["title"]);
}

#[test]
fn creates_carry_a_whole_ticket_and_known_or_new_customers() {
    let creates = filled().workload(Operation::Create);
    let known = text(&creates[3], 1);
    assert!(known.starts_with("POST /v1/brands/br_3/tickets "));
    let email = body(&known)["customerEmail"].as_str().unwrap().to_owned();
    assert!(email.starts_with("guest0000000") && email.ends_with("@example.com"), "{email}");
    let new = body(&text(&creates[3], 3))["customerEmail"].clone();
    assert_eq!(new, "guest50000001@example.com");
    let hot = filled().workload(Operation::CreateHot);
    assert!(hot.iter().all(|one| text(one, 1).starts_with("POST /v1/brands/br_0/tickets ")));
}

#[test]
fn a_request_on_a_ticket_names_the_brand_of_that_ticket() {
    for get in filled().workload(Operation::Get) {
        let line = text(&get, 0);
        let mut parts = line.split(['/', ' ']);
        let brand: usize = parts.nth(4).unwrap()[3..].parse().unwrap();
        let ticket: usize = parts.nth(1).unwrap()[4..].parse().unwrap();
        assert_eq!(ticket % 20, brand);
    }
}

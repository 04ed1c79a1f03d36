//! Which message becomes the ticket, and what the requests look like.

use serde_json::Value;

use super::*;

fn turn(number: u8, text: &str, intent: &str, slots: &[&str]) -> Turn {
    Turn {
        id: format!("<CONV>c1<TURN>{number}"),
        number: f64::from(number),
        text: text.to_owned(),
        slots: slots.iter().map(|slot| (*slot).to_owned()).collect(),
        intent: intent.to_owned(),
    }
}

fn conversation(turns: Vec<Turn>) -> Conversation {
    Conversation { id: "c1".to_owned(), domain: "airline".to_owned(), turns }
}

#[test]
fn the_first_informative_message_is_the_ticket_and_the_rest_are_comments() {
    let story = story(
        &conversation(vec![
            turn(0, "hi", "openinggreeting", &[]),
            turn(2, "mumbai", "contentonly", &["city"]),
            turn(4, "book a\nflight", "bookflight<div>getseatinfo", &["date", "city"]),
            turn(6, "thanks", "thankyou", &[]),
        ]),
        3,
    );
    let ticket: Value = serde_json::from_slice(&story.ticket).unwrap();
    assert_eq!(story.brand, 3);
    assert_eq!(ticket["title"], "book a flight");
    assert_eq!(ticket["body"], "book a\nflight");
    assert_eq!(ticket["sourceId"], "c1");
    assert_eq!(ticket["customFields"]["intent"], "bookflight,getseatinfo");
    assert_eq!(ticket["customFields"]["slots"], json!(["city", "date"]));
    let texts: Vec<Value> = story
        .comments
        .iter()
        .map(|comment| serde_json::from_slice::<Value>(&comment.body).unwrap()["body"].clone())
        .collect();
    assert_eq!(texts, ["hi", "mumbai", "thanks"]);
}

#[test]
fn without_a_wish_the_first_content_counts_and_without_that_the_first_message() {
    let content = [turn(0, "hi", "openinggreeting", &[]), turn(2, "42", "contentonly", &[])];
    assert_eq!(informative(&content), 1);
    let greeting = [turn(0, "hi", "openinggreeting", &[]), turn(2, "ok", "confirmation", &[])];
    assert_eq!(informative(&greeting), 0);
}

#[test]
fn a_long_text_is_cut_at_a_word() {
    let long = "wörter ".repeat(200);
    let cut = title(&long);
    assert!(cut.chars().count() <= 500 && cut.ends_with("wörter…"), "{cut}");
    assert_eq!(title(&"x".repeat(600)).chars().count(), 500);
    assert_eq!(title("short\ttext"), "short text");
}

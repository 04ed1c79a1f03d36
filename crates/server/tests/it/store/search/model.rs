//! Random texts and questions in several scripts: both databases answer as a plain model does.

use dispatch_model::words;
use dispatch_testkit::both;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::json;

use super::{customers, tickets};

/// Texts of a few short words each, so that many meet; with what means something to a database or a browser.
fn texts(runner: &mut TestRunner, count: usize) -> Vec<String> {
    let word = "[abc]{1,3}|[ABÉé]{1,2}|[αΣςσ]{1,2}|[жЁё]{1,2}|[東京都]{1,3}|[かきガ]{1,2}|[가나]{1,2}|[กข]{1,2}|[0-2]{1,2}|ß|ﬁ|AND|OR|<b>|&amp;|[\"'*:\\\\()<&;-]";
    let text = proptest::string::string_regex(&format!("(({word})[ .,-]?){{1,6}}")).unwrap();
    (0..count).map(|_| text.new_tree(runner).unwrap().current()).collect()
}

/// The rule of the contract, word by word.
fn matches(texts: &[&str], asked: &[String]) -> bool {
    let all: Vec<String> = texts.iter().flat_map(|text| words::words(text)).collect();
    !asked.is_empty() && asked.iter().all(|asked| all.iter().any(|word| word.starts_with(asked.as_str())))
}

both! {
    async fn both_databases_answer_as_the_model_does(app) {
        let brand = app.brand("acme").await;
        let other = app.brand("other").await;
        let mut runner = TestRunner::deterministic();
        let (count, mut all) = (60, Vec::new());
        let (titles, bodies) = (texts(&mut runner, count), texts(&mut runner, count));
        let (comments, names) = (texts(&mut runner, count), texts(&mut runner, count));
        for place in 0..count {
            let title = format!("t{}", titles[place]);
            let (name, email) = (format!("n{}", names[place]), format!("c{place}@x.io"));
            let body = json!({ "title": title, "body": bodies[place], "customerEmail": email, "customerName": name });
            app.ticket(&other, body.clone()).await;
            let ticket = app.ticket(&brand, body).await;
            let path = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
            let comment = format!("c{}", comments[place]);
            app.post(&path, json!({ "body": comment })).await.created();
            let number = ticket["ticketNumber"].as_str().unwrap().to_owned();
            all.push((ticket["number"].as_i64().unwrap(), [title, bodies[place].clone(), number, comment, name, email]));
        }
        let mut found_any = 0;
        for asked in texts(&mut runner, 250) {
            let words = words::query(&asked);
            let of = |fields: std::ops::Range<usize>| -> Vec<i64> {
                let found = all.iter().filter(|(_, texts)| {
                    let texts: Vec<&str> = texts[fields.clone()].iter().map(String::as_str).collect();
                    matches(&texts, &words)
                });
                found.map(|(number, _)| *number).collect()
            };
            let expected = of(0..6);
            found_any += usize::from(!expected.is_empty());
            assert_eq!(tickets(app, &brand, &asked).await, expected, "{asked:?} {words:?}");
            assert_eq!(customers(app, &brand, &asked).await.len(), of(4..6).len(), "{asked:?} {words:?}");
        }
        assert!((50..250).contains(&found_any), "the questions are worth asking: {found_any}");
    }
}

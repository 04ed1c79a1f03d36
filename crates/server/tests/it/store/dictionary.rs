//! The dictionary of the log: events that a server writes about invented people, and a dictionary made of them.

use dispatch_model::{BrandId, Entropy};
use dispatch_store::{Result, log};
use dispatch_testkit::{Kind, TestApp, run};
use serde_json::{Value, json};

use super::given::{ask, id};

/// A stream of numbers that is the same each time.
struct Dice(Entropy);

impl Dice {
    fn below(&self, most: usize) -> usize {
        usize::try_from(u32::from_le_bytes(self.0.bytes())).unwrap() % most
    }

    /// Words that mean nothing: what a dictionary knows must be the shape of events, not their texts.
    fn words(&self, count: usize) -> String {
        const SYLLABLES: [&str; 24] = [
            "ba", "con", "der", "el", "fa", "gin", "ho", "in", "ja", "kel", "lo", "ment", "na", "or", "pre", "qui",
            "ra", "sti", "ter", "un", "vi", "wa", "xy", "zo",
        ];
        let word = |_| (0..1 + self.below(4)).map(|_| SYLLABLES[self.below(24)]).collect::<String>();
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    }

    fn pick<'t>(&self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// Lives through `tickets` tickets in two brands.
async fn live(app: &TestApp, dice: &Dice, tickets: usize) -> Vec<BrandId> {
    let brands = [app.brand("acme").await, app.brand("globex").await];
    for number in 0..tickets {
        app.advance_ms(i64::try_from(1_000 + dice.below(90_000_000)).unwrap());
        let brand = &brands[dice.below(2)];
        let mut body = json!({ "title": dice.words(4 + dice.below(6)), "body": dice.words(30 + dice.below(80)),
            "priority": dice.pick(&["low", "normal", "high", "urgent"]) });
        let more = [
            ("customerEmail", json!(format!("{}@{}.example", dice.words(1), dice.pick(&["mail", "acme", "web"])))),
            ("customerName", json!(dice.words(2))),
            ("customFields", json!({ "plan": dice.words(1), "seats": number })),
            ("metadata", json!({ "url": format!("https://{}.example", dice.words(1)) })),
            ("assigneeEmail", json!(format!("{}@example.com", dice.words(1)))),
        ];
        for (field, value) in more {
            if dice.below(10) < 7 {
                body[field] = value;
            }
        }
        let ticket = app.ticket(brand, body).await;
        let path = format!("{brand}/tickets/{}", ticket["id"].as_str().unwrap());
        for _ in 0..dice.below(4) {
            app.advance_ms(i64::try_from(1_000 + dice.below(3_600_000)).unwrap());
            let comment = json!({ "body": dice.words(10 + dice.below(60)), "isInternal": dice.below(4) == 0 });
            app.post(&format!("{path}/comments"), comment).await.created();
        }
        let changes: [Value; 5] = [
            json!({ "status": "pending" }),
            json!({ "priority": dice.pick(&["low", "urgent"]), "title": dice.words(5) }),
            json!({ "assigneeEmail": format!("{}@example.com", dice.words(1)) }),
            json!({ "status": "resolved" }),
            json!({ "status": "closed" }),
        ];
        for change in changes {
            if dice.below(2) == 0 {
                app.advance_ms(i64::try_from(1_000 + dice.below(3_600_000)).unwrap());
                app.patch(&path, change).await.ok();
            }
        }
    }
    brands.iter().map(|path| id(path)).collect()
}

/// The bodies of all events of a brand, as they are before they are packed, by their type.
async fn bodies(app: &TestApp, brand: &BrandId) -> Vec<(String, String)> {
    let own = brand.clone();
    let events: Result<_> = app
        .db
        .read("test.bodies", move |tx| {
            let own = own.clone();
            Box::pin(async move { log::after(tx, &own, None, 0, 1_000_000).await })
        })
        .await;
    let body = |event: dispatch_model::event::Event| {
        let changes = event.changes.as_ref().map_or("null", |changes| changes.as_str());
        let body =
            format!(r#"{{"actor":{},"changes":{changes},"data":{}}}"#, event.actor.as_str(), event.data.as_str());
        (event.kind, body)
    };
    events.unwrap().into_iter().map(body).collect()
}

/// `DISPATCH_DICTIONARY=crates/store/dictionary/events-N.zdict scripts/with-postgres.sh cargo nextest run -p dispatch-server
/// store::dictionary --run-ignored only`. A file that has been released is never written again. `DISPATCH_DICTIONARY_SAMPLES`
/// names a file for the events themselves, one in a line, to measure with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "makes a dictionary, where DISPATCH_DICTIONARY says"]
async fn a_dictionary_is_made_of_invented_events() {
    const BYTES_MAX: usize = 32 * 1024;
    run(Kind::Sqlite, async |app| {
        let dice = Dice(Entropy::seeded(1));
        let mut samples = Vec::new();
        for brand in live(app, &dice, 700).await {
            samples.extend(bodies(app, &brand).await.into_iter().map(|(_, body)| body));
        }
        let trained = zstd::dict::from_samples(&samples, BYTES_MAX).unwrap();
        assert!((1_000..=BYTES_MAX).contains(&trained.len()), "{} events", samples.len());
        if let Ok(file) = std::env::var("DISPATCH_DICTIONARY") {
            // Tests run in the folder of their package.
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
            std::fs::write(file, trained).unwrap();
        }
        if let Ok(file) = std::env::var("DISPATCH_DICTIONARY_SAMPLES") {
            std::fs::write(file, samples.join("\n")).unwrap();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_take_less_than_half_of_their_bytes() {
    run(Kind::Sqlite, async |app| {
        let mut plain = 0;
        for brand in live(app, &Dice(Entropy::seeded(2)), 40).await {
            plain += bodies(app, &brand).await.iter().map(|(_, body)| body.len()).sum::<usize>();
        }
        let packed = "SELECT CAST(sum(length(body)) AS text) FROM event WHERE brand_id IN (SELECT id FROM brand)";
        let packed: usize = ask(&app.db, packed).await[0].parse().unwrap();
        assert!(packed * 2 < plain, "{packed} of {plain} bytes: a dictionary that knows the events of today is due");
    })
    .await;
}

//! Cursors are read by anybody and can be made by anybody who reads our source. What they say is a place in a list that the caller
//! may see anyway: never another list, and never something that a database stumbles over.

use dispatch_model::page::{Cursor, fingerprint};
use dispatch_testkit::both;
use serde_json::json;

use crate::api::id;

/// What a key of a cursor might be.
const STRANGE: [&str; 10] = [
    "-1",
    "0",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1e3",
    "NaN",
    "' OR 1=1 --",
    "",
    "tkt_\u{fdd0}\u{202e}",
];

both! {
    async fn a_cursor_of_ones_own_making_leads_nowhere_else(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let secret = app.ticket(&other, json!({ "title": "Secret" })).await;
        app.post(&format!("{other}/tickets/{}/comments", id(&secret)), json!({ "body": "Secret" })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let path = format!("{brand}/tickets/{}", id(&ticket));
        for number in 0..3 {
            app.post(&format!("{path}/comments"), json!({ "body": format!("{number}") })).await.created();
        }
        let bare = |brand: &str| brand.trim_start_matches("/brands/").to_owned();
        let activity = |brand: &str, ticket: &str| fingerprint(&["activity", brand, ticket, "desc", ""]);
        let comments = |brand: &str, ticket: &str| fingerprint(&["comments", brand, ticket, ""]);
        let (own, foreign) = (bare(&brand), bare(&other));
        // Made for the right list, they are read as places and nothing more.
        let mut read = 0;
        for first in STRANGE {
            let cursor = |mark: u64, keys: &[&str]| {
                Cursor { fingerprint: mark, keys: keys.iter().map(|key| (*key).to_owned()).collect() }.encode()
            };
            let mut asked = vec![(format!("{path}/activity"), cursor(activity(&own, id(&ticket)), &[first]))];
            for second in STRANGE {
                asked.push((format!("{path}/comments"), cursor(comments(&own, id(&ticket)), &[first, second])));
            }
            for (path, cursor) in asked {
                let answer = app.get(&format!("{path}?limit=1&cursor={cursor}")).await;
                assert!([200, 400].contains(&answer.status.as_u16()), "{first}: {}", answer.text);
                assert!(!answer.text.contains("Secret"), "{}", answer.text);
                read += u32::from(answer.status == 200);
            }
            // Made for the list of another brand, they are none.
            for (path, cursor) in [
                (format!("{path}/activity"), cursor(activity(&foreign, id(&secret)), &[first])),
                (format!("{path}/comments"), cursor(comments(&foreign, id(&secret)), &[first, first])),
            ] {
                assert_eq!(app.get(&format!("{path}?cursor={cursor}")).await.invalid(), ["cursor"], "{first}");
            }
        }
        assert_eq!(read, 44, "those with a number are read");
    }
}

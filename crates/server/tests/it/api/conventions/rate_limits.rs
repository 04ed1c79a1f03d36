use dispatch_http::{HttpSettings, Limits, Rate};
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::{Value, json};

/// START in Unix seconds.
const START_S: i64 = 1_767_323_045;

/// The same server with small buckets: three requests for a key, two for a bad credential.
fn limited(app: &TestApp, trusted: &[&str]) -> TestApp {
    app.with_settings(HttpSettings {
        limits: Some(Limits {
            caller: Rate { capacity: 3, per_second: 1.0 },
            public: Rate { capacity: 2, per_second: 0.5 },
            portal: Rate { capacity: 100, per_second: 1.0 },
            sign_in: Rate { capacity: 2, per_second: 0.1 },
        }),
        trusted_proxies: trusted.iter().map(|address| address.parse().unwrap()).collect(),
        ..HttpSettings::default()
    })
}

/// Capacity, tokens left and the second when the bucket is full again.
fn bucket(answer: &Answer) -> (i64, i64, i64) {
    let number = |name: &str| answer.header(name).parse().unwrap();
    (number("x-ratelimit-limit"), number("x-ratelimit-remaining"), number("x-ratelimit-reset"))
}

/// A request with a bad credential that came through these proxies.
async fn stranger(app: &TestApp, forwarded: &str) -> u16 {
    let headers = [("x-forwarded-for", forwarded)];
    app.call_with("sk_live_wrong", "GET", "/brands", Value::Null, &headers).await.status.as_u16()
}

both! {
    async fn every_authenticated_reply_tells_the_state_of_the_bucket(app) {
        let app = limited(app, &[]);
        let answers = [
            app.get("/brands").await,
            app.get("/brands/br_unknown").await,
            app.post("/brands", json!({ "name": 1 })).await,
        ];
        assert_eq!(answers.each_ref().map(|answer| answer.status.as_u16()), [200, 404, 400]);
        let told = answers.each_ref().map(bucket);
        assert_eq!(told, [(3, 2, START_S + 1), (3, 1, START_S + 2), (3, 0, START_S + 3)]);
    }

    async fn an_empty_bucket_answers_429_until_a_token_is_back(app) {
        let app = limited(app, &[]);
        for _ in 0..3 {
            app.get("/brands").await.ok();
        }
        let answer = app.get("/brands").await;
        assert_eq!((answer.header("retry-after"), bucket(&answer)), ("1", (3, 0, START_S + 3)));
        answer.refused(429, "rate_limit_error");
        app.advance_ms(999);
        app.get("/brands").await.refused(429, "rate_limit_error");
        app.advance_ms(1);
        assert_eq!(bucket(&app.get("/brands").await).1, 0);
        app.advance_ms(60_000);
        assert_eq!(bucket(&app.get("/brands").await).1, 2, "never fuller than full");
    }

    async fn a_refused_write_writes_nothing(app) {
        let app = limited(app, &[]);
        for _ in 0..3 {
            app.get("/brands").await.ok();
        }
        app.post("/brands", json!({ "name": "Acme" })).await.refused(429, "rate_limit_error");
        app.advance_ms(1000);
        assert_eq!(app.get("/brands").await.ok(), json!([]));
    }

    async fn each_key_has_a_bucket_of_its_own(app) {
        let other = app.new_key(json!({ "name": "Other", "allBrands": true })).await;
        let app = limited(app, &[]);
        for _ in 0..4 {
            app.get("/brands").await;
        }
        assert_eq!(bucket(&app.call(&other, "GET", "/brands", Value::Null).await).1, 2);
    }

    async fn bad_credentials_draw_on_the_bucket_of_their_address(app) {
        let app = limited(app, &[]);
        let bad = async |key: &str| app.call(key, "GET", "/brands", Value::Null).await;
        bad("").await.refused(401, "authentication_error");
        bad("sk_live_wrong").await.refused(401, "authentication_error");
        let answer = bad("sk_live_other").await;
        assert_eq!((answer.header("retry-after"), answer.header("www-authenticate")), ("2", ""));
        answer.refused(429, "rate_limit_error");
        assert_eq!(bucket(&app.get("/brands").await).1, 2, "a good key does not pay for it");
        app.advance_ms(2000);
        bad("").await.refused(401, "authentication_error");
    }

    async fn without_limits_there_are_no_buckets(app) {
        for _ in 0..40 {
            app.call("", "GET", "/brands", Value::Null).await.refused(401, "authentication_error");
        }
        let answer = app.get("/brands").await;
        assert_eq!(
            ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"].map(|name| answer.header(name)),
            [""; 3]
        );
    }

    async fn a_stranger_cannot_name_its_own_address(app) {
        let app = limited(app, &[]);
        let seen = [stranger(&app, "1.1.1.1").await, stranger(&app, "2.2.2.2").await, stranger(&app, "3.3.3.3").await];
        assert_eq!(seen, [401, 401, 429], "the peer is no trusted proxy");
    }

    async fn a_trusted_proxy_names_the_address_of_the_client(app) {
        // The peer of a request without a socket is 127.0.0.1.
        let app = limited(app, &["127.0.0.1", "10.0.0.1"]);
        for (empties, same, another) in [
            ("1.1.1.1", "1.1.1.1", "1.1.1.2"),
            ("6.6.6.6, 2.2.2.2", "7.7.7.7,2.2.2.2", "2.2.2.2, 6.6.6.6"),
            ("3.3.3.3, 10.0.0.1", "9.9.9.9, 3.3.3.3, 10.0.0.1, 127.0.0.1", "10.0.0.1, 3.3.3.4"),
            ("garbage, 4.4.4.4", "4.4.4.4", "4.4.4.5, 4.4.4.6"),
            // Who has an address of an IPv6 network has as many as they like.
            ("2001:db8::1", "x, 2001:db8:0::ffff:1", "2001:db8:0:1::1"),
            ("::ffff:5.5.5.5", "5.5.5.5", "5.5.5.6"),
        ] {
            assert_eq!([stranger(&app, empties).await, stranger(&app, empties).await], [401, 401], "{empties}");
            assert_eq!(stranger(&app, same).await, 429, "{same}");
            assert_eq!(stranger(&app, another).await, 401, "{another}");
        }
    }
}

use dispatch_testkit::both;

use super::world::World;

both! {
    /// A typo must never widen a result.
    async fn lists_and_statistics_refuse_parameters_that_they_do_not_know(app) {
        let world = World::new(app, "acme").await;
        let ticket = format!("{}/tickets/DT-1001", world.path());
        for list in [
            "/brands".to_owned(),
            "/accounts/me/usage".to_owned(),
            "/accounts/me/api-keys".to_owned(),
            "/accounts/me/logs".to_owned(),
            format!("{}/statuses", world.path()),
            format!("{}/statuses/stats", world.path()),
            format!("{}/customers", world.path()),
            format!("{}/companies", world.path()),
            format!("{}/tickets", world.path()),
            format!("{}/tickets/count", world.path()),
            "/tickets".to_owned(),
            "/tickets/count".to_owned(),
            "/tickets/stats".to_owned(),
            "/tickets/trends".to_owned(),
            "/tickets/team-metrics".to_owned(),
            format!("{}/events", world.path()),
            format!("{}/logs", world.path()),
            format!("{}/categories", world.path()),
            format!("{}/categories/stats", world.path()),
            format!("{}/tags", world.path()),
            format!("{}/tags/stats", world.path()),
            format!("{}/fields", world.path()),
            format!("{}/fields/ticket", world.path()),
            format!("{ticket}/logs"),
            format!("{ticket}/comments"),
            format!("{ticket}/activity"),
        ] {
            app.get(&list).await.ok();
            assert_eq!(
                app.get(&format!("{list}?statuss=open&Limit=1")).await.invalid(),
                ["Limit", "statuss"],
                "{list}"
            );
            assert_eq!(app.get(&format!("{list}?typo=")).await.invalid(), ["typo"], "{list}");
        }
    }

    async fn other_routes_ignore_them(app) {
        let world = World::new(app, "acme").await;
        let ticket = format!("{}/tickets/DT-1001", world.path());
        for one in [
            "/accounts/me".to_owned(),
            world.path(),
            format!("{}/schema", world.path()),
            format!("{}/statuses/open", world.path()),
            format!("{}/categories/{}", world.path(), world.category),
            format!("{}/tags/{}", world.path(), world.tag),
            format!("{}/customers/{}", world.path(), world.customer),
            format!("{}/companies/{}", world.path(), world.company),
            format!("{ticket}/comments/{}", world.comment),
            ticket,
        ] {
            app.get(&format!("{one}?typo=1")).await.ok();
        }
        app.patch(&format!("{}?typo=1", world.path()), serde_json::json!({})).await.ok();
        app.post(&format!("{}/tickets?typo=1", world.path()), serde_json::json!({ "title": "x" })).await.created();
    }

    async fn an_empty_value_is_no_value(app) {
        let world = World::new(app, "acme").await;
        let page = app.get(&format!("{}/tickets?status=&limit=&cursor=&order=", world.path())).await.ok();
        assert_eq!(page["data"].as_array().unwrap().len(), 1);
    }

    async fn lists_of_values_are_comma_separated_encoded_or_repeated(app) {
        let world = World::new(app, "acme").await;
        let tickets = format!("{}/tickets", world.path());
        for status in ["pending", "spare"] {
            app.ticket(&world.path(), serde_json::json!({ "title": "x", "status": status })).await;
        }
        for query in [
            "status=pending,spare",
            "status=pending%2Cspare",
            "status=pending&status=spare",
            "status=+pending+,,spare,",
        ] {
            assert_eq!(
                app.get(&format!("{tickets}?{query}")).await.ok()["data"].as_array().unwrap().len(),
                2,
                "{query}"
            );
        }
    }
}

use dispatch_testkit::both;

use super::{category, path};

both! {
    async fn one_is_read_by_its_id_alone(app) {
        let brand = app.brand("acme").await;
        let made = category(app, &brand, "Billing").await;
        assert_eq!(app.get(&path(&brand, &made)).await.ok(), made);
        for unknown in ["billing", "cat_billing", "cat_01kdyak43d7trmct2jayyxcg7v"] {
            app.get(&format!("{brand}/categories/{unknown}")).await.refused(404, "not_found");
        }
    }

    async fn what_would_go_with_a_brand_is_counted(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        category(app, &other, "Foreign").await;
        for name in ["One", "Two"] {
            category(app, &brand, name).await;
        }
        app.post(&format!("{brand}/tags"), serde_json::json!({ "name": "Tag" })).await.created();
        let contents = app.delete(&brand).await.ok();
        assert_eq!((&contents["categoryCount"], &contents["tagCount"]), (&2.into(), &1.into()));
    }

    async fn another_brand_has_none_of_them(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let made = category(app, &acme, "Billing").await;
        app.get(&path(&other, &made)).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{other}/categories")).await.ok(), serde_json::json!([]));
        app.delete(&format!("{acme}?confirm=true")).await.ok();
        app.get(&path(&acme, &made)).await.refused(404, "not_found");
        app.get(&format!("{acme}/categories")).await.refused(404, "not_found");
    }
}

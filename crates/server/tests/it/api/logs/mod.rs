mod account;
mod brand;
mod examined;
mod file;
mod filters;
mod ticket;

use dispatch_testkit::TestApp;
use serde_json::Value;

use super::each;

/// The events of every entry on all pages of an audit log.
async fn all(app: &TestApp, list: &str) -> Vec<Value> {
    let (mut entries, mut next) = (Vec::new(), list.to_owned());
    let join = if list.contains('?') { '&' } else { '?' };
    loop {
        let page = app.get(&next).await.ok();
        entries.extend(page["data"].as_array().expect("a page").iter().cloned());
        let pagination = &page["pagination"];
        assert_eq!(pagination["cursor"], pagination["nextCursor"]);
        assert_eq!(pagination["hasMore"], !pagination["nextCursor"].is_null());
        let Some(cursor) = pagination["nextCursor"].as_str() else { return entries };
        next = format!("{list}{join}cursor={cursor}");
    }
}

/// The names of the events on all pages of an audit log.
async fn events(app: &TestApp, list: &str) -> Vec<String> {
    let entries = Value::Array(all(app, list).await);
    each(&entries, "event").into_iter().map(str::to_owned).collect()
}

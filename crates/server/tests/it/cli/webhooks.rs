//! Ten thousand deliveries that wait outlive their server: killed while the receiver keeps it waiting, killed again in the
//! middle of them.

use std::collections::HashMap;

use dispatch_testkit::Receiver;
use serde_json::json;

use super::process::{PROGRAM, Place, Server};

/// Events that the deliveries are made of, which wait.
const EVENTS: usize = 500;

fn serve(place: &Place) -> Server {
    let mut command = place.command(PROGRAM);
    command.env("DISPATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS", "true");
    Server::start(command)
}

/// So many deliveries wait when the server is killed, and it is killed again when a third of them have come.
fn survives(place: &Place, waiting: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let receiver = runtime.block_on(Receiver::start());
    // As long as some come, there is no hurry.
    let came = |least: usize| {
        while receiver.count() < least {
            let more = least.min(receiver.count() + 200);
            runtime.block_on(dispatch_testkit::until("the calls", async || receiver.count() >= more));
        }
    };
    let key = place.key();
    let server = serve(place);
    let client = server.client(&key);
    let brand = client.brand("acme");
    client.post(&format!("{brand}/tickets"), &json!({ "title": "One" })).with(201);
    for count in 0..EVENTS {
        client.send("PATCH", &format!("{brand}/tickets/DT-1001"), &json!({ "title": format!("{count}") })).with(200);
    }
    receiver.hold();
    let new = json!({ "url": receiver.url, "events": ["ticket.updated"] });
    let made = client.post(&format!("{brand}/webhooks"), &new).with(201);
    let hook = format!("{brand}/webhooks/{}", made["id"].as_str().unwrap());
    for _ in 0..waiting / EVENTS {
        let replayed = client.post(&format!("{hook}/replay"), &json!({ "since": "2026-01-01" })).with(200);
        assert_eq!(replayed["count"], EVENTS);
    }
    came(1);
    server.kill();
    let cut_off = receiver.take().len();
    receiver.release();

    let server = serve(place);
    came(waiting / 3);
    server.kill();

    let server = serve(place);
    let client = server.client(&key);
    let waits = || {
        let count = |status: &str| {
            let found = client.get(&format!("{hook}/deliveries?limit=1&status={status}")).with(200);
            found.as_array().unwrap().len()
        };
        count("PENDING") + count("RETRYING")
    };
    came(waiting - 200);
    // Those that were under way at a kill come when their claims end.
    runtime.block_on(dispatch_testkit::until("the last", async || waits() == 0));
    let mut times: HashMap<String, usize> = HashMap::new();
    for call in receiver.take() {
        *times.entry(call.header("x-dispatch-delivery").to_owned()).or_default() += 1;
    }
    assert_eq!(times.len(), waiting, "each of them came");
    let twice = times.values().filter(|count| **count > 1).count();
    assert!(twice + cut_off <= 200, "only what was under way at a kill comes twice: {twice}, {cut_off}");
    let page = client.get(&format!("{hook}/deliveries?status=FAILED")).with(200);
    assert_eq!(page, json!([]));
    server.stop();
    assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
}

mod heavy {
    use super::super::on_both;

    on_both! {
        fn deliveries_that_wait_outlive_two_kills(place) {
            super::super::survives(place, 2_000);
        }

        #[ignore = "long: make proof"]
        fn ten_thousand_deliveries_that_wait_outlive_two_kills(place) {
            super::super::survives(place, 10_000);
        }
    }
}

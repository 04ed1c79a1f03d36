//! Trap 6: a PostgreSQL that goes away in the middle of writes and comes back. On a cluster of this test's own.

mod cluster;

mod heavy {
    use std::{
        sync::atomic::{AtomicBool, AtomicUsize, Ordering},
        thread,
        time::{Duration, Instant},
    };

    use dispatch_testkit::SERVER_KEY;
    use serde_json::json;
    use tempfile::TempDir;

    use super::cluster::Cluster;
    use crate::cli::{
        http::Client,
        process::{PROGRAM, Server, clean, dispatch, text},
    };

    /// Looks again and again; a server that does not come to it fails the test.
    fn until(what: &str, mut done: impl FnMut() -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !done() {
            assert!(Instant::now() < end, "{what} did not happen");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Creates tickets until it is told to stop: ids that were answered. A refusal must be a proper one.
    fn write(
        client: &Client,
        tickets: &str,
        stop: &AtomicBool,
        refused: &AtomicUsize,
        made: &AtomicUsize,
    ) -> Vec<String> {
        let mut ids = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let reply = client.post(tickets, &json!({ "title": "Under way", "customerEmail": "j@x.io" }));
            if reply.status == 201 {
                ids.push(reply.with(201)["id"].as_str().unwrap().to_owned());
                made.fetch_add(1, Ordering::Relaxed);
            } else {
                reply.is_unavailable();
                refused.fetch_add(1, Ordering::Relaxed);
            }
        }
        ids
    }

    #[test]
    fn a_commit_that_waits_for_a_standby_that_is_gone_is_answered_in_time_and_later_ones_go_through() {
        let (cluster, folder) = (Cluster::start(), TempDir::new().unwrap());
        let (data, url) = (folder.path().display().to_string(), cluster.url());
        let set = format!("server.key={SERVER_KEY}");
        let flags = ["--data", data.as_str(), "--database", url.as_str(), "--set", set.as_str()];
        let words = [&["admin", "create-key", "--name", "n", "--all-brands"][..], &flags].concat();
        let key = text(&dispatch(&words).stdout).trim_end().to_owned();
        let mut command = clean(PROGRAM);
        command.arg("serve").args(flags).args(["--listen", "127.0.0.1:0"]);
        let server = Server::start(command);
        let client = server.client(&key);
        let tickets = format!("{}/tickets", client.brand("acme"));

        cluster.wait_for_standby("nobody");
        // The setting arrives a little later; until then commits do not wait.
        let mut took = Duration::ZERO;
        until("a commit waits", || {
            let begun = Instant::now();
            let reply = client.post(&tickets, &json!({ "title": "Waits" }));
            took = begun.elapsed();
            let waited = reply.status != 201;
            if waited {
                reply.is_unavailable();
            }
            waited
        });
        assert!(took < Duration::from_secs(25), "{took:?}");
        cluster.wait_for_standby("");
        until("writing again", || client.post(&tickets, &json!({ "title": "Goes on" })).status == 201);
        server.stop();
    }

    #[test]
    fn the_server_says_so_while_its_database_is_away_and_goes_on_by_itself_when_it_is_back() {
        let (cluster, folder) = (Cluster::start(), TempDir::new().unwrap());
        let (data, url) = (folder.path().display().to_string(), cluster.url());
        let set = format!("server.key={SERVER_KEY}");
        let flags = ["--data", data.as_str(), "--database", url.as_str(), "--set", set.as_str()];
        let words = [&["admin", "create-key", "--name", "n", "--all-brands"][..], &flags].concat();
        let key = text(&dispatch(&words).stdout).trim_end().to_owned();
        let mut command = clean(PROGRAM);
        command.arg("serve").args(flags).args(["--listen", "127.0.0.1:0", "--set", "rate_limits.enabled=false"]);
        let server = Server::start(command);
        let client = server.client(&key);
        let brand = client.brand("acme");
        let tickets = format!("{brand}/tickets");

        let (stop, refused, made) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        let ids: Vec<String> = thread::scope(|scope| {
            let writers: Vec<_> =
                (0..6).map(|_| scope.spawn(|| write(&client, &tickets, &stop, &refused, &made))).collect();
            for _ in 0..2 {
                let enough = made.load(Ordering::Relaxed) + 50;
                until("writing", || made.load(Ordering::Relaxed) > enough);
                cluster.stop();
                let before = refused.load(Ordering::Relaxed);
                until("every writer is refused", || refused.load(Ordering::Relaxed) > before + 12);
                let ready = client.get("/ready").with(503);
                assert_eq!(ready["checks"]["database"], "unreachable", "{ready}");
                client.get(&tickets).is_unavailable();
                client.get("/health").with(200);
                cluster.start_again();
                until("it is ready again", || client.get("/ready").status == 200);
            }
            let enough = made.load(Ordering::Relaxed) + 50;
            until("writing again", || made.load(Ordering::Relaxed) > enough);
            stop.store(true, Ordering::Relaxed);
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });

        let events = client.events(&brand);
        for id in &ids {
            let told =
                events.iter().any(|event| event["type"] == "ticket.created" && event["data"]["id"] == id.as_str());
            assert!(told, "{id} was answered and has no event");
            client.get(&format!("{tickets}/{id}")).with(200);
        }
        server.stop();
        let doctor = dispatch(&[&["doctor"][..], &flags].concat());
        assert!(doctor.status.success(), "{}", text(&doctor.stdout));
    }
}

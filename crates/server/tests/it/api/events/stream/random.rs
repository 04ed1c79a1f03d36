//! Sixteen writers, and readers that are cut at random: each of them ends with exactly the log.

mod heavy {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use dispatch_model::Entropy;
    use dispatch_testkit::{TestApp, both};
    use futures_util::future::{join, join_all};
    use serde_json::Value;

    use super::super::{resume, tag};
    use crate::api::events::sequence::heavy::write;

    const WRITERS: usize = 16;
    const READERS: u64 = 8;
    /// What is written when all writers are done.
    const LAST: &str = "the last one";

    /// Reads until the last event, over streams that it gives up after some frames, from one node or another.
    async fn follow(nodes: &[&TestApp], brand: &str, seed: u64) -> Vec<Value> {
        let entropy = Entropy::seeded(seed);
        let mut seen: Vec<Value> = Vec::new();
        loop {
            let [node, patience] = entropy.bytes::<2>().map(usize::from);
            let last = seen.last().map_or_else(|| "0".to_owned(), |event| event["sequence"].to_string());
            let mut stream = resume(nodes[node % nodes.len()], brand, &last).await;
            // Some give up before the first event.
            for _ in 0..patience % 24 {
                let Some(event) = stream.event().await else { break };
                let is_last = event["data"]["tag"]["name"] == LAST;
                seen.push(event);
                if is_last {
                    return seen;
                }
            }
        }
    }

    async fn check(app: &TestApp, seeds: u64) {
        let (brand, other) = (app.brand("acme").await, app.node().await);
        let nodes = [app, &other];
        let at_work = AtomicUsize::new(WRITERS);
        let writers = (0..WRITERS).map(|writer| {
            let (brand, at_work, nodes) = (&brand, &at_work, &nodes);
            async move {
                write(nodes[writer % 2], brand, writer).await;
                if at_work.fetch_sub(1, Ordering::SeqCst) == 1 {
                    tag(nodes[0], brand, LAST).await;
                }
                // The other node finds by itself what this one has written.
                join(nodes[0].tick(), nodes[1].tick()).await;
            }
        });
        let readers = (0..READERS).map(|reader| follow(&nodes, &brand, seeds + reader));
        let (_, followed) = join(join_all(writers), join_all(readers)).await;
        let log = app.events(&brand).await;
        for (reader, seen) in followed.into_iter().enumerate() {
            let sequences = |events: &[Value]| events.iter().map(|it| it["sequence"].clone()).collect::<Vec<_>>();
            assert_eq!(sequences(&seen), sequences(&log), "reader {reader}");
            assert_eq!(seen, log, "reader {reader}");
        }
    }

    both! {
        async fn each_reader_ends_with_exactly_the_log(app) {
            check(app, 1).await;
        }

        async fn and_with_other_cuts(app) {
            check(app, 1_000).await;
        }
    }
}

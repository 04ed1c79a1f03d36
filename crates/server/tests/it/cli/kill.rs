//! kill -9 under load: whatever was answered is there with its event, nothing half-done is, and the server starts again
//! by itself. One round is one life of the server.

mod load;
mod verify;

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::mpsc,
    thread,
    time::Duration,
};

use self::load::Written;
use super::process::{Place, Server};

/// Clients that write at the same time.
const WRITERS: usize = 8;
/// The server dies after so many answers: counted, so that a slow machine proves as much as a fast one.
const LIFE_ANSWERS: std::ops::Range<u64> = 20..400;
/// And this much later, so that it dies anywhere between two commits.
const DEATH_AFTER_US: std::ops::Range<u64> = 0..20_000;
/// A server that answers nothing for so long is broken.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// A number that nobody can foresee, in this range.
pub fn random(range: std::ops::Range<u64>) -> u64 {
    range.start + RandomState::new().hash_one(()) % (range.end - range.start)
}

/// Lets writers write until the server is killed; answers what they know.
fn life(server: Server, key: &str, brands: &[String], round: usize) -> Vec<Written> {
    let client = server.client(key);
    let (answered, answers) = mpsc::channel();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (client, brand, answered) = (client.clone(), &brands[writer % brands.len()], answered.clone());
                let name = format!("{round}-{writer}");
                scope.spawn(move || load::write_until_it_dies(&client, brand, &name, &answered))
            })
            .collect();
        for _ in 0..random(LIFE_ANSWERS) {
            answers.recv_timeout(ANSWER_TIMEOUT).expect("an answer under load");
        }
        // The one sleep that is meant: the moment of death is the experiment.
        thread::sleep(Duration::from_micros(random(DEATH_AFTER_US)));
        server.kill();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    })
}

fn rounds(place: &Place, count: usize) {
    let key = place.key();
    let server = place.serve();
    let brands: Vec<String> = ["one", "two", "three"].iter().map(|slug| server.client(&key).brand(slug)).collect();
    server.stop();
    let (mut acknowledged, mut positions) = (0, HashMap::new());
    for round in 0..count {
        let written = life(place.serve(), &key, &brands, round);
        let said = place.run(&["doctor"]);
        assert!(said.ends_with("All is well.\n"), "round {round}: {said}");
        let server = place.serve();
        let client = server.client(&key);
        for brand in &brands {
            verify::brand(&client, brand, &written, &mut positions);
        }
        acknowledged += written.iter().map(Written::acknowledged).sum::<usize>();
        // Half of the time the survivor of one kill is what the next one hits.
        if round % 2 == 0 { server.kill() } else { server.stop() }
    }
    let least = count * usize::try_from(LIFE_ANSWERS.start).unwrap();
    assert!(acknowledged >= least, "only {acknowledged} writes in {count} rounds: nothing was proved");
    eprintln!("{count} rounds: {acknowledged} acknowledged writes, all there");
}

mod heavy {
    use super::super::on_both;

    on_both! {
        fn five_kills_lose_nothing_that_was_answered(place) {
            super::super::rounds(place, 5);
        }

        #[ignore = "long: make proof"]
        fn fifty_kills_lose_nothing_that_was_answered(place) {
            super::super::rounds(place, 50);
        }
    }
}

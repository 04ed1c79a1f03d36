//! A move that breaks off, or brings something else than it took, leaves nothing.

use std::{process::Stdio, thread::sleep, time::Duration};

use dispatch_testkit::Kind;

use super::{
    super::process::{PROGRAM, clean, has},
    Place, address, contents, fails_to_move, furnished, is_empty, rows,
};

/// Waits for a session that carries and waits itself, by what PostgreSQL says it waits for.
fn waits(url: &str, condition: &str) {
    let found = format!(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dispatch-carry' AND {condition}"
    );
    for _ in 0..600 {
        if !rows(url, &found).is_empty() {
            return;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("no session of a move was found where {condition}");
}

/// Kills a command once its session waits like this.
fn killed(place: &Place, words: &[&str], url: &str, condition: &str) {
    let mut command = clean(PROGRAM);
    command.args(words).args(place.flags()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    waits(url, condition);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Waits until the sessions of those who are dead have ended. One that waits for a lock does not notice.
fn settled(url: &str) {
    let carries = "datname = current_database() AND application_name = 'dispatch-carry' AND wait_event_type = 'Lock'";
    rows(url, &format!("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE {carries}"));
    let left =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dispatch-carry'";
    while !rows(url, left).is_empty() {
        sleep(Duration::from_millis(50));
    }
}

fn trigger(url: &str, table: &str, body: &str) {
    rows(
        url,
        &format!(
            "CREATE FUNCTION test_meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$;
        CREATE TRIGGER test_meddle BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION test_meddle()"
        ),
    );
}

#[test]
fn a_target_that_holds_something_else_in_the_end_is_taken_back() {
    let (place, _) = furnished();
    let there = Place::new(Kind::Postgres);
    trigger(&address(&there), "comment", "IF NEW.body = 'Corrected.' THEN NEW.body := 'Corrected'; END IF;");
    let (printed, said) = fails_to_move(&place, &address(&there));
    let wrong: Vec<&str> = printed.lines().filter(|line| line.starts_with("WRONG")).collect();
    assert!(wrong.len() == 1 && wrong[0].starts_with("WRONG  comment "), "{printed}");
    assert!(said.contains("what arrived is not what was sent: table comment"), "{said}");
    assert!(is_empty(&address(&there)));
    // A row less is told as well.
    rows(&address(&there), "DROP FUNCTION test_meddle CASCADE");
    trigger(&address(&there), "tag", "IF NEW.name = 'VIP' THEN RETURN NULL; END IF;");
    let (printed, said) = fails_to_move(&place, &address(&there));
    assert!(printed.contains("WRONG  tag ") && said.contains("table tag"), "{printed}{said}");
    assert!(is_empty(&address(&there)));
}

#[test]
fn a_kill_in_the_middle_of_a_move_leaves_the_source_as_it_was_and_the_target_empty() {
    let (place, _) = furnished();
    let before = contents(&place);
    let there = Place::new(Kind::Postgres);
    let url = address(&there);
    trigger(&url, "event", "IF NEW.sequence = 5 THEN PERFORM pg_sleep(2); END IF;");
    killed(&place, &["move", "--to", &url], &url, "wait_event = 'PgSleep'");
    settled(&url);
    assert!(is_empty(&url));
    assert_eq!(contents(&place), before);
    rows(&url, "DROP FUNCTION test_meddle CASCADE");
    place.run(&["move", "--to", &url]);
    assert!(there.run(&["doctor"]).ends_with("All is well.\n"));

    // And on the way back: what was begun has no name that a server would open, and is replaced the next time.
    let folder = Place::new(Kind::Sqlite);
    let (data, backup) = (folder.data().display().to_string(), folder.beside("backup.sqlite"));
    let held = held(&url, "watcher");
    killed(&there, &["backup", "--to", &backup], &url, "wait_event_type = 'Lock'");
    settled(&url);
    killed(&there, &["move", "--to", &data], &url, "wait_event_type = 'Lock'");
    assert!(has(folder.folder.path(), "backup.sqlite.part") && !has(folder.folder.path(), "backup.sqlite"));
    assert!(has(&folder.data(), "dispatch.sqlite.part") && !has(&folder.data(), "dispatch.sqlite"));
    drop(held);
    settled(&url);
    there.run(&["backup", "--to", &backup]);
    there.run(&["move", "--to", &data]);
    assert_eq!(contents(&folder), before);
}

/// A lock on a table that nobody can read past, until it is dropped.
fn held(url: &str, table: &str) -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let client = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(&format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")).await.unwrap();
        client
    });
    // It lives as long as the runtime does.
    runtime.spawn(async move {
        let _client = client;
        std::future::pending::<()>().await;
    });
    runtime
}

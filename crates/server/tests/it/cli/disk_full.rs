//! A disk with no room left: the server says so, keeps what it acknowledged, and still reads.

use dispatch_testkit::Kind;
use serde_json::json;

use super::process::{PROGRAM, Place, Server, clean};

/// A server whose files may not grow beyond this: a write past it fails as it would on a full disk.
fn with_little_room(place: &Place, kilobytes: u32) -> Server {
    let plain = place.command(PROGRAM);
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\" --set log.level=error");
    let mut command = clean("bash");
    command.args(["-c", &script, PROGRAM]).args(plain.get_args());
    command.env("DISPATCH_RATE_LIMITS_ENABLED", "false");
    Server::start(command)
}

mod heavy {
    use super::*;

    #[test]
    fn a_full_disk_is_503_and_everything_acknowledged_is_there_afterwards() {
        let place = Place::new(Kind::Sqlite);
        let key = place.key();
        let server = with_little_room(&place, 2_000);
        let client = server.client(&key);
        let brand = client.brand("acme");
        let tickets = format!("{brand}/tickets");
        let mut made = Vec::new();
        let refused = loop {
            let body = json!({ "title": format!("Ticket {}", made.len()), "body": "Some words. ".repeat(2_000) });
            let reply = client.post(&tickets, &body);
            if reply.status != 201 {
                break reply;
            }
            made.push(reply.with(201));
            assert!(made.len() < 1_000, "the disk never filled");
        };
        refused.is_unavailable();
        assert!(made.len() > 5, "{}", made.len());
        // Small ones may still find room; what is refused is refused whole, and reading goes on.
        for number in 0..20 {
            let reply = client.post(&tickets, &json!({ "title": format!("Small {number}") }));
            if reply.status == 201 { made.push(reply.with(201)) } else { reply.is_unavailable() }
        }
        for ticket in &made {
            client.get(&format!("{tickets}/{}", ticket["id"].as_str().unwrap())).with(200);
        }
        server.kill();

        assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
        let server = place.serve();
        let client = server.client(&key);
        for ticket in &made {
            let path = format!("{tickets}/{}", ticket["id"].as_str().unwrap());
            assert_eq!(client.get(&path).with(200), *ticket);
        }
        let created = client.events(&brand).iter().filter(|event| event["type"] == "ticket.created").count();
        assert_eq!(created, made.len(), "what was refused left nothing");
        client.post(&tickets, &json!({ "title": "There is room again" })).with(201);
        server.stop();
    }
}

//! An address of several PostgreSQL servers, of which one takes writes. The experiment with several machines
//! (`scripts/proof/machines`) goes further: there the network is cut.

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

use dispatch_store::{Db, Lane, Options};
use dispatch_testkit::{Database, Kind};

use super::given::works;
use crate::cli::process::{Place, wait_for};

#[test]
fn a_server_that_says_nothing_does_not_keep_the_next_one_of_the_address_from_being_used() {
    let place = Place::new(Kind::Postgres);
    let Some(Database::Postgres { url, .. }) = place.database() else { panic!("a PostgreSQL database") };
    // The kernel takes connections to it, and then nobody speaks: as a primary whose machine hangs.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let (before, server) = url.split_once("127.0.0.1").unwrap();
    let address = format!("{before}{},127.0.0.1{server}", silent.local_addr().unwrap());
    wait_for(async {
        let begun = Instant::now();
        let db = Db::postgres(&address, &Options::default()).await.unwrap();
        works(&db, Lane::Outbox("any".to_owned())).await;
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    });
}

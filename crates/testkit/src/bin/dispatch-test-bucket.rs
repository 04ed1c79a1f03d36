//! The bucket of the tests as a program: `dispatch-test-bucket HOST:PORT FOLDER`. For experiments with several machines.

use dispatch_testkit::serve_bucket;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let (Some(address), Some(folder)) = (words.next(), words.next()) else {
        eprintln!("usage: dispatch-test-bucket HOST:PORT FOLDER");
        std::process::exit(2);
    };
    let listener = tokio::net::TcpListener::bind(&address).await.expect("the address is free");
    serve_bucket(listener, folder.into()).await;
}

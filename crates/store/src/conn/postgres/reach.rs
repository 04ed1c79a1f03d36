//! The way to the database, which may be one of several servers: the one that takes writes.
//!
//! A network that is cut says nothing, so every wait has an end here: for a connection, for the other side to confirm
//! what was sent, for a sign of life on a connection that rests.

use std::time::Duration;

use deadpool_postgres::Connect;
use futures_util::future::{BoxFuture, select_ok};
use tokio::task::JoinHandle;
use tokio_postgres::{
    Client, Config, Connection, NoTls, Socket,
    config::{Host, SslMode, TargetSessionAttrs},
    tls::{MakeTlsConnect, TlsConnect},
};

use super::wire::tls;
use crate::Result;

/// How long one server may take to answer that it is there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long what was sent may stay unconfirmed before the connection counts as lost. Longer than the lock timeout:
/// a server that waits for a lock need not read.
const LOST_AFTER: Duration = Duration::from_secs(6);
/// After how much silence a connection is asked for a sign of life, and how often again.
const SILENCE: Duration = Duration::from_secs(3);
const ASK_EVERY: Duration = Duration::from_secs(1);
/// Questions without an answer after which it counts as lost.
const ASK_TIMES: u32 = 3;
/// Without a word in the address, resting connections are asked for a sign of life this late: the driver's default.
const IDLE_UNSET: Duration = Duration::from_secs(2 * 60 * 60);
/// How much earlier than the next one each server of the address is asked. The first one that takes writes is used; a
/// server that has been cut off costs this much, and not its whole timeout.
const HEAD_START: Duration = Duration::from_millis(300);

/// Bounds every wait that the address says nothing about.
pub(super) fn bound(config: &mut Config) {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(LOST_AFTER);
    }
    if config.get_keepalives_idle() == IDLE_UNSET {
        config.keepalives_idle(SILENCE);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(ASK_EVERY);
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(ASK_TIMES);
    }
}

/// Connects to the server of the address that takes writes.
pub(crate) async fn connect<T>(
    config: &Config,
    tls: T,
) -> std::result::Result<(Client, Connection<Socket, T::Stream>), tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket> + Clone + Send,
    T::TlsConnect: Send,
    T::Stream: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    let servers = servers(config);
    if servers.len() < 2 {
        return config.connect(tls).await;
    }
    let attempts = servers.into_iter().zip(0_u32..).map(|(server, place)| {
        let tls = tls.clone();
        let attempt = async move {
            tokio::time::sleep(HEAD_START * place).await;
            server.connect(tls).await
        };
        Box::pin(attempt)
    });
    select_ok(attempts).await.map(|(connected, _late)| connected)
}

/// Each server of an address by itself. Dispatch writes, so a standby among several is none for it.
fn servers(config: &Config) -> Vec<Config> {
    let (hosts, ports) = (config.get_hosts(), config.get_ports());
    // With hostaddr or an odd number of ports the driver's own rules hold, and its own complaints.
    if !config.get_hostaddrs().is_empty() || (ports.len() > 1 && ports.len() != hosts.len()) {
        return vec![config.clone()];
    }
    let port = |place: usize| ports.get(place).or_else(|| ports.first());
    hosts.iter().enumerate().map(|(place, host)| server(config, host, port(place))).collect()
}

fn server(config: &Config, host: &Host, port: Option<&u16>) -> Config {
    let mut one = Config::new();
    match host {
        Host::Tcp(name) => one.host(name),
        #[cfg(unix)]
        Host::Unix(path) => one.host_path(path),
    };
    if let Some(port) = port {
        one.port(*port);
    }
    if let Some(user) = config.get_user() {
        one.user(user);
    }
    if let Some(password) = config.get_password() {
        one.password(password);
    }
    if let Some(name) = config.get_dbname() {
        one.dbname(name);
    }
    if let Some(options) = config.get_options() {
        one.options(options);
    }
    if let Some(name) = config.get_application_name() {
        one.application_name(name);
    }
    one.ssl_mode(config.get_ssl_mode())
        .ssl_negotiation(config.get_ssl_negotiation())
        .channel_binding(config.get_channel_binding())
        .keepalives(config.get_keepalives())
        .keepalives_idle(config.get_keepalives_idle())
        .target_session_attrs(TargetSessionAttrs::ReadWrite);
    if let Some(timeout) = config.get_connect_timeout() {
        one.connect_timeout(*timeout);
    }
    if let Some(timeout) = config.get_tcp_user_timeout() {
        one.tcp_user_timeout(*timeout);
    }
    if let Some(interval) = config.get_keepalives_interval() {
        one.keepalives_interval(interval);
    }
    if let Some(retries) = config.get_keepalives_retries() {
        one.keepalives_retries(retries);
    }
    one
}

/// A client, and the task that carries what is said over its connection.
type Working = (Client, JoinHandle<()>);

/// Connects, and lets the connection work by itself.
pub(crate) async fn working(config: &Config) -> Result<Working> {
    let connected = match config.get_ssl_mode() {
        SslMode::Disable => working_with(config, NoTls).await,
        _ => working_with(config, tls()?).await,
    };
    connected.map_err(|failure| super::wire::error(&failure))
}

async fn working_with<T>(config: &Config, tls: T) -> std::result::Result<Working, tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket> + Clone + Send,
    T::TlsConnect: Send,
    T::Stream: Send + 'static,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    let (client, connection) = connect(config, tls).await?;
    let task = tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a connection to the database has ended");
        }
    });
    Ok((client, task))
}

/// How the pool connects.
pub(super) struct Reach<T>(pub(super) T);

impl<T> Connect for Reach<T>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::TlsConnect: Send,
    T::Stream: Send + 'static,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    fn connect(&self, config: &Config) -> BoxFuture<'_, std::result::Result<Working, tokio_postgres::Error>> {
        let (config, tls) = (config.clone(), self.0.clone());
        Box::pin(async move { working_with(&config, tls).await })
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn an_address_of_several_servers_is_each_of_them_with_everything_it_says() {
        let config = parse("postgres://u:p@one:1111,two:2222/name?sslmode=disable&connect_timeout=2").unwrap();
        let found = servers(&config);
        for (server, (host, port)) in found.iter().zip([("one", 1111_u16), ("two", 2222)]) {
            let wanted = parse(&format!(
                "postgres://u:p@{host}:{port}/name?sslmode=disable&connect_timeout=2&target_session_attrs=read-write"
            ))
            .unwrap();
            assert!(*server == wanted, "{server:?} is not {wanted:?}");
        }
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_the_address_says_of_waiting_holds_and_the_rest_is_bounded() {
        let config = parse("postgres://one/name?tcp_user_timeout=20&keepalives_idle=50").unwrap();
        assert_eq!(config.get_tcp_user_timeout(), Some(&Duration::from_secs(20)));
        assert_eq!(config.get_keepalives_idle(), Duration::from_secs(50));
        assert_eq!(config.get_keepalives_retries(), Some(ASK_TIMES));
        assert_eq!(config.get_connect_timeout(), Some(&CONNECT_TIMEOUT));
    }
}

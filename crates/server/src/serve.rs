//! `dispatch serve`: opens the database, listens, works, and ends what it began.

use std::process::ExitCode;

use axum::{Router, routing::get};
use dispatch_desk as desk;
use dispatch_http::{App, Listening, Seams};
use dispatch_mail::judge::Judge;
use dispatch_mailroom::{
    imap::Poller,
    smtp::{self, Smtp, SmtpSettings},
};
use dispatch_model::{Clock, Entropy};
use dispatch_outbound::Outbound;
use dispatch_store::{Db, Lane};
use dispatch_worker::Worker;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{files, first_run, open, server_key, settings::Settings};

pub async fn serve(settings: &Settings) -> Result<ExitCode, String> {
    for warning in settings.warnings() {
        tracing::warn!("{warning}");
    }
    let _alone = if settings.database.url.is_empty() { Some(open::lock(&settings.data.dir)?) } else { None };
    open::folder(&settings.data.dir)?;
    let key = server_key::load(settings)?;
    let dkim = settings.dkim()?;
    let listening = listen(&settings.http.listen).await?;
    let mail_socket = mail_socket(settings).await?;
    let address = listening.address().map_err(|error| error.to_string())?;
    let db = open::database(settings).await?;
    let first = first_run::prepare(&db, &settings.data.dir, &settings.base_url(&address.to_string())).await?;
    let base_url = settings.base_url(&address.to_string());
    let files = files::open(settings, &key, &base_url)?;
    rebase_avatars(&db, base_url).await?;
    let outbound = Outbound::new(settings.webhooks.allow_private_targets)?;
    let judge = Judge::of_this_machine();
    let seams = Seams { clock: Clock::System, entropy: Entropy::Os, key, files, outbound, judge };
    let mut for_http = settings.for_http(&address.to_string());
    for_http.mail.dkim = dkim;
    let app = App::new(db.clone(), seams.clone(), for_http);
    let Seams { clock, entropy, key, files, outbound, judge: _ } = seams;
    let worker = Worker::new(db, dispatch_worker::Seams { clock, entropy, key, outbound })
        .with_files(files)
        .with_mail_domain(settings.mail_domain().to_lowercase())
        .with_retention(settings.for_retention())
        .with_rules(settings.for_automations(&address.to_string()));
    let living = tokio::spawn(app.clone().run());
    let (stopped, stop) = watch::channel(false);
    let working = tokio::spawn(worker.run(app.work(), app.deliveries(), stop.clone()));
    let reading = tokio::spawn(app.mailroom().clone().run(stop.clone()));
    let polling = tokio::spawn(Poller::new(app.mailroom().clone(), app.seams().outbound.clone()).run(stop.clone()));
    let counters = counters(settings, &app, stop.clone()).await?;
    let (closed, closing) = watch::channel(false);
    let mail = mail_socket.map(|socket| tokio::spawn(listen_for_mail(&app, socket, closing)));
    // Caught before the address is printed: whoever reads it may stop the server at once.
    let signalled = signalled();
    println!("Dispatch {} listens on http://{address}", env!("CARGO_PKG_VERSION"));
    if let Some(sentence) = first {
        println!("{sentence}");
    }
    let router = dispatch_http::router(app.clone());
    let ending = app.clone();
    dispatch_http::serve(listening, router, async move {
        signalled.await;
        tracing::info!("stopping: no new requests, the present ones are finished");
        ending.stop();
        let _no_listener = closed.send(true);
    })
    .await;
    if let Some(mail) = mail
        && mail.await.is_err()
    {
        tracing::error!("the SMTP listener had panicked");
    }
    let _nobody_listens = stopped.send(true);
    if working.await.is_err() {
        tracing::error!("the worker had panicked");
    }
    if reading.await.is_err() || polling.await.is_err() {
        tracing::error!("whoever reads mail had panicked");
    }
    living.abort();
    let _ended = living.await;
    if let Some(counters) = counters {
        counters.abort();
    }
    // Dropping the last handle of the database waits for the writes that are under way.
    drop(app);
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// The addresses of members' pictures stand in the database: they begin with the server's own.
async fn rebase_avatars(db: &Db, base_url: String) -> Result<(), String> {
    let done: desk::Result<()> = db
        .write(Lane::Account, "avatars.rebase", move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { desk::avatars::rebase(tx, &base_url).await })
        })
        .await;
    done.map_err(|error| error.to_string())
}

async fn listen(address: &str) -> Result<Listening, String> {
    Listening::open(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// The socket and the certificate for mail that comes by SMTP, if there is to be one.
async fn mail_socket(settings: &Settings) -> Result<Option<(TcpListener, SmtpSettings)>, String> {
    let mail = &settings.mail;
    if mail.smtp_listen.is_empty() {
        return Ok(None);
    }
    let tls = if mail.smtp_tls_cert.is_empty() {
        None
    } else {
        Some(smtp::tls(mail.smtp_tls_cert.as_ref(), mail.smtp_tls_key.as_ref())?)
    };
    let listener = smtp::listen(&mail.smtp_listen).await;
    let listener = listener.map_err(|error| format!("cannot listen on {}: {error}", mail.smtp_listen))?;
    let message_bytes_max = usize::try_from(mail.max_message_mb * 1024 * 1024).unwrap_or(usize::MAX);
    Ok(Some((listener, SmtpSettings { hostname: settings.mail_domain(), message_bytes_max, tls })))
}

/// Takes mail by SMTP until the server stops.
fn listen_for_mail(
    app: &App,
    (listener, settings): (TcpListener, SmtpSettings),
    stop: watch::Receiver<bool>,
) -> impl Future<Output = ()> + use<> {
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, tls = settings.tls.is_some(), "mail is taken by SMTP");
    }
    Smtp::new(app.mailroom().clone(), settings).serve(listener, stop)
}

/// The second address, which serves only the counters.
async fn counters(
    settings: &Settings,
    app: &App,
    mut stop: watch::Receiver<bool>,
) -> Result<Option<tokio::task::JoinHandle<()>>, String> {
    if settings.metrics.listen.is_empty() {
        return Ok(None);
    }
    let listening = listen(&settings.metrics.listen).await?;
    let app = app.clone();
    let router = Router::new().route("/metrics", get(move || async move { dispatch_http::metrics_reply(&app) }));
    Ok(Some(tokio::spawn(dispatch_http::serve(listening, router, async move {
        let _closed = stop.changed().await;
    }))))
}

/// Catches SIGTERM and SIGINT from now on; done when one of them comes.
fn signalled() -> impl Future<Output = ()> {
    let caught = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        match caught {
            (Ok(mut term), Ok(mut int)) => {
                tokio::select! {
                    _ = term.recv() => {}
                    _ = int.recv() => {}
                }
            }
            _ => {
                tracing::error!("signals cannot be caught here; the server runs until it is killed");
                std::future::pending::<()>().await;
            }
        }
    }
}

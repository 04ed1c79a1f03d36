//! `/portal/{brandSlug}`: the customer portal as pages (API 22), for brands without one of their own. They work without a script. What
//! they show and do goes through the API's own routes (`inside.rs`), with the token that the cookie holds.

#![expect(clippy::result_large_err, reason = "what ends a request is a page, and moved once")]

mod arrival;
mod form;
mod html;
mod inside;
mod send;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use dispatch_desk::{self as desk, brands, portal};
use dispatch_model::{
    Timestamp,
    account::mint_token,
    limits::{PORTAL_SIGNED_IN_MS, PORTAL_TOKEN_MS},
    portal::{PORTAL_COOKIE, PORTAL_START},
};
use dispatch_store::{self as store, Lane, portal::PortalUser};
use serde_json::json;

use crate::{App, auth, page::escaped, pipeline};
use form::Form;
use html::Draft;
use inside::{Inside, Told};
use send::Forms;

const STYLE: &str = include_str!("../assets/portal.css");

/// What the pages need.
#[derive(Clone)]
struct Pages {
    app: App,
    api: Router,
    forms: Forms,
}

/// A brand, as its pages show it.
#[derive(Debug)]
struct Site {
    id: dispatch_model::BrandId,
    slug: String,
    name: String,
    icon_url: Option<String>,
    inbound_address: String,
    sends_mail: bool,
}

impl Site {
    fn path(&self) -> String {
        format!("/portal/{}", escaped(&self.slug))
    }
}

/// A customer who is signed in.
#[derive(Debug)]
struct Signed {
    token: String,
    user: PortalUser,
}

impl Signed {
    /// What a form says that is one of ours.
    fn csrf(&self) -> String {
        auth::csrf_token(&self.token)
    }
}

/// The pages and their style sheet. `api` answers what they ask.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(app: App, api: Router) -> Router<S> {
    let form_bytes_max = send::form_bytes_max(app.settings().file_cap.0);
    let pages = Pages { app, api, forms: Forms::default() };
    let at = |methods: axum::routing::MethodRouter<Pages>| methods.fallback(pipeline::nowhere);
    Router::new()
        .route("/portal/style.css", at(get(async || crate::page::style(STYLE))))
        .route("/portal/{slug}", at(get(home)))
        .route("/portal/{slug}/link", at(post(link)))
        .route("/portal/{slug}/sign-in", at(post(sign_in)))
        .route("/portal/{slug}/sign-out", at(post(sign_out)))
        .route("/portal/{slug}/new", at(get(new_ticket).post(send::create)))
        .route("/portal/{slug}/tickets/{ticket}", at(get(ticket).post(send::answer)))
        .route("/portal/{slug}/tickets/{ticket}/files/{file}", at(get(file)))
        .layer(DefaultBodyLimit::max(form_bytes_max))
        .with_state(pages)
}

/// What ends a request before its time: a page that says why.
type Paged = Result<Response, Response>;

fn unknown() -> Response {
    html::nowhere(
        StatusCode::NOT_FOUND,
        "There is nothing here",
        "The address may be incomplete, or what it led to is gone.",
    )
}

fn unavailable() -> Response {
    let said = "Please try again in a moment.";
    html::nowhere(StatusCode::SERVICE_UNAVAILABLE, "This does not work right now", said)
}

fn too_many() -> Response {
    html::nowhere(StatusCode::TOO_MANY_REQUESTS, "Too many requests", "Please try again in a minute.")
}

fn see(to: &str) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SEE_OTHER;
    match HeaderValue::from_str(to) {
        Ok(to) => response.headers_mut().insert(header::LOCATION, to),
        Err(_) => return unknown(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The token in the cookie.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == PORTAL_COOKIE).map(|(_, value)| value).filter(|it| it.starts_with(PORTAL_START))
}

/// What a ticket or a file is called in an address of the API.
fn plain(id: &str) -> Result<&str, Response> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if (1..=64).contains(&id.len()) && id.bytes().all(good) { Ok(id) } else { Err(unknown()) }
}

impl Pages {
    /// The brand of an address. An old slug leads to it as well.
    async fn site(&self, slug: &str) -> Result<Site, Response> {
        let (slug, sends) = (slug.to_owned(), self.app.mailroom().can_send());
        let domain = self.app.settings().mail_domain.clone();
        let found: desk::Result<Option<Site>> = self
            .app
            .db()
            .read("portal.site", move |tx| {
                let (slug, domain) = (slug.clone(), domain.clone());
                Box::pin(async move {
                    let Some(id) = store::portal::brand(tx, &slug).await? else { return Ok(None) };
                    let brand = brands::get(tx, &id).await?;
                    let sends_mail = sends || store::relays::get(tx, &id).await?.is_some();
                    Ok(Some(Site {
                        inbound_address: format!("{}@{domain}", brand.slug),
                        id: brand.id,
                        slug: brand.slug,
                        name: brand.name,
                        icon_url: brand.icon_url,
                        sends_mail,
                    }))
                })
            })
            .await;
        match found {
            Ok(site) => site.ok_or_else(unknown),
            Err(desk::Error::Refused(_)) => Err(unknown()),
            Err(error) => {
                tracing::warn!(%error, "the portal of a brand could not be shown");
                Err(unavailable())
            }
        }
    }

    /// Takes a token from a bucket; whoever finds it empty hears so.
    fn take(&self, whose: &str, rate: impl Fn(&crate::Limits) -> crate::Rate) -> Result<(), Response> {
        let Some(limits) = self.app.settings().limits else { return Ok(()) };
        let taken = self.app.buckets().take(whose, rate(&limits), self.app.seams().clock.now());
        if taken.wait.is_some() { Err(too_many()) } else { Ok(()) }
    }

    /// The brand of an address, and whoever is signed in to it. Their session goes on while they look at pages. Who is nobody draws on
    /// the bucket of their address, as on the API's public routes.
    async fn visited(
        &self,
        slug: &str,
        headers: &HeaderMap,
        inside: &Inside,
    ) -> Result<(Site, Option<Signed>), Response> {
        let token = cookie(headers).map(str::to_owned);
        let user = match &token {
            Some(token) => auth::portal_user(&self.app, token).await.map_err(|_| unavailable())?,
            None => None,
        };
        match &user {
            Some(user) => self.take(user.customer.as_str(), |limits| limits.portal)?,
            None => self.take(&inside.bucket, |limits| limits.public)?,
        }
        let site = self.site(slug).await?;
        let Some((token, user)) = token.zip(user).filter(|(_, user)| user.brand == site.id) else {
            return Ok((site, None));
        };
        let now = self.app.seams().clock.now();
        if user.expires_at < now.plus_ms(PORTAL_TOKEN_MS / 2) {
            self.prolong(&user, now).await;
        }
        Ok((site, Some(Signed { token, user })))
    }

    async fn prolong(&self, user: &PortalUser, now: Timestamp) {
        let (user, act) = (Arc::new(user.clone()), self.app.act(portal::actor(user), "portal"));
        let brand = user.brand.clone();
        let done: desk::Result<()> = self
            .app
            .db()
            .write(Lane::Brand(brand), "portal.prolong", move |tx| {
                let (user, act) = (user.clone(), act.clone());
                Box::pin(async move { portal::prolong(tx, &act, &user).await })
            })
            .await;
        if let Err(error) = done {
            tracing::warn!(%error, %now, "a session of the portal could not be prolonged");
        }
    }

    /// The brand and whoever is signed in; who is not gets to where one signs in.
    async fn both(&self, slug: &str, headers: &HeaderMap, inside: &Inside) -> Result<(Site, Signed), Response> {
        let (site, signed) = self.visited(slug, headers, inside).await?;
        match signed {
            Some(signed) => Ok((site, signed)),
            None => Err(see(&site.path())),
        }
    }

    /// The way in of whoever sends a request, and its headers.
    fn inside(&self, request: &Request) -> (Inside, HeaderMap) {
        (Inside::new(&self.api, request, &self.app.settings().trusted_proxies), request.headers().clone())
    }

    fn once(&self) -> String {
        mint_token("", &self.app.seams().entropy)
    }

    /// What an empty form needs.
    fn blank(&self) -> html::Blank {
        html::Blank { once: self.once(), file_bytes_max: self.app.settings().file_cap.0 }
    }

    /// Refuses a form that comes from a page of somebody else.
    fn check_page(&self, headers: &HeaderMap) -> Result<(), Response> {
        let from = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
        let own = match from {
            Some(from) => from == "same-origin" || from == "none",
            None => auth::check_origin(&self.app, headers).is_ok(),
        };
        let said = "This form was sent from another page. Go back and try again.";
        if own { Ok(()) } else { Err(html::nowhere(StatusCode::FORBIDDEN, "That did not work", said)) }
    }
}

/// What the API says where it is no answer to show.
fn failed(site: &Site, signed: Option<&Signed>, told: Option<&Told>) -> Response {
    match told.map(|told| told.status) {
        Some(StatusCode::UNAUTHORIZED) => see(&site.path()),
        Some(StatusCode::NOT_FOUND) => {
            let said = "The address may be incomplete, or what it led to is gone.";
            html::sentence(StatusCode::NOT_FOUND, site, signed, "There is nothing here", said)
        }
        Some(StatusCode::TOO_MANY_REQUESTS) => too_many(),
        _ => unavailable(),
    }
}

/// Handlers end early with a page, too.
fn either(paged: Paged) -> Response {
    paged.unwrap_or_else(|page| page)
}

async fn home(State(pages): State<Pages>, slug: Result<Path<String>, PathRejection>, request: Request) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            let (inside, headers) = pages.inside(&request);
            let query = request.uri().query().unwrap_or_default().to_owned();
            let (site, signed) = pages.visited(&slug, &headers, &inside).await?;
            let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let said = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            if let Some(token) = said("token") {
                return Ok(html::follow(&site, &token));
            }
            if slug != site.slug {
                return Ok(see(&site.path()));
            }
            let Some(signed) = signed else {
                return Ok(html::sign_in(&site, "", None));
            };
            let which = said("status").filter(|which| ["inactive", "all"].contains(&which.as_str()));
            let which = which.unwrap_or_else(|| "active".to_owned());
            let cursor = said("cursor").map_or_else(String::new, |cursor| {
                format!("&cursor={}", url::form_urlencoded::byte_serialize(cursor.as_bytes()).collect::<String>())
            });
            let told = inside.with(&signed.token).get(&format!("/portal/tickets?status={which}{cursor}")).await;
            match told {
                Some(told) if told.status == StatusCode::OK => Ok(html::tickets(&site, &signed, &which, &told.body)),
                // A cursor that somebody has made up.
                Some(told) if told.status == StatusCode::BAD_REQUEST => Ok(see(&site.path())),
                told => Ok(failed(&site, Some(&signed), told.as_ref())),
            }
        }
        .await,
    )
}

async fn link(State(pages): State<Pages>, slug: Result<Path<String>, PathRejection>, request: Request) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            pages.check_page(request.headers())?;
            let (inside, _) = pages.inside(&request);
            pages.take(&inside.bucket, |limits| limits.public)?;
            let site = pages.site(&slug).await?;
            let form = Form::short(request).await;
            let email = form.field("email");
            let page = format!("{}{}", pages.app.settings().public_url.trim_end_matches('/'), site.path());
            let asked = json!({ "brand": site.slug, "email": email, "portalUrl": page });
            let told = inside.post("/portal/magic-link", &asked, None).await;
            match told {
                Some(told) if told.status == StatusCode::OK => Ok(html::link_sent(&site, &email)),
                Some(told) if told.status == StatusCode::BAD_REQUEST => {
                    Ok(html::sign_in(&site, &email, Some("This is no mail address.")))
                }
                told => Ok(failed(&site, None, told.as_ref())),
            }
        }
        .await,
    )
}

async fn sign_in(State(pages): State<Pages>, slug: Result<Path<String>, PathRejection>, request: Request) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            pages.check_page(request.headers())?;
            let (inside, _) = pages.inside(&request);
            pages.take(&inside.bucket, |limits| limits.public)?;
            let site = pages.site(&slug).await?;
            let form = Form::short(request).await;
            let told = inside.post("/portal/verify", &json!({ "token": form.field("token") }), None).await;
            let Some(told) = told else { return Ok(unavailable()) };
            match (told.status, told.body["token"].as_str()) {
                (StatusCode::OK, Some(token)) => Ok(pages.signed_in(&site, token, PORTAL_SIGNED_IN_MS / 1000)),
                (StatusCode::UNAUTHORIZED | StatusCode::BAD_REQUEST, _) => {
                    let said = "The link was used or has expired. Ask for another one.";
                    Ok(html::sign_in(&site, "", Some(said)))
                }
                _ => Ok(failed(&site, None, Some(&told))),
            }
        }
        .await,
    )
}

impl Pages {
    /// Back to the list, with the cookie set, or taken away.
    fn signed_in(&self, site: &Site, token: &str, seconds: i64) -> Response {
        let mut response = see(&site.path());
        let secure = if self.app.is_https() { "; Secure" } else { "" };
        let path = site.path();
        let cookie = format!("{PORTAL_COOKIE}={token}; HttpOnly; SameSite=Lax; Path={path}; Max-Age={seconds}{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }
}

async fn sign_out(State(pages): State<Pages>, slug: Result<Path<String>, PathRejection>, request: Request) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            pages.check_page(request.headers())?;
            let (inside, headers) = pages.inside(&request);
            let (site, signed) = pages.both(&slug, &headers, &inside).await?;
            let form = Form::short(request).await;
            if form.field("csrf") != signed.csrf() {
                return Ok(see(&site.path()));
            }
            let (user, brand) = (Arc::new(signed.user), site.id.clone());
            let done: desk::Result<()> = pages
                .app
                .db()
                .write(Lane::Brand(brand), "portal.end", move |tx| {
                    let user = user.clone();
                    Box::pin(async move { portal::end(tx, &user).await })
                })
                .await;
            match done {
                Ok(()) => Ok(pages.signed_in(&site, "", 0)),
                Err(error) => {
                    tracing::warn!(%error, "a session of the portal could not be ended");
                    Ok(unavailable())
                }
            }
        }
        .await,
    )
}

async fn new_ticket(
    State(pages): State<Pages>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            let (inside, headers) = pages.inside(&request);
            let (site, signed) = pages.both(&slug, &headers, &inside).await?;
            Ok(html::new_ticket(&site, &signed, &pages.blank(), &Draft::default()))
        }
        .await,
    )
}

/// A ticket as a page, with what somebody has typed below it.
async fn shown(pages: &Pages, sent: (&Site, &Signed, &Inside), id: &str, draft: &Draft) -> Paged {
    let (site, signed, inside) = sent;
    let path = format!("/portal/tickets/{}", plain(id)?);
    let told = inside.get(&path).await;
    let Some(told) = told.filter(|told| told.status != StatusCode::OK || told.body.is_object()) else {
        return Err(unavailable());
    };
    if told.status != StatusCode::OK {
        return Err(failed(site, Some(signed), Some(&told)));
    }
    let attached = inside.get(&format!("{path}/attachments")).await.map(|told| told.body).unwrap_or_default();
    let attached = attached.as_array().cloned().unwrap_or_default();
    Ok(html::ticket(site, signed, &pages.blank(), (&told.body, &attached), draft))
}

async fn ticket(
    State(pages): State<Pages>,
    at: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path((slug, id))) = at else { return Err(unknown()) };
            let (inside, headers) = pages.inside(&request);
            let (site, signed) = pages.both(&slug, &headers, &inside).await?;
            let inside = inside.with(&signed.token);
            shown(&pages, (&site, &signed, &inside), &id, &Draft::default()).await
        }
        .await,
    )
}

async fn file(
    State(pages): State<Pages>,
    at: Result<Path<(String, String, String)>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path((slug, id, file))) = at else { return Err(unknown()) };
            let path = format!("/portal/tickets/{}/attachments/{}", plain(&id)?, plain(&file)?);
            let (inside, headers) = pages.inside(&request);
            let (site, signed) = pages.both(&slug, &headers, &inside).await?;
            let told = inside.with(&signed.token).get(&path).await;
            match told.as_ref().and_then(|told| told.body["downloadUrl"].as_str()) {
                Some(url) => Ok(see(url)),
                None => Ok(failed(&site, Some(&signed), told.as_ref())),
            }
        }
        .await,
    )
}

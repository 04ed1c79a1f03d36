//! `/portal/{brandSlug}`: the customer portal as pages (API 22), for brands without one of their own. They work without a script. What
//! they show and do goes through the API's own routes (`inside.rs`), with the token that the cookie holds.

#![expect(clippy::result_large_err, reason = "what ends a request is a page, and moved once")]

mod form;
mod html;
mod inside;

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
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::{App, auth, page::escaped, pipeline, rate_page::is_let_in};
use form::{Chosen, Form, Unread};
use html::Draft;
use inside::{Inside, Told};

const STYLE: &str = include_str!("../assets/portal.css");
/// The bytes that a form may have with all of its files.
const FORM_BYTES_MAX: usize = 26 * 1024 * 1024;
/// The bytes of one file, and how many of them a form may have. Larger ones go through the API, past this process.
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
const FILES_MAX: usize = 10;
/// The bytes of a field (a text of 1 MB), and how many of them a form may have.
const FIELD_BYTES_MAX: usize = 1024 * 1024;
const FIELDS_MAX: usize = 20;
/// Forms that are read at once: as many times 26 MB are in memory at most.
const FORMS_MAX: usize = 4;

/// What the pages need.
#[derive(Clone)]
struct Pages {
    app: App,
    api: Router,
    forms: Arc<Semaphore>,
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
    /// The field that says that a form is one of ours.
    fn csrf(&self) -> String {
        format!("<input type=\"hidden\" name=\"csrf\" value=\"{}\">\n", auth::csrf_token(&self.token))
    }

    fn has_sent(&self, form: &Form) -> bool {
        form.field("csrf") == auth::csrf_token(&self.token)
    }
}

/// The pages and their style sheet. `api` answers what they ask.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(app: App, api: Router) -> Router<S> {
    let pages = Pages { app, api, forms: Arc::new(Semaphore::new(FORMS_MAX)) };
    let at = |methods: axum::routing::MethodRouter<Pages>| methods.fallback(pipeline::nowhere);
    Router::new()
        .route("/portal/style.css", at(get(async || crate::page::style(STYLE))))
        .route("/portal/{slug}", at(get(home)))
        .route("/portal/{slug}/link", at(post(link)))
        .route("/portal/{slug}/sign-in", at(post(sign_in)))
        .route("/portal/{slug}/sign-out", at(post(sign_out)))
        .route("/portal/{slug}/new", at(get(new_ticket).post(create)))
        .route("/portal/{slug}/tickets/{ticket}", at(get(ticket).post(answer)))
        .route("/portal/{slug}/tickets/{ticket}/files/{file}", at(get(file)))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
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

    /// Whoever is signed in to this brand. Their session goes on while they look at pages.
    async fn signed(&self, site: &Site, headers: &HeaderMap) -> Result<Option<Signed>, Response> {
        let Some(token) = cookie(headers).map(str::to_owned) else { return Ok(None) };
        let user = auth::portal_user(&self.app, &token).await.map_err(|_| unavailable())?;
        let Some(user) = user.filter(|user| user.brand == site.id) else { return Ok(None) };
        let now = self.app.seams().clock.now();
        if user.expires_at < now.plus_ms(PORTAL_TOKEN_MS / 2) {
            self.prolong(&user, now).await;
        }
        Ok(Some(Signed { token, user }))
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
    async fn both(&self, slug: &str, headers: &HeaderMap) -> Result<(Site, Signed), Response> {
        let site = self.site(slug).await?;
        match self.signed(&site, headers).await? {
            Some(signed) => Ok((site, signed)),
            None => Err(see(&site.path())),
        }
    }

    /// The way in of whoever sends a request, and its headers.
    fn inside(&self, request: &Request) -> (Inside, HeaderMap) {
        (Inside::new(&self.api, request), request.headers().clone())
    }

    fn once(&self) -> String {
        mint_token("", &self.app.seams().entropy)
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

    /// Reads a form when there is room for it.
    async fn form(&self, request: Request) -> Result<Form, Unread> {
        self.check_size(&request)?;
        let _room = self.forms.acquire().await.map_err(|_| Unread::Broken)?;
        Form::read(request).await
    }

    fn check_size(&self, request: &Request) -> Result<(), Unread> {
        let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        let bytes = announced.and_then(|bytes| bytes.parse::<usize>().ok()).unwrap_or(0);
        if bytes > FORM_BYTES_MAX { Err(Unread::TooLarge) } else { Ok(()) }
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
            if !is_let_in(&pages.app, &request) {
                return Err(too_many());
            }
            let (inside, headers) = pages.inside(&request);
            let query = request.uri().query().unwrap_or_default().to_owned();
            let site = pages.site(&slug).await?;
            let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let said = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            if let Some(token) = said("token") {
                return Ok(html::follow(&site, &token));
            }
            if slug != site.slug {
                return Ok(see(&site.path()));
            }
            let Some(signed) = pages.signed(&site, &headers).await? else {
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
            let site = pages.site(&slug).await?;
            let form = pages.form(request).await.unwrap_or_default();
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
            let site = pages.site(&slug).await?;
            let form = pages.form(request).await.unwrap_or_default();
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
            let headers = request.headers().clone();
            let (site, signed) = pages.both(&slug, &headers).await?;
            let form = pages.form(request).await.unwrap_or_default();
            if !signed.has_sent(&form) {
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
            let headers = request.headers().clone();
            let (site, signed) = pages.both(&slug, &headers).await?;
            Ok(html::new_ticket(&site, &signed, &pages.once(), &Draft::default()))
        }
        .await,
    )
}

/// A form of somebody who is signed in.
struct Sent {
    site: Site,
    signed: Signed,
    inside: Inside,
    form: Result<Form, &'static str>,
}

impl Pages {
    async fn sent(&self, slug: &str, request: Request) -> Result<Sent, Response> {
        self.check_page(request.headers())?;
        let (inside, headers) = self.inside(&request);
        let (site, signed) = self.both(slug, &headers).await?;
        let inside = inside.with(&signed.token);
        let form = match self.form(request).await {
            Ok(form) if signed.has_sent(&form) => Ok(form),
            Ok(_) => Err("The page was open for too long. Please send it once more."),
            Err(Unread::TooLarge) => Err("That was too large: a file may have 10 MB, and all of them together 25 MB."),
            Err(Unread::Broken) => Err("That did not arrive as a whole. Please send it once more."),
        };
        Ok(Sent { site, signed, inside, form })
    }

    /// Uploads the files of a form and answers their ids, or what is wrong with one of them.
    async fn upload(&self, inside: &Inside, chosen: Vec<Chosen>) -> Result<Vec<Value>, String> {
        let mut ids = Vec::with_capacity(chosen.len());
        for Chosen { name, kind, bytes } in chosen {
            let wrong = |why: &str| format!("The file {name} cannot be sent: {why}");
            let asked = json!({ "filename": name, "contentType": kind, "size": bytes.len() });
            let told = inside.post("/portal/tickets/attachments/pending", &asked, None).await;
            let Some(told) =
                told.filter(|told| told.status == StatusCode::CREATED || told.status == StatusCode::BAD_REQUEST)
            else {
                return Err(wrong("please try again."));
            };
            if told.status == StatusCode::BAD_REQUEST {
                return Err(wrong(&told.problems()));
            }
            let id = told.body["id"].as_str().unwrap_or_default();
            let taken = inside.upload(self.app.files(), &told.body, bytes).await;
            let confirm = format!("/portal/tickets/attachments/pending/{id}/confirm");
            let confirmed = if taken { inside.post(&confirm, &json!({}), None).await } else { None };
            if confirmed.is_none_or(|told| told.status != StatusCode::OK) {
                return Err(wrong("please try again."));
            }
            ids.push(told.body["id"].clone());
        }
        Ok(ids)
    }
}

async fn create(State(pages): State<Pages>, slug: Result<Path<String>, PathRejection>, request: Request) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            let Sent { site, signed, inside, form } = pages.sent(&slug, request).await?;
            let mut draft = Draft::default();
            let form = match form {
                Ok(form) => form,
                Err(wrong) => {
                    draft.wrong = Some(wrong.to_owned());
                    return Ok(html::new_ticket(&site, &signed, &pages.once(), &draft));
                }
            };
            (draft.title, draft.body) = (form.field("title"), form.field("body"));
            let once = form.field("once");
            let made = match pages.upload(&inside, form.files).await {
                Ok(ids) => {
                    let body = json!({ "title": draft.title, "body": draft.body, "attachmentIds": ids });
                    inside.post("/portal/tickets", &body, Some(&once)).await
                }
                Err(wrong) => {
                    draft.wrong = Some(wrong);
                    return Ok(html::new_ticket(&site, &signed, &pages.once(), &draft));
                }
            };
            let Some(made) = made else { return Ok(unavailable()) };
            match made.status {
                StatusCode::CREATED => {
                    let number = made.body["ticketNumber"].as_str().unwrap_or_default();
                    Ok(see(&format!("{}/tickets/{number}", site.path())))
                }
                // Sent twice: the first one has made it.
                StatusCode::CONFLICT => Ok(see(&site.path())),
                StatusCode::BAD_REQUEST => {
                    draft.wrong = Some(made.problems());
                    Ok(html::new_ticket(&site, &signed, &pages.once(), &draft))
                }
                _ => Ok(failed(&site, Some(&signed), Some(&made))),
            }
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
    Ok(html::ticket(site, signed, &pages.once(), (&told.body, &attached), draft))
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
            let (site, signed) = pages.both(&slug, &headers).await?;
            let inside = inside.with(&signed.token);
            shown(&pages, (&site, &signed, &inside), &id, &Draft::default()).await
        }
        .await,
    )
}

async fn answer(
    State(pages): State<Pages>,
    at: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path((slug, id))) = at else { return Err(unknown()) };
            let id = plain(&id)?.to_owned();
            let Sent { site, signed, inside, form } = pages.sent(&slug, request).await?;
            let sent = (&site, &signed, &inside);
            let wrong = |body: String, wrong: String| Draft { body, wrong: Some(wrong), ..Draft::default() };
            let form = match form {
                Ok(form) => form,
                Err(why) => return shown(&pages, sent, &id, &wrong(String::new(), why.to_owned())).await,
            };
            let (body, once) = (form.field("body"), form.field("once"));
            let ids = match pages.upload(&inside, form.files).await {
                Ok(ids) => ids,
                Err(why) => return shown(&pages, sent, &id, &wrong(body, why)).await,
            };
            let asked = json!({ "body": body, "attachmentIds": ids });
            let path = format!("/portal/tickets/{id}");
            let Some(made) = inside.post(&format!("{path}/comments"), &asked, Some(&once)).await else {
                return Ok(unavailable());
            };
            match made.status {
                // Sent twice, or merged meanwhile: the page shows which.
                StatusCode::CREATED | StatusCode::CONFLICT => Ok(see(&format!("{}/tickets/{id}", site.path()))),
                StatusCode::BAD_REQUEST => shown(&pages, sent, &id, &wrong(body, made.problems())).await,
                _ => Ok(failed(&site, Some(&signed), Some(&made))),
            }
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
            let (site, signed) = pages.both(&slug, &headers).await?;
            let told = inside.with(&signed.token).get(&path).await;
            match told.as_ref().and_then(|told| told.body["downloadUrl"].as_str()) {
                Some(url) => Ok(see(url)),
                None => Ok(failed(&site, Some(&signed), told.as_ref())),
            }
        }
        .await,
    )
}

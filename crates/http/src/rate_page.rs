//! `/rate/{token}`: the page behind the link of a survey (API 24). It works without a script, and opening it answers nothing: programs
//! that look into mail follow links.

use std::sync::Arc;

use axum::{
    Router,
    body::to_bytes,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use dispatch_desk::{self as desk, Refusal, api_keys::hash, surveys};
use dispatch_model::{
    Errors, Input,
    brand::CsatType,
    event::Actor,
    survey::{FeedbackAnswer, FeedbackShown, FeedbackState},
};
use dispatch_store::Lane;
use serde_json::{Map, Value};

use crate::{
    App, clients,
    page::{self, escaped},
    pipeline,
};

const STYLE: &str = include_str!("../assets/rate.css");
/// The bytes that the form may have: a rating and a comment of 1,000 characters, each of which may be twelve bytes long.
const FORM_BYTES_MAX: usize = 16 * 1024;

/// The page and its style sheet.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rate/style.css", get(style).fallback(pipeline::nowhere))
        .route("/rate/{token}", get(survey).post(vote).fallback(pipeline::nowhere))
}

async fn style() -> Response {
    page::style(STYLE)
}

fn answer(status: StatusCode, title: &str, main: &str) -> Response {
    page::answer(status, title, "/rate/style.css", "no-referrer", main)
}

fn sentence(status: StatusCode, title: &str, text: &str) -> Response {
    answer(status, title, &format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(title), escaped(text)))
}

fn unknown() -> Response {
    sentence(StatusCode::NOT_FOUND, "This link does not work", "It may be incomplete, or what it was about is gone.")
}

fn unavailable() -> Response {
    let text = "Please try again in a moment.";
    sentence(StatusCode::SERVICE_UNAVAILABLE, "This does not work right now", text)
}

/// The answers of a scale, with what each is called.
fn choices(kind: CsatType) -> Vec<(i64, String)> {
    let scale = |last: i64| (1..=last).map(|rating| (rating, rating.to_string())).collect();
    match kind {
        CsatType::Thumbs => vec![(1, "\u{1f44d} Good".to_owned()), (-1, "\u{1f44e} Not good".to_owned())],
        CsatType::Scale5 => scale(5),
        CsatType::Scale10 => scale(10),
    }
}

fn form(survey: &FeedbackShown, problem: Option<&str>) -> Response {
    let icon = survey.brand.icon_url.as_deref().map_or_else(String::new, |url| {
        format!("<img class=\"icon\" src=\"{}\" alt=\"\" width=\"40\" height=\"40\">\n", escaped(url))
    });
    let all = choices(survey.rating_type);
    let radios: String = all
        .iter()
        .map(|(rating, label)| {
            format!("<label><input type=\"radio\" name=\"rating\" value=\"{rating}\" required><span>{label}</span></label>\n")
        })
        .collect();
    let ends = if survey.rating_type == CsatType::Thumbs {
        ""
    } else {
        "<p class=\"ends\"><span>Not happy at all</span><span>Very happy</span></p>\n"
    };
    let problem =
        problem.map_or_else(String::new, |text| format!("<p class=\"problem\" role=\"alert\">{}</p>\n", escaped(text)));
    let main = format!(
        "{icon}<p class=\"brand\">{brand}</p>\n<h1>How did we do?</h1>\n<p>{title} <span class=\"number\">{number}</span></p>\n{problem}\
        <form method=\"post\">\n<fieldset class=\"of-{count}\">\n<legend>How happy are you with our help?</legend>\n{radios}</fieldset>\n{ends}\
        <label class=\"comment\">Anything you would like to add?<textarea name=\"comment\" rows=\"4\" maxlength=\"1000\"></textarea></label>\n\
        <button type=\"submit\">Send</button>\n</form>\n",
        brand = escaped(&survey.brand.name),
        title = escaped(&survey.ticket.title),
        number = escaped(&survey.ticket.ticket_number),
        count = all.len(),
    );
    answer(if problem.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST }, "How did we do?", &main)
}

fn shown(survey: &FeedbackShown, problem: Option<&str>) -> Response {
    match survey.state {
        FeedbackState::Sent => form(survey, problem),
        FeedbackState::Submitted => {
            let text = format!("{} has your answer.", survey.brand.name);
            sentence(StatusCode::OK, "Thank you for your feedback", &text)
        }
        FeedbackState::Expired => sentence(
            StatusCode::OK,
            "This survey is over",
            "Thank you all the same. You can still answer to our mails.",
        ),
        FeedbackState::Scheduled | FeedbackState::Canceled => unknown(),
    }
}

/// What draws on the public bucket of the address, as the API's public routes do.
fn is_let_in(app: &App, request: &Request) -> bool {
    let Some(limits) = app.settings().limits else { return true };
    let from = clients::address(request, &app.settings().trusted_proxies);
    let taken = app.buckets().take(&format!("public {from}"), limits.public, app.seams().clock.now());
    taken.wait.is_none()
}

fn too_many() -> Response {
    sentence(StatusCode::TOO_MANY_REQUESTS, "Too many requests", "Please try again in a minute.")
}

async fn find(app: &App, token: &str) -> desk::Result<FeedbackShown> {
    let (token, act) = (hash(token), app.act(Actor::system(), "web"));
    app.db()
        .read("rate.show", move |tx| {
            let (token, act) = (token.clone(), act.clone());
            Box::pin(async move { surveys::shown(tx, &act, &token).await })
        })
        .await
}

fn failed(error: &desk::Error) -> Response {
    if matches!(error, desk::Error::Refused(Refusal::NotFound)) {
        return unknown();
    }
    tracing::warn!(%error, "the page of a survey could not be shown");
    unavailable()
}

async fn survey(State(app): State<App>, token: Result<Path<String>, PathRejection>, request: Request) -> Response {
    let Ok(Path(token)) = token else { return unknown() };
    if !is_let_in(&app, &request) {
        return too_many();
    }
    match find(&app, &token).await {
        Ok(survey) => shown(&survey, None),
        Err(error) => failed(&error),
    }
}

/// The fields of the form; `rating` as a number.
fn read(bytes: &[u8]) -> Result<FeedbackAnswer, Errors> {
    let mut members = Map::new();
    for (name, value) in url::form_urlencoded::parse(bytes) {
        let value = match name.as_ref() {
            "rating" => value.parse::<i64>().map_or(Value::Null, Value::from),
            "comment" => value.replace("\r\n", "\n").into(),
            _ => continue,
        };
        members.insert(name.into_owned(), value);
    }
    let mut errors = Errors::default();
    let answer = FeedbackAnswer::read(&mut members, &mut errors);
    errors.into_result()?;
    answer.ok_or_else(|| Errors::one("rating", "is required"))
}

async fn vote(State(app): State<App>, token: Result<Path<String>, PathRejection>, request: Request) -> Response {
    let Ok(Path(token)) = token else { return unknown() };
    if !is_let_in(&app, &request) {
        return too_many();
    }
    let Ok(bytes) = to_bytes(request.into_body(), FORM_BYTES_MAX).await else {
        return sentence(StatusCode::PAYLOAD_TOO_LARGE, "That was too long", "A comment may have 1,000 characters.");
    };
    let wanted = read(&bytes);
    let survey = match find(&app, &token).await {
        Ok(survey) => survey,
        Err(error) => return failed(&error),
    };
    let Ok(wanted) = wanted else {
        return shown(&survey, Some("Please choose an answer; a comment may have 1,000 characters."));
    };
    match keep(&app, &token, wanted).await {
        Ok(()) => thanks(),
        Err(desk::Error::Refused(Refusal::Invalid(_))) => shown(&survey, Some("Please choose one of the answers.")),
        // Somebody else with the link was quicker, or its time is over: the page says which.
        Err(desk::Error::Refused(Refusal::Conflict(_))) => thanks(),
        Err(error) => failed(&error),
    }
}

async fn keep(app: &App, token: &str, wanted: FeedbackAnswer) -> desk::Result<()> {
    let (token, wanted) = (hash(token), Arc::new(wanted));
    let named = token.clone();
    let (brand, _) = app
        .db()
        .read("rate.brand", move |tx| {
            let token = named.clone();
            Box::pin(async move { surveys::of_token(tx, &token).await })
        })
        .await?;
    let act = app.act(Actor::system(), "web");
    app.db()
        .write(Lane::Brand(brand), "rate.vote", move |tx| {
            let (token, wanted, act) = (token.clone(), wanted.clone(), act.clone());
            Box::pin(async move { surveys::answer(tx, &act, &token, &wanted).await.map(|_| ()) })
        })
        .await
}

/// Back to the page, which thanks: so that going back or loading it again does not send the form once more.
fn thanks() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SEE_OTHER;
    // An empty reference is the address itself.
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("?"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

//! What customers send: new tickets and answers, with files.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{StatusCode, header},
    response::Response,
};
use dispatch_model::CustomerId;
use serde_json::{Value, json};

use super::{
    Pages, Signed, Site, either, failed,
    form::{Chosen, FILES_MAX, Form, Rules, Unread},
    html::{self, Draft, megabytes},
    inside::{Inside, Told},
    plain, see, shown, unavailable, unknown,
};

/// Forms that are taken at once, and those of one customer.
const FORMS_MAX: usize = 32;
const FORMS_OF_ONE_MAX: usize = 2;
/// The bytes of a form beside its files.
const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The bytes of a whole form: two of the largest files, or more of smaller ones.
pub(super) fn form_bytes_max(file_bytes_max: i64) -> usize {
    usize::try_from(file_bytes_max).unwrap_or(0).saturating_mul(2).saturating_add(TEXT_BYTES_MAX)
}

/// Whose forms are being taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms(Arc<Mutex<HashMap<CustomerId, usize>>>);

/// A place among them.
struct Place(Forms, CustomerId);

impl Forms {
    fn enter(&self, who: &CustomerId) -> Option<Place> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = all.get(who).copied().unwrap_or(0);
        if own >= FORMS_OF_ONE_MAX || all.values().sum::<usize>() >= FORMS_MAX {
            return None;
        }
        all.insert(who.clone(), own + 1);
        Some(Place(self.clone(), who.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(&self.1) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(all.remove(&self.1)),
        }
    }
}

/// A form of somebody who is signed in.
struct Sent {
    site: Site,
    signed: Signed,
    inside: Inside,
    form: Form,
    wrong: Option<Draft>,
    /// While its files lie on the disk.
    _place: Place,
}

impl Pages {
    async fn sent(&self, slug: &str, request: Request) -> Result<Sent, Response> {
        self.check_page(request.headers())?;
        let (inside, headers) = self.inside(&request);
        let (site, signed) = self.visited(slug, &headers, &inside).await?;
        let Some(signed) = signed else {
            let form = Form::typed(request).await;
            return Err(html::signed_out(&site, &form.field("title"), &form.field("body")));
        };
        let inside = inside.with(&signed.token);
        let Some(place) = self.forms.enter(&signed.user.customer) else {
            let said = "Other forms are still being sent. Go back, and try again in a moment.";
            return Err(html::sentence(StatusCode::SERVICE_UNAVAILABLE, &site, Some(&signed), "Please wait", said));
        };
        let file_bytes_max = self.app.settings().file_cap.0;
        let rules = Rules {
            files: self.app.files(),
            file_bytes_max: u64::try_from(file_bytes_max).unwrap_or(0),
            is_too_large: announced(&request) > form_bytes_max(file_bytes_max),
            csrf: &signed.csrf(),
            nonce: &|| self.once(),
        };
        let (form, wrong) = Form::read(request, &rules).await;
        let wrong = wrong.map(|wrong| refused(&form, &wrong, file_bytes_max));
        Ok(Sent { site, signed, inside, form, wrong, _place: place })
    }

    /// Uploads the files of a form and answers their ids, or what is wrong with one of them.
    async fn upload(&self, inside: &Inside, chosen: Vec<Chosen>) -> Result<Vec<Value>, Upload> {
        let mut ids = Vec::with_capacity(chosen.len());
        for Chosen { name, kind, bytes, .. } in chosen {
            if bytes.size() == 0 {
                return Err(Upload::Wrong(format!("{name} is empty.")));
            }
            let again = || Upload::Wrong(format!("{name} could not be sent. Please try again."));
            // What a browser calls it may be no media type at all.
            let asked = |kind: &str| json!({ "filename": name, "contentType": kind, "size": bytes.size() });
            let mut told = inside.post("/portal/tickets/attachments/pending", &asked(&kind), None).await;
            if told.as_ref().is_some_and(|told| told.problems().iter().any(|(field, _)| field == "contentType")) {
                let any = asked("application/octet-stream");
                told = inside.post("/portal/tickets/attachments/pending", &any, None).await;
            }
            let Some(told) = told else { return Err(again()) };
            match told.status {
                StatusCode::CREATED => {}
                StatusCode::BAD_REQUEST => {
                    let said: Vec<String> = told.problems().into_iter().map(|(_, said)| said).collect();
                    return Err(Upload::Wrong(format!("{name} cannot be sent: its name {}.", said.join(", "))));
                }
                _ => return Err(Upload::Refused(told)),
            }
            let id = told.body["id"].as_str().unwrap_or_default();
            if !inside.upload(self.app.files(), &told.body, bytes).await {
                return Err(again());
            }
            let confirm = format!("/portal/tickets/attachments/pending/{id}/confirm");
            match inside.post(&confirm, &json!({}), None).await {
                Some(confirmed) if confirmed.status == StatusCode::OK => ids.push(told.body["id"].clone()),
                Some(confirmed) if confirmed.status == StatusCode::TOO_MANY_REQUESTS => {
                    return Err(Upload::Refused(confirmed));
                }
                _ => return Err(again()),
            }
        }
        Ok(ids)
    }
}

/// Why files were not uploaded.
enum Upload {
    /// Something about a file.
    Wrong(String),
    /// Something about whoever sends it.
    Refused(Told),
}

fn announced(request: &Request) -> usize {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

/// What was typed.
fn draft(form: &Form) -> Draft {
    Draft {
        title: form.field("title"),
        body: form.field("body"),
        had_files: !form.files.is_empty(),
        ..Draft::default()
    }
}

/// The form once more, with the reason why it did not count.
fn refused(form: &Form, wrong: &Unread, file_bytes_max: i64) -> Draft {
    let most = megabytes(file_bytes_max);
    let draft = draft(form);
    let of_files = |said: String| Draft { had_files: true, of: vec![("files".to_owned(), said)], ..Draft::default() };
    let Draft { had_files, of, wrong, .. } = match wrong {
        Unread::FileTooLarge(name) => of_files(format!("{name} is too large: a file may have {most}.")),
        Unread::TooManyFiles => of_files(format!("Only {FILES_MAX} files can be sent at once.")),
        Unread::TooLarge => Draft::wrong(format!(
            "That was too large: a text may have 1 MB, a file {most}, and all of them together {}.",
            megabytes(file_bytes_max.saturating_mul(2))
        )),
        Unread::Foreign => Draft::wrong("The page was open for too long. Please send it once more.".to_owned()),
        Unread::Broken => Draft::wrong("That did not arrive as a whole. Please send it once more.".to_owned()),
        Unread::NoRoom => Draft::wrong("The files cannot be taken right now. Please try again later.".to_owned()),
    };
    Draft { had_files: had_files || draft.had_files, of, wrong, ..draft }
}

/// What came of a form.
enum Outcome {
    /// This was made of it.
    Made(Value),
    /// It came twice: what it is about is there.
    Twice,
    /// It is shown once more.
    Again(Draft),
    /// There is nothing to show but this.
    Page(Response),
}

impl Pages {
    /// Makes something of a form, once.
    async fn make(
        &self,
        (site, signed, inside): (&Site, &Signed, &Inside),
        form: Form,
        path: &str,
        body: impl FnOnce(&Draft, Vec<Value>) -> Value,
    ) -> Outcome {
        let (draft, once) = (draft(&form), form.once());
        let ids = match self.upload(inside, form.files).await {
            Ok(ids) => ids,
            Err(Upload::Wrong(said)) => return Outcome::Again(Draft { of: vec![("files".to_owned(), said)], ..draft }),
            Err(Upload::Refused(told)) => return self.kept(site, signed, &told, draft),
        };
        let Some(made) = inside.post(path, &body(&draft, ids), once.as_deref()).await else {
            return Outcome::Page(unavailable());
        };
        match made.status {
            StatusCode::CREATED => Outcome::Made(made.body),
            // The number stands for what was typed and chosen; only the ids of the files differ.
            StatusCode::CONFLICT if made.code() == "idempotency_mismatch" => Outcome::Twice,
            StatusCode::BAD_REQUEST => Outcome::Again(Draft { of: made.problems(), ..draft }),
            _ => self.kept(site, signed, &made, draft),
        }
    }

    /// What is refused for another reason than what was typed: it is kept all the same, where there is a form to keep it in.
    #[expect(clippy::unused_self, reason = "beside the others")]
    fn kept(&self, site: &Site, signed: &Signed, told: &Told, draft: Draft) -> Outcome {
        let said = match told.status {
            StatusCode::TOO_MANY_REQUESTS => "That was too much at once. Please try again in a minute.".to_owned(),
            StatusCode::CONFLICT => told.body["message"].as_str().unwrap_or_default().to_owned(),
            StatusCode::SERVICE_UNAVAILABLE => "This does not work right now. Please try again in a moment.".to_owned(),
            StatusCode::UNAUTHORIZED => {
                return Outcome::Page(html::signed_out(site, &draft.title, &draft.body));
            }
            _ => return Outcome::Page(failed(site, Some(signed), Some(told))),
        };
        Outcome::Again(Draft { wrong: Some(said), ..draft })
    }
}

pub(super) async fn create(
    State(pages): State<Pages>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path(slug)) = slug else { return Err(unknown()) };
            let Sent { site, signed, inside, form, wrong, _place } = pages.sent(&slug, request).await?;
            let again = |draft: &Draft| Ok(html::new_ticket(&site, &signed, &pages.blank(), draft));
            if let Some(wrong) = wrong {
                return again(&wrong);
            }
            let body = |draft: &Draft, ids: Vec<Value>| json!({ "title": draft.title, "body": draft.body, "attachmentIds": ids });
            match pages.make((&site, &signed, &inside), form, "/portal/tickets", body).await {
                Outcome::Made(ticket) => {
                    let number = ticket["ticketNumber"].as_str().unwrap_or_default();
                    Ok(see(&format!("{}/tickets/{number}", site.path())))
                }
                Outcome::Twice => Ok(see(&site.path())),
                Outcome::Again(draft) => again(&draft),
                Outcome::Page(page) => Ok(page),
            }
        }
        .await,
    )
}

pub(super) async fn answer(
    State(pages): State<Pages>,
    at: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    either(
        async move {
            let Ok(Path((slug, id))) = at else { return Err(unknown()) };
            let id = plain(&id)?.to_owned();
            let Sent { site, signed, inside, form, wrong, _place } = pages.sent(&slug, request).await?;
            let sent = (&site, &signed, &inside);
            if let Some(wrong) = wrong {
                return shown(&pages, sent, &id, &wrong).await;
            }
            let body = |draft: &Draft, ids: Vec<Value>| json!({ "body": draft.body, "attachmentIds": ids });
            match pages.make(sent, form, &format!("/portal/tickets/{id}/comments"), body).await {
                Outcome::Made(_) | Outcome::Twice => Ok(see(&format!("{}/tickets/{id}#end", site.path()))),
                Outcome::Again(draft) => shown(&pages, sent, &id, &draft).await,
                Outcome::Page(page) => Ok(page),
            }
        }
        .await,
    )
}

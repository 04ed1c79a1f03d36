//! One authenticated request on its way through its handler.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use dispatch_desk::{self as desk, Caller};
use dispatch_model::{
    BrandId, Errors, KeyId, brand::MailDomains, event::Act, input::Params, limits::IDEMPOTENCY_KEPT_MS,
};
use dispatch_store::{self as store, Lane, Tx, conn::OpFuture, idempotency::Use};
use serde::Serialize;

use crate::{
    App,
    listen::Cut,
    operation::Operation,
    pipeline::empty_bucket,
    problem::{Code, Problem, json, named},
};

/// A request whose credential is known and whose scope fits.
pub(crate) struct Call {
    pub(crate) app: App,
    pub(crate) operation: Arc<Operation>,
    pub(crate) caller: Caller,
    pub(crate) act: Act,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) params: Params,
    /// The idempotency key with what belongs to it, where one counts.
    pub(crate) key: Option<Use>,
    /// Where a stream goes on that was cut off.
    pub(crate) last_event_id: Option<String>,
    /// Ends the connection.
    pub(crate) cut: Option<Cut>,
    /// Body fields that are not known.
    pub(crate) ignored: Vec<String>,
    /// The headers of a request whose body is no JSON: some say what belongs to it.
    pub(crate) said: HeaderMap,
    /// The brand that a route acts in whose path names none: a customer's, or that of a link.
    pub(crate) of_brand: Option<BrandId>,
    /// The origin of the page that sends it.
    pub(crate) origin: Option<String>,
    /// Whether it comes from a page of our own, or from no page; else the problem to tell where a cookie is set.
    pub(crate) own_page: Result<(), Problem>,
}

/// The header of an answer that an idempotency key had before.
pub(crate) const REPLAYED: &str = "idempotency-replayed";

/// The body of an answer.
enum Content {
    Json(String),
    /// Of this media type, perhaps not yet read to its end.
    Other(&'static str, Body),
}

/// What a handler answers.
pub(crate) struct Reply {
    status: StatusCode,
    body: Content,
    headers: HeaderMap,
    ignored: Vec<String>,
}

impl Reply {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(named(name), value);
        }
        self
    }

    /// With this status instead of the route's own.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Whether it is the answer that an idempotency key had before.
    pub(crate) fn is_replay(&self) -> bool {
        self.headers.contains_key(REPLAYED)
    }

    pub(crate) fn response(self) -> Response {
        let mut response = if self.status == StatusCode::NO_CONTENT {
            let mut empty = Response::default();
            *empty.status_mut() = self.status;
            empty
        } else {
            match self.body {
                Content::Json(body) => json(self.status, body),
                Content::Other(media_type, body) => {
                    let mut response = Response::new(body);
                    *response.status_mut() = self.status;
                    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
                    response
                }
            }
        };
        response.headers_mut().extend(self.headers);
        if !self.ignored.is_empty() {
            let names: Vec<String> = self.ignored.iter().take(50).map(|name| header_text(name)).collect();
            if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
                response.headers_mut().insert(named("x-ignored-fields"), value);
            }
        }
        response
    }
}

/// A field name as a header can carry it, of bounded length.
fn header_text(name: &str) -> String {
    let short: String = name.chars().take(100).collect();
    percent_encoding::utf8_percent_encode(&short, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%5F", "_")
        .replace("%2D", "-")
        .replace("%2E", ".")
        .replace("%5B", "[")
        .replace("%5D", "]")
}

/// What came of a write with an idempotency key.
enum Outcome<T> {
    Fresh(T, i64),
    Written(String, i64),
    Replayed(i64, String),
}

/// A thing, and whether it is new.
#[derive(Serialize)]
#[serde(transparent)]
struct Known<T> {
    value: T,
    #[serde(skip)]
    new: bool,
}

impl Call {
    /// A parameter of the path.
    pub(crate) fn at(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What a header says beside a body that is no JSON; one that says nothing is not there.
    pub(crate) fn said(&self, name: &str) -> Option<&str> {
        let value = self.said.get(name)?.to_str().ok()?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// The member who calls, when it is one.
    pub(crate) fn member(&self) -> Option<&str> {
        let user = self.caller.actor.kind == dispatch_model::event::ActorType::User;
        self.caller.actor.id.as_deref().filter(|_| user)
    }

    /// The brand of the path. The caller's scope holds it; whether it exists, its transaction says.
    pub(crate) fn brand(&self) -> BrandId {
        self.of_brand.clone().unwrap_or_else(|| BrandId::from(self.at("brandId")))
    }

    fn lane(&self) -> Lane {
        let brand = self.brand();
        if brand.as_str().is_empty() { Lane::Account } else { Lane::Brand(brand) }
    }

    /// Refuses a page of another origin than those that a brand lists and our own (API 1.9).
    pub(crate) fn check_portal_origin(&self, origins: &[String]) -> Result<(), Problem> {
        let Some(origin) = self.origin.as_deref() else { return Ok(()) };
        if self.own_page.is_ok() || origins.iter().any(|known| known.eq_ignore_ascii_case(origin)) {
            return Ok(());
        }
        Err(Problem::new(Code::Forbidden, "The portal of this brand takes no calls from pages of this origin."))
    }

    /// Reads the query; all that is wrong with it is told at once.
    pub(crate) async fn query<T>(&mut self, read: impl FnOnce(&mut Params, &mut Errors) -> T) -> Result<T, Problem> {
        let mut errors = Errors::default();
        let value = read(&mut self.params, &mut errors);
        match errors.into_result() {
            Ok(()) => Ok(value),
            Err(errors) => Err(self.refuse(Problem::invalid(errors)).await),
        }
    }

    /// The problem to tell: what is wrong with the path comes before what is wrong with the rest (API 1.5). Looking it
    /// up only now keeps it out of the way of every request that is right.
    pub(crate) async fn refuse(&self, problem: Problem) -> Problem {
        let (caller, path, key) = (self.caller.clone(), self.path.clone(), self.key.clone());
        let since = self.act.at.plus_ms(-IDEMPOTENCY_KEPT_MS);
        let operation = self.operation.id;
        let writes = !self.operation.method.is_safe();
        let known: Result<(), desk::Error> = self
            .app
            .db()
            .read("path.check", move |tx| {
                let (caller, path, key) = (caller.clone(), path.clone(), key.clone());
                Box::pin(async move {
                    check_path(tx, &caller, operation, &path, writes).await?;
                    // The same body would have been refused before; the answer there is belongs to another one.
                    if let Some(key) = &key
                        && store::idempotency::get(tx, key, since)
                            .await?
                            .is_some_and(|stored| stored.body_hash != key.body_hash)
                    {
                        return Err(desk::Refusal::KeyReused.into());
                    }
                    Ok(())
                })
            })
            .await;
        known.err().map_or(problem, Problem::from)
    }

    /// Runs a read and answers with what it found. The answer is written where it was read: a page is thousands of small texts, and
    /// what one thread allocates is dear for another to free.
    pub(crate) async fn read<T, F>(self, op: F) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
    {
        let op = Arc::new(op);
        let body = self
            .found(move |tx, act| {
                let op = op.clone();
                Box::pin(async move { Ok(to_json(&op(tx, act).await?)?) })
            })
            .await?;
        Ok(self.reply(body))
    }

    /// Runs a read for a handler that looks at what it found.
    pub(crate) async fn found<T, F>(&self, op: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + 'static,
    {
        let act = self.act.clone();
        let found: Result<T, desk::Error> = self.app.db().read(self.operation.id, move |tx| op(tx, act.clone())).await;
        Ok(found?)
    }

    /// Runs a write for a handler that has more to do; no idempotency key counts.
    pub(crate) async fn made<T, F>(&self, op: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
    {
        let act = self.act.clone();
        let op = Arc::new(op);
        let made: Result<T, desk::Error> = self
            .app
            .db()
            .write(self.lane(), self.operation.id, move |tx| {
                let (op, act) = (op.clone(), act.clone());
                Box::pin(async move {
                    let wrong = act.wrong.clone();
                    let made = op(tx, act).await?;
                    // The rules refuse what is wrong already; should one have forgotten it, nothing is written all the same.
                    wrong.into_result()?;
                    Ok(made)
                })
            })
            .await;
        self.written();
        Ok(made?)
    }

    /// Something of the account may have changed: a key, a session, a member. Streams may have to end.
    fn written(&self) {
        if self.lane() == Lane::Account {
            self.app.access_changed();
        }
    }

    /// Takes a token from the sign-in bucket of an email address or a member (API 1.8).
    pub(crate) fn take_sign_in(&self, whose: &str) -> Result<(), Problem> {
        let Some(limits) = self.app.settings().limits else { return Ok(()) };
        let taken = self.app.buckets().take(&format!("sign-in {whose}"), limits.sign_in, self.act.at);
        if taken.wait.is_some() { Err(empty_bucket(Some(taken))) } else { Ok(()) }
    }

    /// The domain of the brands' mail addresses.
    pub(crate) fn mail_domain(&self) -> String {
        self.app.settings().mail_domain.clone()
    }

    /// The same, and the others that brands may send from.
    pub(crate) fn mail_domains(&self) -> MailDomains {
        let settings = self.app.settings();
        MailDomains { own: settings.mail_domain.clone(), allowed_from: settings.mail_from_domains.clone() }
    }

    /// Runs a write and answers with what it made.
    pub(crate) async fn write<T, F>(self, op: F) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
    {
        self.write_kept(op, |value| write_json(value)).await
    }

    /// The same where the answer is completed behind the transaction, and at each replay anew: links are signed afresh, and
    /// none is stored (API 1.7).
    pub(crate) async fn write_completed<T, F>(
        self,
        op: F,
        complete: impl FnOnce(String) -> Result<String, Problem> + Send,
    ) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
    {
        let mut reply = self.write(op).await?;
        if let Content::Json(body) = reply.body {
            reply.body = Content::Json(complete(body)?);
        }
        Ok(reply)
    }

    /// The same where the answer says whether something was created: 201, or 200 with what was there before.
    pub(crate) async fn write_new<T, F>(self, op: F) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, (T, bool), desk::Error> + Send + Sync + 'static,
    {
        let op = Arc::new(op);
        self.write_with(
            move |tx, act| {
                let op = op.clone();
                Box::pin(async move {
                    let (value, new) = op(tx, act).await?;
                    Ok(Known { value, new })
                })
            },
            |known| write_json(&known.value),
            |known| if known.new { StatusCode::CREATED } else { StatusCode::OK },
        )
        .await
    }

    /// The same, where a replay must not show everything again: `keep` writes what may be shown.
    pub(crate) async fn write_kept<T, F>(self, op: F, keep: fn(&T) -> Result<String, Problem>) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
    {
        let status = self.operation.reply.status;
        self.write_with(op, keep, move |_| status).await
    }

    async fn write_with<T, F, S>(
        self,
        op: F,
        keep: fn(&T) -> Result<String, Problem>,
        status_of: S,
    ) -> Result<Reply, Problem>
    where
        T: Serialize + Send + 'static,
        F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error> + Send + Sync + 'static,
        S: Fn(&T) -> StatusCode + Send + Sync + Clone + 'static,
    {
        let Some(key) = self.key.clone() else {
            let made = self.made(op).await?;
            let status = status_of(&made);
            let mut reply = self.reply(write_json(&made)?);
            reply.status = status;
            return Ok(reply);
        };
        let gate = format!("{} {} {}", key.credential, key.operation, key.key);
        let _alone = self.app.running().enter(&gate).await?;
        let act = self.act.clone();
        let op = Arc::new(op);
        let made: Result<Outcome<T>, desk::Error> = self
            .app
            .db()
            .write(self.lane(), self.operation.id, move |tx| {
                let (op, act, key, status_of) = (op.clone(), act.clone(), key.clone(), status_of.clone());
                Box::pin(async move { once(tx, act, &key, status_of, &*op, keep).await })
            })
            .await;
        self.written();
        match made? {
            Outcome::Fresh(value, status) => Ok(self.answered(write_json(&value)?, status)),
            Outcome::Written(body, status) => Ok(self.answered(body, status)),
            Outcome::Replayed(status, body) => Ok(self.answered(body, status).header(REPLAYED, "true")),
        }
    }

    /// The reply with this body and status.
    fn answered(self, body: String, status: i64) -> Reply {
        let mut reply = self.reply(body);
        reply.status =
            u16::try_from(status).ok().and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(reply.status);
        reply
    }

    /// The reply with this body, and the status of the route.
    pub(crate) fn reply(self, body: String) -> Reply {
        self.answer(Content::Json(body))
    }

    /// The same with a body that is not JSON.
    pub(crate) fn reply_with(self, media_type: &'static str, body: Body) -> Reply {
        self.answer(Content::Other(media_type, body))
    }

    fn answer(self, body: Content) -> Reply {
        Reply { status: self.operation.reply.status, body, headers: HeaderMap::new(), ignored: self.ignored }
    }
}

/// The work, unless its key has an answer already; then the answer (API 1.7).
async fn once<T, F>(
    tx: &Tx,
    act: Act,
    key: &Use,
    status_of: impl Fn(&T) -> StatusCode,
    op: &F,
    keep: fn(&T) -> Result<String, Problem>,
) -> Result<Outcome<T>, desk::Error>
where
    T: Serialize,
    F: for<'t> Fn(&'t Tx, Act) -> OpFuture<'t, T, desk::Error>,
{
    let at = act.at;
    if let Some(stored) = store::idempotency::get(tx, key, at.plus_ms(-IDEMPOTENCY_KEPT_MS)).await? {
        if stored.body_hash != key.body_hash {
            return Err(desk::Refusal::KeyReused.into());
        }
        return Ok(Outcome::Replayed(stored.status, stored.reply));
    }
    let value = op(tx, act).await?;
    let shown = to_json(&value)?;
    let status = i64::from(status_of(&value).as_u16());
    let kept = keep(&value).map_err(|_| store::Error::Bug("a reply could not be written".to_owned()))?;
    store::idempotency::put(tx, key, status, &kept, at).await?;
    Ok(if shown == kept { Outcome::Written(shown, status) } else { Outcome::Fresh(value, status) })
}

pub(crate) fn write_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Problem> {
    Ok(to_json(value)?)
}

fn to_json<T: Serialize + ?Sized>(value: &T) -> store::Result<String> {
    serde_json::to_string(value).map_err(|error| store::Error::Bug(error.to_string()))
}

/// Whether everything that the path names is there, in the order of the path, and is the caller's to change if they do.
async fn check_path(
    tx: &Tx,
    caller: &Caller,
    operation: &str,
    path: &[(String, String)],
    writes: bool,
) -> Result<(), desk::Error> {
    let value = |name: &str| path.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if let Some(key) = value("keyId") {
        return desk::api_keys::check(tx, caller, &KeyId::from(key)).await;
    }
    if let Some(member) = value("memberId") {
        return desk::members::check(tx, caller, member, writes).await;
    }
    if let Some(invite) = value("inviteId") {
        return desk::invites::check(tx, caller, invite, writes).await;
    }
    if let Some(user) = &caller.portal {
        return check_portal_path(tx, user, value("ticketId"), value("attachmentId"), writes).await;
    }
    let Some(brand) = value("brandId").map(BrandId::from) else { return Ok(()) };
    desk::brands::get(tx, &brand).await?;
    match (value("ticketId"), value("commentId"), value("watcherId")) {
        (Some(ticket), Some(comment), _) => {
            desk::comments::check(tx, &brand, ticket, comment, writes.then_some(caller)).await?;
        }
        (Some(ticket), _, Some(watcher)) => desk::watchers::find(tx, &brand, ticket, watcher).await.map(|_| ())?,
        (Some(ticket), None, None) if operation == "tickets.restore" => {
            desk::tickets::check_any(tx, &brand, ticket).await?;
        }
        (Some(ticket), None, None) => desk::tickets::check(tx, &brand, ticket).await?,
        (None, ..) => {}
    }
    if let Some(attachment) = value("attachmentId") {
        use desk::attachments::{Place, get};
        let place = value("ticketId").map_or(Place::Nowhere, |ticket| Place::Ticket(ticket.to_owned()));
        get(tx, &brand, &place, attachment).await?;
    }
    if let Some(status) = value("statusId") {
        desk::statuses::get(tx, &brand, status).await?;
    }
    if let Some(customer) = value("customerId") {
        desk::customers::get(tx, &brand, customer).await?;
    }
    if let Some(webhook) = value("webhookId") {
        match value("deliveryId") {
            Some(delivery) => desk::webhooks::delivery(tx, &brand, webhook, delivery).await.map(|_| ())?,
            None => desk::webhooks::get(tx, &brand, webhook).await.map(|_| ())?,
        }
    }
    if let Some(connection) = value("connectionId") {
        desk::connections::get(tx, &brand, connection).await?;
    }
    if let Some(mail) = value("mailId") {
        desk::mail_in::get(tx, &brand, mail).await?;
    }
    if let Some(automation) = value("automationId") {
        desk::automations::get(tx, &brand, automation).await?;
    }
    if let Some(run) = value("runId") {
        desk::automations::check_run(tx, &brand, run).await?;
    }
    if let Some(category) = value("categoryId") {
        desk::categories::get(tx, &brand, category).await?;
    }
    if let Some(tag) = value("tagId") {
        desk::tags::get(tx, &brand, tag).await?;
    }
    if let Some(entity) = value("entity") {
        let entity = desk::fields::entity(entity)?;
        if let Some(key) = value("key") {
            desk::fields::get(tx, &brand, entity, key).await?;
        }
    }
    if let Some(company) = value("companyId") {
        desk::companies::get(tx, &brand, company).await?;
    }
    Ok(())
}

/// The same for a customer, to whom only what is theirs is there.
async fn check_portal_path(
    tx: &Tx,
    user: &store::portal::PortalUser,
    ticket: Option<&str>,
    attachment: Option<&str>,
    writes: bool,
) -> Result<(), desk::Error> {
    use desk::{attachments::Place, portal};
    match (ticket, attachment) {
        (Some(ticket), None) => portal::check(tx, user, ticket).await,
        (Some(ticket), Some(file)) if !writes => portal::attachment(tx, user, ticket, file).await.map(|_| ()),
        (ticket, Some(file)) => {
            let place = ticket.map_or(Place::Nowhere, |ticket| Place::Ticket(ticket.to_owned()));
            portal::check_file(tx, user, &place, file).await
        }
        (None, None) => Ok(()),
    }
}

/// An operation over clones of these values, as the seam wants it: it may run more than once. It takes the values with it,
/// unless they stand behind `&`.
#[macro_export]
#[doc(hidden)]
macro_rules! op {
    (&[$($name:ident),* $(,)?] |$tx:ident, $act:pat_param| $body:expr) => {{
        $( let $name = $name.clone(); )*
        $crate::op!([$($name),*] |$tx, $act| $body)
    }};
    ([$($name:ident),* $(,)?] |$tx:ident, $act:pat_param| $body:expr) => {
        move |$tx, $act| {
            $( let $name = $name.clone(); )*
            Box::pin(async move { $body.await })
        }
    };
}

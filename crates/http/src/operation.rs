//! The table of routes: what a route is called, who may use it, what it reads and answers, and who does it.

use std::{future::Future, pin::Pin, sync::Arc};

use axum::{
    body::Bytes,
    http::{Method, StatusCode},
};
use dispatch_desk::Permission;
use dispatch_model::{
    Errors, Input,
    input::{parse_object, schema::described},
    page::Pagination,
};
use utoipa::{
    ToSchema,
    openapi::{
        Object, Ref, RefOr, Schema,
        schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, SchemaType, Type},
    },
};

use crate::{
    call::{Call, Reply},
    problem::{Code, Problem},
};

type Handling = Pin<Box<dyn Future<Output = Result<Reply, Problem>> + Send>>;
type Handler = Arc<dyn Fn(Call, Bytes) -> Handling + Send + Sync>;

/// One query parameter, for the API document and for refusing the others.
pub(crate) struct QueryDoc {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) schema: RefOr<Schema>,
    pub(crate) required: bool,
    pub(crate) example: &'static str,
}

/// The body that a route reads.
pub(crate) struct BodyDoc {
    pub(crate) name: &'static str,
    pub(crate) schema: fn() -> Object,
    pub(crate) required: bool,
    pub(crate) rule: Option<&'static str>,
    pub(crate) example: Option<&'static str>,
}

impl BodyDoc {
    /// Every field means something, so that none is ignored.
    pub(crate) fn is_open(&self) -> bool {
        (self.schema)().properties.is_empty()
    }
}

/// Schemas by their names.
pub(crate) type Components = Vec<(String, RefOr<Schema>)>;
/// A reference to the schema of a type, and every schema that it needs. They are made when the API document is: all of them together
/// are as large as everything else that a server keeps in memory.
type Part = fn() -> (RefOr<Schema>, Components);

/// What a reply is made of.
enum Shape {
    One(Part),
    Page(Part),
    Text,
    Many(Box<Self>),
    Either(Box<Self>, Part),
    OrNull(Box<Self>),
}

impl Shape {
    fn schema(&self) -> (RefOr<Schema>, Components) {
        match self {
            Self::One(part) => part(),
            Self::Page(part) => {
                let (schema, mut components) = part();
                let (pagination, more) = component::<Pagination>();
                components.extend(more);
                let page = ObjectBuilder::new()
                    .property("data", ArrayBuilder::new().items(schema))
                    .required("data")
                    .property("pagination", pagination)
                    .required("pagination");
                (page.into(), components)
            }
            Self::Text => (ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).into(), Vec::new()),
            Self::Many(one) => {
                let (one, components) = one.schema();
                (ArrayBuilder::new().items(one).into(), components)
            }
            Self::Either(first, other) => {
                let (first, mut components) = first.schema();
                let (other, more) = other();
                components.extend(more);
                (AnyOfBuilder::new().item(first).item(other).into(), components)
            }
            Self::OrNull(some) => {
                let (some, components) = some.schema();
                (described(some, "", true), components)
            }
        }
    }
}

/// What a route answers when all goes well.
pub(crate) struct ReplyDoc {
    pub(crate) status: StatusCode,
    /// 200 as well: what was there already is answered as if it were new.
    pub(crate) or_ok: bool,
    shape: Option<Shape>,
    pub(crate) media_type: &'static str,
}

impl ReplyDoc {
    /// The schema of the reply and those that it needs; nothing when there is no body.
    pub(crate) fn schema(&self) -> Option<(RefOr<Schema>, Components)> {
        self.shape.as_ref().map(Shape::schema)
    }

    fn reshape(&mut self, shape: impl FnOnce(Box<Shape>) -> Shape) {
        self.shape = self.shape.take().map(|known| shape(Box::new(known)));
    }
}

/// One route.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Below `/v1`, with `{parameters}`.
    pub(crate) path: &'static str,
    /// `tickets.create`: also the name of the client's method.
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    /// What else there is to say: order, limits, side effects, events.
    pub(crate) about: &'static str,
    /// Errors that not every route of its kind has, and when they come.
    pub(crate) refusals: Vec<(Code, &'static str)>,
    pub(crate) permission: Permission,
    /// Public, and of those routes that have the smallest buckets: signing in, mailed links, resets.
    pub(crate) signs_in: bool,
    pub(crate) query: Vec<QueryDoc>,
    /// Unknown query parameters are refused: lists, searches, counts, statistics (API 1.1).
    pub(crate) strict_query: bool,
    /// A stream that goes on where `Last-Event-ID` says.
    pub(crate) resumes: bool,
    /// An idempotency key counts although nothing is created: ticket bulk and merge (API 1.7).
    pub(crate) keyed: bool,
    pub(crate) body: Option<BodyDoc>,
    /// The media type of a body that is no JSON.
    pub(crate) raw_body: Option<&'static str>,
    /// Whether a body with wrong fields is looked into further; see [`Operation::tells_all`].
    stand_ins: Option<&'static [(&'static str, &'static str)]>,
    /// Headers of its reply that not every route of its kind has, by the names of their components.
    pub(crate) reply_headers: Vec<&'static str>,
    pub(crate) reply: ReplyDoc,
    pub(crate) handler: Handler,
}

impl Operation {
    /// A route that answers 200 with `T`.
    pub(crate) fn new<T: ToSchema + 'static>(
        method: Method,
        path: &'static str,
        id: &'static str,
        summary: &'static str,
    ) -> Self {
        Self::answering(method, path, id, summary, Shape::One(component::<T>))
    }

    /// A GET that answers with a bare array of `T` (API 1.4). Unknown query parameters are refused.
    pub(crate) fn array<T: ToSchema + 'static>(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new::<T>(Method::GET, path, id, summary).many().strict()
    }

    /// A GET that answers with a page of `T` (API 1.4). Unknown query parameters are refused.
    pub(crate) fn page<T: ToSchema + 'static>(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::answering(Method::GET, path, id, summary, Shape::Page(component::<T>)).strict()
    }

    /// A GET that answers with a file of comma-separated values. Unknown query parameters are refused.
    pub(crate) fn csv(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        let mut operation = Self::answering(Method::GET, path, id, summary, Shape::Text).strict();
        operation.reply.media_type = "text/csv";
        operation
    }

    /// A GET that answers with bytes of this type.
    pub(crate) fn raw(path: &'static str, id: &'static str, summary: &'static str, media_type: &'static str) -> Self {
        let mut operation = Self::answering(Method::GET, path, id, summary, Shape::Text);
        operation.reply.media_type = media_type;
        operation
    }

    /// A GET that answers with a stream of events for as long as its reader likes. Unknown query parameters are refused.
    pub(crate) fn stream(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        let mut operation = Self::answering(Method::GET, path, id, summary, Shape::Text).strict();
        operation.reply.media_type = crate::streams::MEDIA_TYPE;
        operation
    }

    fn answering(method: Method, path: &'static str, id: &'static str, summary: &'static str, shape: Shape) -> Self {
        Self {
            permission: if method == Method::GET { Permission::Read } else { Permission::Work },
            signs_in: false,
            method,
            path,
            id,
            summary,
            about: "",
            refusals: Vec::new(),
            query: Vec::new(),
            strict_query: false,
            resumes: false,
            keyed: false,
            body: None,
            raw_body: None,
            stand_ins: None,
            reply_headers: Vec::new(),
            reply: ReplyDoc {
                status: StatusCode::OK,
                or_ok: false,
                shape: Some(shape),
                media_type: "application/json",
            },
            handler: Arc::new(|_, _| Box::pin(async { Err(Problem::not_found()) })),
        }
    }

    /// It answers with an array of what it says.
    pub(crate) fn many(mut self) -> Self {
        self.reply.reshape(Shape::Many);
        self
    }

    /// It creates something: 201, and idempotency keys count.
    pub(crate) fn creates(mut self) -> Self {
        self.reply.status = StatusCode::CREATED;
        self
    }

    /// It may answer with this instead.
    pub(crate) fn also<T: ToSchema + 'static>(mut self) -> Self {
        self.reply.reshape(|first| Shape::Either(first, component::<T>));
        self
    }

    /// It answers null when there is nothing.
    pub(crate) fn or_null(mut self) -> Self {
        self.reply.reshape(Shape::OrNull);
        self
    }

    /// It answers 204 without a body.
    pub(crate) fn empty(mut self) -> Self {
        self.reply = ReplyDoc { status: StatusCode::NO_CONTENT, shape: None, ..self.reply };
        self
    }

    /// What else there is to say of it, beside its summary.
    pub(crate) fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// It refuses with this error when the text says so.
    pub(crate) fn refuses(mut self, code: Code, when: &'static str) -> Self {
        self.refusals.push((code, when));
        self
    }

    /// It answers 200 instead of 201 with what was there already.
    pub(crate) fn or_ok(mut self) -> Self {
        self.reply.or_ok = true;
        self
    }

    /// A long array that goes on at `X-Next-Cursor`.
    pub(crate) fn continues(mut self) -> Self {
        self.reply_headers.push("X-Next-Cursor");
        self
    }

    /// It begins or ends a session, perhaps by the cookie.
    pub(crate) fn sets_cookie(mut self) -> Self {
        self.reply_headers.push("Set-Cookie");
        self
    }

    /// It takes no credential, and draws on the buckets for signing in.
    pub(crate) fn signs_in(mut self) -> Self {
        self.permission = Permission::Public;
        self.signs_in = true;
        self
    }

    pub(crate) fn needs(mut self, permission: Permission) -> Self {
        self.permission = permission;
        self
    }

    /// Adds a query parameter.
    pub(crate) fn query(mut self, name: &'static str, about: &'static str, schema: RefOr<Schema>) -> Self {
        self.query.push(QueryDoc { name, about, schema, required: false, example: "" });
        self
    }

    /// The parameter that was added last has to be there.
    pub(crate) fn asked(mut self) -> Self {
        self.query.iter_mut().last().into_iter().for_each(|query| query.required = true);
        self
    }

    /// What the parameter that was added last looks like.
    pub(crate) fn like(mut self, example: &'static str) -> Self {
        self.query.iter_mut().last().into_iter().for_each(|query| query.example = example);
        self
    }

    /// A stream that goes on where `Last-Event-ID` says.
    pub(crate) fn resumes(mut self) -> Self {
        self.resumes = true;
        self
    }

    /// It is a list: unknown query parameters are refused.
    pub(crate) fn strict(mut self) -> Self {
        self.strict_query = true;
        self
    }

    /// Whether an idempotency key counts here: not where somebody signs in (API 1.7).
    pub(crate) fn is_idempotent(&self) -> bool {
        let creates = self.method == Method::POST && self.reply.status == StatusCode::CREATED;
        // A message is known by itself: one that comes again is a duplicate.
        self.keyed || (creates && !matches!(self.permission, Permission::Public | Permission::Inbound))
    }

    /// An idempotency key counts although nothing is created.
    pub(crate) fn keyed(mut self) -> Self {
        self.keyed = true;
        self
    }

    /// Its handler, which reads no body.
    pub(crate) fn run<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Call) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply, Problem>> + Send + 'static,
    {
        self.handler = Arc::new(move |call, _| Box::pin(handler(call)));
        self
    }

    /// It reads a body of this type.
    pub(crate) fn reads_raw(mut self, media_type: &'static str) -> Self {
        self.raw_body = Some(media_type);
        self
    }

    /// Its handler, which gets the body as it came.
    pub(crate) fn run_raw<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(Call, Bytes) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply, Problem>> + Send + 'static,
    {
        self.handler = Arc::new(move |call, bytes| Box::pin(handler(call, bytes)));
        self
    }

    /// Before [`Self::run_with`]: a body with wrong fields is looked into further, so that references that lead nowhere are told
    /// in the same answer (API 1.5). `stand_ins` are JSON values for the required fields, to go on with when they are wrong.
    /// The rules that it runs must begin with what is wrong already (`Act::wrong`).
    pub(crate) fn tells_all(mut self, stand_ins: &'static [(&'static str, &'static str)]) -> Self {
        self.stand_ins = Some(stand_ins);
        self
    }

    /// Its handler, which gets the body as a value that cannot be wrong.
    pub(crate) fn run_with<B, F, Fut>(mut self, handler: F) -> Self
    where
        B: Input,
        F: Fn(Call, B) -> Fut + Send + Sync + Clone + 'static,
        Fut: Future<Output = Result<Reply, Problem>> + Send + 'static,
    {
        let (rule, example) = (B::rule(), B::example());
        self.body = Some(BodyDoc { name: B::NAME, schema: B::schema, required: B::REQUIRED, rule, example });
        let stand_ins = self.stand_ins;
        self.handler = Arc::new(move |mut call, bytes| {
            let handler = handler.clone();
            Box::pin(async move {
                let problem = match read::<B>(&mut call, &bytes) {
                    Ok(body) => return handler(call, body).await,
                    Err(problem) => call.refuse(problem).await,
                };
                let Some(rest) = stand_ins.and_then(|stand_ins| rest::<B>(&bytes, &problem, stand_ins)) else {
                    return Err(problem);
                };
                call.key = None; // what is only looked into leaves no answer behind
                call.act.wrong = Errors::from(problem.errors.clone());
                match handler(call, rest).await {
                    Err(all) if !all.errors.is_empty() => Err(all),
                    _ => Err(problem),
                }
            })
        });
        self
    }
}

/// What is left of a body without its wrong fields, to see what else is wrong.
fn rest<B: Input>(bytes: &Bytes, problem: &Problem, stand_ins: &[(&str, &str)]) -> Option<B> {
    let mut members = parse_object(bytes).ok().filter(|_| !problem.errors.is_empty())?;
    for wrong in &problem.errors {
        let field = wrong.field.split(['.', '[']).next().unwrap_or_default();
        members.remove(field);
        if let Some((_, value)) = stand_ins.iter().find(|(name, _)| *name == field) {
            members.insert(field.to_owned(), serde_json::from_str(value).ok()?);
        }
    }
    B::read(&mut members, &mut Errors::default())
}

/// Reads a body; fields that are not known are noted in the call.
fn read<B: Input>(call: &mut Call, bytes: &Bytes) -> Result<B, Problem> {
    let mut members = parse_object(bytes).map_err(|malformed| Problem::new(Code::Validation, malformed.0))?;
    let mut errors = Errors::default();
    let body = B::read(&mut members, &mut errors);
    call.ignored.extend(members.into_iter().map(|(name, _)| name).chain(errors.take_ignored()));
    body.ok_or_else(|| Problem::invalid(errors))
}

/// A reference to the schema of `T`, and every schema that it needs.
fn component<T: ToSchema + 'static>() -> (RefOr<Schema>, Components) {
    let name = T::name().into_owned();
    let mut components = vec![(name.clone(), T::schema())];
    T::schemas(&mut components);
    (Ref::from_schema_name(name).into(), components)
}

//! `/brands/{brandId}/connections`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Permission,
    connections::{self, Trial},
};
use dispatch_model::{
    Errors,
    account::Success,
    connection::{Answer, Connection, ConnectionPatch, ConnectionTest, ConnectionUpdate, NewConnection},
};
use dispatch_store as store;

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/connections";
const ONE: &str = "/brands/{brandId}/connections/{connectionId}";

pub(super) fn operations() -> Vec<Operation> {
    let all = vec![
        Operation::array::<Connection>(ALL, "connections.list", "Connections, oldest first").about("At most 50.").run(list),
        Operation::new::<Connection>(Method::POST, ALL, "connections.create", "Create a connection")
            .creates()
            .about(
                "What `config` and `secrets` hold depends on `type`. Secrets are never shown again, not even to whoever set them: \
                `secretsSet` says which there are. Its address must be https and on the public network. Records `connection.created`.",
            )
            .refuses(Code::Conflict, "The brand has 50 connections.")
            .run_with(create),
        Operation::new::<Connection>(Method::GET, ONE, "connections.get", "One connection").run(get),
        Operation::new::<Connection>(Method::PATCH, ONE, "connections.update", "Change a connection")
            .about(
                "Fields of `config` and `secrets` that are left out stay. When `url` or `siteUrl` changes, the secrets that are sent \
                there have to be said again. The type stays. Records `connection.updated`.",
            )
            .tells_all(&[])
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "connections.delete", "Delete a connection")
            .empty()
            .about("Records `connection.deleted`.")
            .refuses(Code::Conflict, "An automation uses it.")
            .run(delete),
        Operation::new::<ConnectionTest>(
            Method::POST,
            "/brands/{brandId}/connections/{connectionId}/test",
            "connections.test",
            "Try a connection",
        )
        .about(
            "Also while it is disabled. Slack gets a line, Jira is asked for its project, and an HTTP connection sends an event about \
            a ticket that does not exist. Answers after the call, whatever came of it: `ok` says whether it was taken.",
        )
        .run(test),
    ];
    all.into_iter().map(|operation| operation.needs(Permission::Configure)).collect()
}

impl Call {
    fn connection(&self) -> String {
        self.at("connectionId").to_owned()
    }

    /// Adds what is wrong with an address that may not be called. Its name is looked up with no transaction open.
    async fn look_at(&self, target: Option<(String, &str)>, errors: &mut Errors) {
        if let Some((field, url)) = target
            && let Err(unfit) = self.app.seams().outbound.check(url).await
        {
            errors.push(field, unfit.to_string());
        }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | connections::all(tx, &brand))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.connection());
    call.read(op!([brand, id] | tx, _act | connections::get(tx, &brand, &id))).await
}

async fn create(call: Call, new: NewConnection) -> Result<Reply, Problem> {
    let mut errors = Errors::default();
    call.look_at(new.target(), &mut errors).await;
    if !errors.is_empty() {
        return Err(call.refuse(Problem::invalid(errors)).await);
    }
    let (brand, sealing, new) = (call.brand(), call.sealing(), Arc::new(new));
    call.write(op!([brand, sealing, new] | tx, act | connections::create(tx, &act, &brand, &new, &sealing))).await
}

/// What a change may hold depends on the type, which only the connection knows: it is looked up first.
async fn update(mut call: Call, patch: ConnectionPatch) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.connection());
    let present = call.found(op!(&[brand, id] | tx, _act | connections::get(tx, &brand, &id))).await?;
    let (mut errors, mut ignored) = (call.act.wrong.clone(), Vec::new());
    let update: Option<ConnectionUpdate> = patch.read_for(present.kind, &mut errors, &mut ignored);
    call.ignored.extend(ignored);
    if let Some(update) = &update {
        update.refuse_redirected(&present, &mut errors);
        call.look_at(update.target(), &mut errors).await;
    }
    let (Some(update), true) = (update, errors.is_empty()) else { return Err(Problem::invalid(errors)) };
    let (sealing, update) = (call.sealing(), Arc::new(update));
    call.write(op!(
        [brand, id, sealing, update] | tx,
        act | connections::update(tx, &act, &brand, &id, &update, &sealing)
    ))
    .await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.connection());
    call.write(op!([brand, id] | tx, act | connections::delete(tx, &act, &brand, &id))).await
}

/// Runs to its end also when the client does not wait for it, so that what came of it is written down.
async fn test(call: Call) -> Result<Reply, Problem> {
    tokio::spawn(tested(call)).await.unwrap_or_else(|error| Err(store::Error::Bug(error.to_string()).into()))
}

async fn tested(call: Call) -> Result<Reply, Problem> {
    let (brand, id, url) = (call.brand(), call.connection(), call.app.settings().public_url.clone());
    let trial = call.found(op!(&[brand, id, url] | tx, act | connections::trial(tx, &act, &brand, &id, &url))).await?;
    let answer = Arc::new(tried(&call, &trial).await);
    let (id, at) = (trial.row.connection.id, call.app.seams().clock.now());
    call.made(op!(
        &[brand, id, answer] | tx,
        _act | connections::note_use(tx, &brand, &id, answer.ok, answer.error(), at)
    ))
    .await?;
    let body = write_json(&ConnectionTest::from(Arc::unwrap_or_clone(answer)))?;
    Ok(call.reply(body))
}

async fn tried(call: &Call, trial: &Trial) -> Answer {
    let seams = call.app.seams();
    let target = match connections::target(&trial.row, &seams.key) {
        Ok(target) => target,
        Err(error) => {
            tracing::error!(connection = %trial.row.connection.id, %error, "a connection cannot be called");
            return Answer::unsent(connections::UNOPENED);
        }
    };
    match &trial.message {
        Some(message) => seams.outbound.call(&target, message, &seams.clock).await,
        None => seams.outbound.read_project(&target, &seams.clock).await,
    }
}

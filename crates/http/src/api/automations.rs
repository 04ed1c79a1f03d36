//! `/brands/{brandId}/automations`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Error, Permission,
    automations::{self, Failed, Rules, RunQuery, Stopped},
};
use dispatch_model::{
    account::Success,
    automation::{
        Automation, AutomationOrder, AutomationPatch, AutomationTest, AutomationTested, NewAutomation, Run, RunStatus,
    },
    input::{Parse, schema},
};
use dispatch_store::Lane;

use super::{page_limit, paged};
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/automations";
const ONE: &str = "/brands/{brandId}/automations/{automationId}";

/// Stand-ins for the required fields of a new automation, to look for what else is wrong.
const STAND_INS: &[(&str, &str)] =
    &[("name", r#""x""#), ("trigger", r#"{"events":["ticket.created"]}"#), ("actions", r#"[{"type":"send_survey"}]"#)];

pub(super) fn operations() -> Vec<Operation> {
    of_automations().into_iter().chain(of_runs()).map(|operation| operation.needs(Permission::Configure)).collect()
}

fn of_automations() -> Vec<Operation> {
    vec![
        Operation::array::<Automation>(ALL, "automations.list", "Automations in the order of execution")
            .about("At most 200.")
            .run(list),
        Operation::new::<Automation>(Method::POST, ALL, "automations.create", "Create an automation")
            .creates()
            .about(
                "It runs behind the others, on what happens from then on: after the commit of an event of its trigger, once for \
                each, when the ticket as it is then meets its conditions. What its actions do to the ticket is one transaction, \
                with source `automation` and this automation as the actor. Calls are tried again after 10 seconds, a minute, 10 \
                minutes and an hour. Texts take placeholders such as `{{ticket.title}}`. Records `automation.created`.",
            )
            .refuses(Code::Conflict, "The brand has 200 automations.")
            .tells_all(STAND_INS)
            .run_with(create),
        Operation::new::<Automation>(Method::GET, ONE, "automations.get", "One automation").run(get),
        Operation::new::<Automation>(Method::PATCH, ONE, "automations.update", "Change an automation")
            .about(
                "Calls that wait are still made as they were meant. One that is enabled again runs on what happens from then on. \
                Records `automation.updated`.",
            )
            .tells_all(&[])
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "automations.delete", "Delete an automation")
            .empty()
            .about("Its runs stay as long as they are kept, and calls that wait are still made. Records `automation.deleted`.")
            .run(delete),
        Operation::new::<Automation>(
            Method::POST,
            "/brands/{brandId}/automations/reorder",
            "automations.reorder",
            "Set the order of execution of all automations",
        )
        .many()
        .about("Each sees the ticket as the one before has left it. Records `automation.reordered`.")
        .run_with(reorder),
        Operation::new::<AutomationTested>(
            Method::POST,
            "/brands/{brandId}/automations/{automationId}/test",
            "automations.test",
            "Say what an automation would do to a ticket",
        )
        .about("A dry run: nothing is changed, called or mailed, and no run is recorded. Also while it is disabled.")
        .tells_all(&[("ticketId", r#""x""#)])
        .run_with(test),
    ]
}

fn of_runs() -> Vec<Operation> {
    let list = |path, id, summary| {
        paged(Operation::page::<Run>(path, id, summary))
            .query("ticketId", "About this ticket alone: its id or its number.", schema::any_text())
            .query("status", "Only these.", <RunStatus as Parse>::schema())
            .about("Events that met the conditions, and those that would have started it. Kept for 30 days.")
    };
    vec![
        list("/brands/{brandId}/automations/runs", "automations.runs", "Runs of all automations, newest first")
            .run(all_runs),
        list(
            "/brands/{brandId}/automations/{automationId}/runs",
            "automations.runsOf",
            "Runs of one automation, newest first",
        )
        .run(runs_of),
        Operation::new::<Run>(
            Method::POST,
            "/brands/{brandId}/automations/runs/{runId}/retry",
            "automations.retryRun",
            "Repeat the failed actions of a run",
        )
        .about("What it does to the ticket is done at once; calls begin their schedule anew.")
        .refuses(Code::Conflict, "No action of the run has failed, or its automation or its ticket is no longer there.")
        .run(retry),
    ]
}

impl Call {
    fn automation(&self) -> String {
        self.at("automationId").to_owned()
    }

    fn rules(&self) -> Rules {
        // How deep events may be is the worker's business: nothing that a request does asks for it.
        Rules { base_url: self.app.settings().public_url.clone(), max_depth: i64::MAX }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | automations::all(tx, &brand))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.automation());
    call.read(op!([brand, id] | tx, _act | automations::get(tx, &brand, &id))).await
}

async fn create(call: Call, new: NewAutomation) -> Result<Reply, Problem> {
    let (brand, new) = (call.brand(), Arc::new(new));
    call.write(op!([brand, new] | tx, act | automations::create(tx, &act, &brand, &new))).await
}

async fn update(call: Call, patch: AutomationPatch) -> Result<Reply, Problem> {
    let (brand, id, patch) = (call.brand(), call.automation(), Arc::new(patch));
    call.write(op!([brand, id, patch] | tx, act | automations::update(tx, &act, &brand, &id, &patch))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.automation());
    call.write(op!([brand, id] | tx, act | automations::delete(tx, &act, &brand, &id))).await
}

async fn reorder(call: Call, order: AutomationOrder) -> Result<Reply, Problem> {
    let (brand, order) = (call.brand(), Arc::new(order));
    call.write(op!([brand, order] | tx, act | automations::reorder(tx, &act, &brand, &order))).await
}

async fn test(call: Call, order: AutomationTest) -> Result<Reply, Problem> {
    let (brand, id, rules, order) = (call.brand(), call.automation(), call.rules(), Arc::new(order));
    call.read(op!([brand, id, rules, order] | tx, act | automations::test(tx, &act, &brand, &id, &order, &rules))).await
}

async fn all_runs(call: Call) -> Result<Reply, Problem> {
    runs(call, None).await
}

async fn runs_of(call: Call) -> Result<Reply, Problem> {
    let id = call.automation();
    runs(call, Some(id)).await
}

async fn runs(mut call: Call, automation: Option<String>) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| RunQuery {
            ticket: params.one("ticketId", errors),
            status: params.parsed::<RunStatus>("status", errors),
            limit: page_limit(params, errors),
            cursor: params.one("cursor", errors),
        })
        .await?;
    let (brand, query) = (call.brand(), Arc::new(query));
    call.read(op!([brand, automation, query] | tx, _act | automations::runs(tx, &brand, automation.as_deref(), &query)))
        .await
}

/// What cannot be done to the ticket is given up in a transaction of its own, and the run says so.
async fn retry(call: Call) -> Result<Reply, Problem> {
    let mut failed: Option<Failed> = None;
    loop {
        // Each try makes ids of its own.
        let act = call.app.act(call.act.actor.clone(), call.act.source);
        let (brand, id, rules, before) = (call.brand(), call.at("runId").to_owned(), call.rules(), failed.take());
        let done: Result<Run, Stopped> = call
            .app
            .db()
            .write(Lane::Brand(brand.clone()), "automations.retryRun", move |tx| {
                let (act, brand, id) = (act.clone(), brand.clone(), id.clone());
                let (rules, before) = (rules.clone(), before.clone());
                Box::pin(async move { automations::retry(tx, &act, &brand, &id, &rules, before.as_ref()).await })
            })
            .await;
        match done {
            Ok(run) => return Ok(call.reply(write_json(&run)?)),
            Err(Stopped::Run(run)) => failed = Some(run),
            Err(Stopped::Other(error)) => return Err(Error::into(error)),
        }
    }
}

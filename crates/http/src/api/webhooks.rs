//! `/brands/{brandId}/webhooks`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Error, Permission,
    webhooks::{self, Claimed, DeliveryQuery, Ended, Sealing},
};
use dispatch_model::{
    account::Success,
    event::{Actor, EventType, HOOKS, expand_in},
    input::{Parse, schema},
    limits::DELIVERIES_PAGE_MAX,
    webhook::{
        Attempted, Delivery, DeliveryStatus, DeliveryWithAttempts, NewWebhook, Replay, Replayed, SecretRotated,
        SecretRotation, Webhook, WebhookCreated, WebhookPatch, WebhookSecret,
    },
};
use dispatch_outbound::webhook::{Post, lease_ms};
use dispatch_store::{self as store, Lane};

use super::{TYPES, limit, types_schema};
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/brands/{brandId}/webhooks";
const ONE: &str = "/brands/{brandId}/webhooks/{webhookId}";
const DELIVERY: &str = "/brands/{brandId}/webhooks/{webhookId}/deliveries/{deliveryId}";

pub(super) fn operations() -> Vec<Operation> {
    subscriptions().into_iter().chain(of_deliveries()).map(|operation| operation.needs(Permission::Configure)).collect()
}

fn subscriptions() -> Vec<Operation> {
    vec![
        Operation::array::<Webhook>(ALL, "webhooks.list", "Webhooks, oldest first").about("At most 50.").run(list),
        Operation::new::<WebhookCreated>(
            Method::POST,
            ALL,
            "webhooks.create",
            "Create a webhook; its secret is shown once",
        )
        .creates()
        .about(
            "From now on events of these types are posted to `url`, at least once each and not always in order. A \
            receiver answers with a 2xx within 15 seconds; what fails is tried again for more than a day. Both \
            signatures of a call are made with the secret: `webhook-signature` (Standard Webhooks) and \
            `X-Dispatch-Signature`. Records `webhook.created`.",
        )
        .refuses(Code::Conflict, "The brand has 50 webhooks.")
        .run_with(create),
        Operation::new::<Webhook>(Method::GET, ONE, "webhooks.get", "One webhook").run(get),
        Operation::new::<Webhook>(Method::PATCH, ONE, "webhooks.update", "Change a webhook")
            .about("What waits for a webhook that is disabled fails. Records `webhook.updated`.")
            .run_with(update),
        Operation::new::<Success>(Method::DELETE, ONE, "webhooks.delete", "Delete a webhook; what waits for it fails")
            .empty()
            .about("Records `webhook.deleted`.")
            .run(delete),
        Operation::new::<SecretRotated>(
            Method::POST,
            "/brands/{brandId}/webhooks/{webhookId}/rotate-secret",
            "webhooks.rotateSecret",
            "Give a webhook another secret; the one before also signs for 24 hours",
        )
        .about("The new secret is shown once. Records `webhook.updated`.")
        .run_with(rotate),
        Operation::new::<Delivery>(
            Method::POST,
            "/brands/{brandId}/webhooks/{webhookId}/test",
            "webhooks.test",
            "Call a webhook once with webhook.ping",
        )
        .about("Also while it is disabled. Answers after the attempt, whatever came of it; it is not made again.")
        .run(test),
        Operation::new::<Replayed>(
            Method::POST,
            "/brands/{brandId}/webhooks/{webhookId}/replay",
            "webhooks.replay",
            "Deliver once more what has happened since a time",
        )
        .about(
            "New deliveries of the same events, with the ids that they had, also of those from before the webhook was \
            there. At most 10,000 per call: `hasMore` says that some were left out.",
        )
        .refuses(Code::Conflict, "The webhook is disabled.")
        .run_with(replay),
    ]
}

fn of_deliveries() -> Vec<Operation> {
    vec![
        Operation::array::<Delivery>(
            "/brands/{brandId}/webhooks/{webhookId}/deliveries",
            "webhooks.deliveries",
            "Deliveries of a webhook, newest first",
        )
        .query("status", "Only these.", <DeliveryStatus as Parse>::schema())
        .query("event", TYPES, types_schema(&with_ping()))
        .query("limit", "Deliveries at most.", schema::int_or(1, DELIVERIES_PAGE_MAX, DELIVERIES_PAGE_MAX))
        .query("cursor", "`X-Next-Cursor` of the reply before.", schema::text(0, 4096))
        .about(
            "Kept for 30 days. A part may hold fewer than `limit`, or nothing, and still go on: a filter looks at 10,000 at \
            a time.",
        )
        .continues()
        .run(deliveries),
        Operation::new::<DeliveryWithAttempts>(
            Method::GET,
            DELIVERY,
            "webhooks.getDelivery",
            "One delivery with every attempt",
        )
        .run(get_delivery),
        Operation::new::<Delivery>(
            Method::POST,
            "/brands/{brandId}/webhooks/{webhookId}/deliveries/{deliveryId}/retry",
            "webhooks.retryDelivery",
            "Try a delivery again at once, whatever became of it",
        )
        .about("If that fails, its schedule begins anew.")
        .refuses(Code::Conflict, "The webhook is disabled, or an attempt is under way.")
        .run(retry),
    ]
}

/// The names that deliveries may have.
fn with_ping() -> Vec<EventType> {
    HOOKS.iter().copied().chain(["webhook.ping"]).collect()
}

impl Call {
    fn webhook(&self) -> String {
        self.at("webhookId").to_owned()
    }

    pub(super) fn sealing(&self) -> Sealing {
        let seams = self.app.seams();
        Sealing::new(seams.key.clone(), seams.entropy.clone())
    }

    /// Refuses a target that may not be called. The name is looked up with no transaction open.
    async fn check_target(&self, url: Option<&str>) -> Result<(), Problem> {
        let Some(url) = url else { return Ok(()) };
        match self.app.seams().outbound.check(url).await {
            Ok(()) => Ok(()),
            Err(unfit) => {
                let errors = dispatch_model::Errors::one("url", unfit.to_string());
                Err(self.refuse(Problem::invalid(errors)).await)
            }
        }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | webhooks::all(tx, &brand))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (brand, id) = (call.brand(), call.webhook());
    call.read(op!([brand, id] | tx, _act | webhooks::get(tx, &brand, &id))).await
}

async fn create(call: Call, new: NewWebhook) -> Result<Reply, Problem> {
    call.check_target(Some(&new.url)).await?;
    let secret = new.secret.clone().unwrap_or_else(|| WebhookSecret::mint(&call.app.seams().entropy));
    let (brand, sealing, new) = (call.brand(), call.sealing(), Arc::new(new));
    // The secret is shown once: a replay has null in its place, and the stored answer too.
    let kept = |reply: &WebhookCreated| write_json(&WebhookCreated { secret: None, ..reply.clone() });
    call.write_kept(
        op!(
            [brand, sealing, new, secret] | tx,
            act | async {
                let webhook = webhooks::create(tx, &act, &brand, &new, &secret, &sealing).await?;
                Ok::<_, Error>(WebhookCreated { webhook, secret: Some(secret.reveal().to_owned()) })
            }
        ),
        kept,
    )
    .await
}

async fn update(call: Call, patch: WebhookPatch) -> Result<Reply, Problem> {
    call.check_target(patch.url.as_deref()).await?;
    let (brand, id, sealing, patch) = (call.brand(), call.webhook(), call.sealing(), Arc::new(patch));
    let app = call.app.clone();
    let reply = call
        .write(op!([brand, id, sealing, patch] | tx, act | webhooks::update(tx, &act, &brand, &id, &patch, &sealing)))
        .await?;
    app.wake_deliveries();
    Ok(reply)
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (brand, id, app) = (call.brand(), call.webhook(), call.app.clone());
    let reply = call.write(op!([brand, id] | tx, act | webhooks::delete(tx, &act, &brand, &id))).await?;
    app.wake_deliveries();
    Ok(reply)
}

async fn rotate(call: Call, rotation: SecretRotation) -> Result<Reply, Problem> {
    let secret = webhooks::secret_of(&rotation, &call.app.seams().entropy);
    let (brand, id, sealing) = (call.brand(), call.webhook(), call.sealing());
    call.write(op!([brand, id, sealing, secret] | tx, act | webhooks::rotate(tx, &act, &brand, &id, &secret, &sealing)))
        .await
}

async fn deliveries(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| {
            let status = params.parsed::<DeliveryStatus>("status", errors);
            let types = params.list("event", errors).and_then(|names| match expand_in(&with_ping(), &names, true) {
                Ok(types) => Some(types),
                Err(unknown) => {
                    errors.push("event", format!("unknown event {unknown}"));
                    None
                }
            });
            let limit = limit(params, DELIVERIES_PAGE_MAX, DELIVERIES_PAGE_MAX, errors);
            DeliveryQuery { status, types, limit, cursor: params.one("cursor", errors) }
        })
        .await?;
    let (brand, id, query) = (call.brand(), call.webhook(), Arc::new(query));
    let (found, next) =
        call.found(op!([brand, id, query] | tx, _act | webhooks::deliveries(tx, &brand, &id, &query))).await?;
    let reply = call.reply(write_json(&found)?);
    Ok(match next {
        Some(next) => reply.header("x-next-cursor", &next),
        None => reply,
    })
}

async fn get_delivery(call: Call) -> Result<Reply, Problem> {
    let (brand, id, delivery) = (call.brand(), call.webhook(), call.at("deliveryId").to_owned());
    call.read(op!([brand, id, delivery] | tx, _act | webhooks::delivery(tx, &brand, &id, &delivery))).await
}

async fn retry(call: Call) -> Result<Reply, Problem> {
    let (brand, id, delivery) = (call.brand(), call.webhook(), call.at("deliveryId").to_owned());
    let app = call.app.clone();
    let reply =
        call.write(op!([brand, id, delivery] | tx, act | webhooks::retry(tx, &act, &brand, &id, &delivery))).await?;
    app.wake_deliveries();
    Ok(reply)
}

async fn replay(call: Call, order: Replay) -> Result<Reply, Problem> {
    let (brand, id, order) = (call.brand(), call.webhook(), Arc::new(order));
    let mut so_far =
        call.found(op!(&[brand, id, order] | tx, _act | webhooks::begin_replay(tx, &brand, &id, &order))).await?;
    let lane = Lane::Consumer(brand.clone(), store::consumers::WEBHOOKS);
    while !so_far.done {
        // Each step makes ids of its own.
        let act = call.app.act(call.act.actor.clone(), call.act.source);
        let brand = brand.clone();
        let step: Result<_, Error> = call
            .app
            .db()
            .write(lane.clone(), "webhooks.replay", move |tx| {
                let (act, brand, so_far) = (act.clone(), brand.clone(), so_far.clone());
                Box::pin(async move { webhooks::replay_step(tx, &act, &brand, &so_far).await })
            })
            .await;
        so_far = step?;
        call.app.wake_deliveries();
    }
    let reply = write_json(&Replayed { count: so_far.count, has_more: so_far.has_more })?;
    Ok(call.reply(reply))
}

/// Runs to its end also when the client does not wait for it, so that the attempt is written down.
async fn test(call: Call) -> Result<Reply, Problem> {
    tokio::spawn(tested(call)).await.unwrap_or_else(|error| Err(store::Error::Bug(error.to_string()).into()))
}

async fn tested(call: Call) -> Result<Reply, Problem> {
    let (brand, id, until) = (call.brand(), call.webhook(), call.act.at.plus_ms(lease_ms()));
    let claimed = call.made(op!(&[brand, id] | tx, act | webhooks::begin_test(tx, &act, &brand, &id, until))).await?;
    let attempted = attempt(&call, &claimed).await;
    let delivery = claimed.delivery.id.0.clone();
    let (both, system) = (Arc::new((claimed, attempted)), call.app.act(Actor::system(), "system"));
    let ended =
        call.made(op!([both, system] | tx, _act | webhooks::record(tx, &both.0, &both.1, Some(&system)))).await?;
    if let Ended::Recorded(status) = ended {
        call.app.seams().outbound.tally().count(status);
    }
    let shown =
        call.found(op!([brand, id, delivery] | tx, _act | webhooks::shown_after(tx, &brand, &id, &delivery))).await?;
    let body = write_json(&shown)?;
    Ok(call.reply(body))
}

async fn attempt(call: &Call, claimed: &Claimed) -> Attempted {
    let seams = call.app.seams();
    let webhook = &claimed.hook.webhook;
    let secrets = match webhooks::open_secrets(&seams.key, webhook.id.as_str(), &claimed.hook.sealed, seams.clock.now())
    {
        Ok(secrets) => secrets,
        Err(error) => {
            tracing::error!(webhook = %webhook.id, error, "a test call cannot be signed");
            return Attempted::unsent(seams.clock.now(), webhooks::UNSIGNED);
        }
    };
    let post = Post {
        url: &webhook.url,
        event_id: &claimed.delivery.event_id,
        kind: &claimed.delivery.kind,
        delivery_id: claimed.delivery.id.as_str(),
        secrets: &secrets,
        body: &claimed.payload,
        tries: claimed.tries,
    };
    seams.outbound.post(&post, &seams.clock, &seams.entropy).await
}

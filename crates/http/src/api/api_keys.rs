//! `/accounts/me/api-keys`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{
    Error, Permission,
    api_keys::{self, KeyOrder, Secret},
};
use dispatch_model::{
    KeyId, Patch,
    account::{ApiKey, ApiKeyPatch, NewApiKey, NewApiKeyReply, ScopePatch, Success},
};
use dispatch_store as store;

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/accounts/me/api-keys";
const ONE: &str = "/accounts/me/api-keys/{keyId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::array::<ApiKey>(ALL, "apiKeys.list", "Every API key, newest first")
            .needs(Permission::Manage)
            .about("The text of a key is never shown again. A caller sees the keys whose brands it reaches.")
            .run(list),
        Operation::new::<NewApiKeyReply>(Method::POST, ALL, "apiKeys.create", "Create an API key, shown once")
            .needs(Permission::Manage)
            .creates()
            .about(
                "The only reply with `key`; a replay has null there. At least one brand without `allBrands`, \
                and none that the caller does not reach. Records `api_key.created` in the account's log.",
            )
            .refuses(Code::Conflict, "The account has 200 API keys, which is the limit.")
            .run_with(create),
        Operation::new::<ApiKey>(Method::PATCH, ONE, "apiKeys.update", "Change an API key")
            .needs(Permission::Manage)
            .about("Applies to the next request. Records `api_key.updated`.")
            .run_with(update),
        Operation::new::<Success>(
            Method::PATCH,
            "/accounts/me/api-keys/{keyId}/scope",
            "apiKeys.setScope",
            "Change what an API key reaches",
        )
        .needs(Permission::Manage)
        .about("The scope part of `apiKeys.update`.")
        .run_with(set_scope),
        Operation::new::<Success>(Method::DELETE, ONE, "apiKeys.delete", "Revoke an API key")
            .needs(Permission::Manage)
            .empty()
            .about("It stops working at once. Records `api_key.deleted`.")
            .run(delete),
    ]
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    call.read(op!([caller] | tx, _act | api_keys::list(tx, &caller))).await
}

async fn create(call: Call, new: NewApiKey) -> Result<Reply, Problem> {
    let (caller, new) = (call.caller.clone(), Arc::new(new));
    let secret = Secret::mint(&call.app.seams().entropy);
    // The text of a key is shown once: a replay has null in its place, and the stored answer too.
    let kept = |reply: &NewApiKeyReply| write_json(&NewApiKeyReply { key: None, ..reply.clone() });
    call.write_kept(
        op!(
            [caller, new, secret] | tx,
            act | async {
                let created_by = caller.actor.id.as_deref();
                let order =
                    KeyOrder { account: &caller.account, created_by, scope: &caller.scope, new: &new, secret: &secret };
                let api_key = api_keys::create(tx, &act, &order).await?;
                Ok::<_, Error>(NewApiKeyReply { api_key, key: Some(secret.reveal().to_owned()) })
            }
        ),
        kept,
    )
    .await
}

async fn changed(call: Call, patch: ApiKeyPatch) -> Result<(Call, ApiKey), Problem> {
    let (caller, id, patch) = (call.caller.clone(), KeyId::from(call.at("keyId")), Arc::new(patch));
    let key = call.made(op!([caller, id, patch] | tx, act | api_keys::update(tx, &act, &caller, &id, &patch))).await?;
    call.app.keys().forget();
    Ok((call, key))
}

/// Lets a change run to its end, also when the client does not wait for it: the known keys are forgotten behind it.
async fn to_the_end<T: Send + 'static>(
    change: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    tokio::spawn(change).await.unwrap_or_else(|error| Err(store::Error::Bug(error.to_string()).into()))
}

async fn update(call: Call, patch: ApiKeyPatch) -> Result<Reply, Problem> {
    let (call, key) = to_the_end(changed(call, patch)).await?;
    let body = write_json(&key)?;
    Ok(call.reply(body))
}

async fn set_scope(call: Call, scope: ScopePatch) -> Result<Reply, Problem> {
    let ScopePatch { all_brands, brand_ids } = scope;
    let patch = ApiKeyPatch { name: None, all_brands, brand_ids, expires_at: Patch::Keep };
    let (call, _) = to_the_end(changed(call, patch)).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    to_the_end(revoked(call)).await
}

async fn revoked(call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller.clone(), KeyId::from(call.at("keyId")));
    call.made(op!([caller, id] | tx, act | api_keys::delete(tx, &act, &caller, &id))).await?;
    call.app.keys().forget();
    Ok(call.reply(String::new()))
}

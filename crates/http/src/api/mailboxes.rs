//! `/brands/{brandId}/mailbox`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, mailboxes};
use dispatch_mailroom::imap;
use dispatch_model::{
    Errors,
    account::Success,
    mailbox::{Mailbox, MailboxTest, NewMailbox},
};
use dispatch_store as store;

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::Problem,
};

const ONE: &str = "/brands/{brandId}/mailbox";

pub(super) fn operations() -> Vec<Operation> {
    let all = vec![
        Operation::new::<Mailbox>(Method::GET, ONE, "mail.getMailbox", "The mailbox that mail is fetched from")
            .about("404 when the brand has none.")
            .run(get),
        Operation::new::<Mailbox>(Method::PUT, ONE, "mail.setMailbox", "Fetch mail from a mailbox")
            .about(
                "Looked into by IMAP every `pollSeconds`: what came since is taken like mail that came in any other way, and then \
                `afterProcess` is done to it. At first only messages that are not seen are taken. Secrets are never shown again; one that \
                is left out stays, but has to be said again when `host`, `port`, `tls`, `username`, `oauth.tokenUrl` or `oauth.clientId` \
                change. The host must be on the public network. Records `mailbox.created` or `mailbox.updated`.",
            )
            .run_with(set),
        Operation::new::<Success>(Method::DELETE, ONE, "mail.deleteMailbox", "Stop fetching mail")
            .empty()
            .about("What lies in the mailbox stays there. Records `mailbox.deleted`.")
            .run(delete),
        Operation::new::<MailboxTest>(
            Method::POST,
            "/brands/{brandId}/mailbox/test",
            "mail.testMailbox",
            "Try the mailbox",
        )
        .about("Also while it is disabled: signs in and opens its folders. Changes nothing, and answers whatever came of it.")
        .run(test),
    ];
    all.into_iter().map(|operation| operation.needs(Permission::Configure)).collect()
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | mailboxes::get(tx, &brand))).await
}

async fn set(call: Call, new: NewMailbox) -> Result<Reply, Problem> {
    let brand = call.brand();
    let present = call.found(op!(&[brand] | tx, _act | mailboxes::find(tx, &brand))).await?;
    let mut errors = Errors::default();
    new.refuse(present.as_ref().map(|row| &row.config), &mut errors);
    let outbound = &call.app.seams().outbound;
    if let Err(unfit) = outbound.check_host(&new.host).await {
        errors.push("host", unfit.to_string());
    }
    if let Some(oauth) = &new.oauth
        && let Err(unfit) = outbound.check(&oauth.token_url).await
    {
        errors.push("oauth.tokenUrl", unfit.to_string());
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    let (key, sealing, new) = (call.app.seams().key.clone(), call.sealing(), Arc::new(new));
    call.write(op!([brand, key, sealing, new] | tx, act | mailboxes::set(tx, &act, &brand, &new, &key, &sealing))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.write(op!([brand] | tx, act | mailboxes::delete(tx, &act, &brand))).await
}

/// Runs to its end also when the client does not wait for it, so that a token that was renewed is kept.
async fn test(call: Call) -> Result<Reply, Problem> {
    tokio::spawn(tested(call)).await.unwrap_or_else(|error| Err(store::Error::Bug(error.to_string()).into()))
}

async fn tested(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    let row = call.found(op!(&[brand] | tx, _act | mailboxes::row(tx, &brand))).await?;
    let seams = call.app.seams();
    let (tried, renewed) = match mailboxes::secrets(&row, &brand, &seams.key) {
        Some(secrets) => imap::try_out(&row.config, &secrets, &seams.outbound).await,
        None => (MailboxTest { ok: false, message: mailboxes::UNOPENED.to_owned() }, None),
    };
    if let Some(renewed) = renewed {
        let (set_at, sealing, renewed) = (row.updated_at, call.sealing(), Arc::new(renewed));
        call.made(op!(
            &[brand, sealing, renewed] | tx,
            _act | mailboxes::renew(tx, &brand, set_at, &renewed, &sealing)
        ))
        .await?;
    }
    let body = write_json(&tried)?;
    Ok(call.reply(body))
}

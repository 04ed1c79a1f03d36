//! `/brands/{brandId}/mail-relay`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, relays};
use dispatch_model::{
    Errors,
    account::Success,
    relay::{NewRelay, Relay, RelayTest},
};

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::Problem,
};

const ONE: &str = "/brands/{brandId}/mail-relay";

pub(super) fn operations() -> Vec<Operation> {
    let all = vec![
        Operation::new::<Relay>(Method::GET, ONE, "mail.getRelay", "The brand's own relay")
            .about("404 when the brand has none: then its mail goes through the server's relay, if there is one.")
            .run(get),
        Operation::new::<Relay>(Method::PUT, ONE, "mail.setRelay", "Send mail through a relay of the brand's own")
            .about(
                "From the next mail on, also where the server itself has no relay. `fromEmail` takes the place of the brand's own. The \
                password is never shown again; left out, it stays, but has to be said again when `host`, `port`, `tls` or `username` \
                change. The host must be on the public network. Records `mail.relay_created` or `mail.relay_updated`.",
            )
            .run_with(set),
        Operation::new::<Success>(Method::DELETE, ONE, "mail.deleteRelay", "Stop using the brand's own relay")
            .empty()
            .about("Records `mail.relay_deleted`.")
            .run(delete),
        Operation::new::<RelayTest>(
            Method::POST,
            "/brands/{brandId}/mail-relay/test",
            "mail.testRelay",
            "Try the relay",
        )
        .about("Connects and signs in, and sends nothing. Answers whatever came of it.")
        .run(test),
    ];
    all.into_iter().map(|operation| operation.needs(Permission::Configure)).collect()
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.read(op!([brand] | tx, _act | relays::get(tx, &brand))).await
}

async fn set(call: Call, new: NewRelay) -> Result<Reply, Problem> {
    let brand = call.brand();
    let present = call.found(op!(&[brand] | tx, _act | relays::find(tx, &brand))).await?;
    let mut errors = Errors::default();
    new.refuse(present.as_ref().map(|row| &row.relay), &mut errors);
    if let Err(unfit) = call.app.seams().outbound.check_host(&new.relay().host).await {
        errors.push("host", unfit.to_string());
    }
    if !errors.is_empty() {
        return Err(Problem::invalid(errors));
    }
    let (sealing, new) = (call.sealing(), Arc::new(new));
    call.write(op!([brand, sealing, new] | tx, act | relays::set(tx, &act, &brand, &new, &sealing))).await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.write(op!([brand] | tx, act | relays::delete(tx, &act, &brand))).await
}

async fn test(call: Call) -> Result<Reply, Problem> {
    let brand = call.brand();
    let row = call.found(op!(&[brand] | tx, _act | relays::row(tx, &brand))).await?;
    let tried = match relays::opened(row, &brand, &call.app.seams().key) {
        Some(relay) => call.app.mailroom().try_relay(&relay).await,
        None => RelayTest { ok: false, message: relays::UNOPENED.to_owned() },
    };
    let body = write_json(&tried)?;
    Ok(call.reply(body))
}

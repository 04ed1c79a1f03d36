//! `/brands/{brandId}/tickets/{ticketId}/presence`.

use axum::http::Method;
use dispatch_desk::{Permission, tickets};
use dispatch_model::presence::{NewPresence, Presence};

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::Problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Presence>(
            Method::POST,
            "/brands/{brandId}/tickets/{ticketId}/presence",
            "tickets.presence",
            "Say what you do at a ticket, and see who else is there",
        )
        .many()
        .needs(Permission::Session)
        .about(
            "To be said again every 15 seconds: it is forgotten after 30. Answers the others at the ticket. It is in no log; \
            streams of `events.stream` with this `ticketId` tell every change.",
        )
        .run_with(say),
    ]
}

async fn say(call: Call, new: NewPresence) -> Result<Reply, Problem> {
    let (brand, wanted) = (call.brand(), call.at("ticketId").to_owned());
    let ticket = call.found(op!([brand, wanted] | tx, _act | tickets::id(tx, &brand, &wanted))).await?;
    let (member, _) = call.caller.own().map_err(Problem::from)?;
    let presence = Presence { member_id: member.id.clone(), name: member.name().to_owned(), state: new.state };
    let others = call.app.note_presence(&call.brand(), &ticket, &presence);
    Ok(call.reply(write_json(&others)?))
}

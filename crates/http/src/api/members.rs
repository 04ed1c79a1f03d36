//! `/members`: members and invitations.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Error, Permission, invites, members};
use dispatch_model::{
    input::schema,
    member::{Invite, InviteReply, MemberPatch, MemberView, NewInvite, People},
};
use serde::Serialize;

use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const ALL: &str = "/members";
const ONE: &str = "/members/{memberId}";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<People>(Method::GET, ALL, "members.list", "Members, and for admins the invitations")
            .query("brandId", "Only those with access to this brand.", schema::any_text())
            .strict()
            .about(
                "Only people with access to a brand of the caller. `invites` is empty for those who may not \
                invite, API keys included.",
            )
            .run(list),
        Operation::new::<MemberView>(Method::GET, ONE, "members.get", "One member")
            .about("Also a member who was removed, when their work still names them.")
            .run(get),
        Operation::new::<InviteReply>(
            Method::POST,
            "/members/invite",
            "members.invite",
            "Invite somebody; the link is shown once",
        )
        .needs(Permission::Members)
        .creates()
        .about(
            "An invitation works for 7 days. It is mailed when outgoing mail is set up; else hand over \
            `inviteUrl`, which only this reply has (a replay has null there). Records `member.invited`.",
        )
        .refuses(
            Code::Conflict,
            "The address is a member already, is invited already, or the account has 1,000 members and \
            invitations.",
        )
        .run_with(invite),
        Operation::new::<InviteReply>(
            Method::POST,
            "/members/{inviteId}/resend-invite",
            "members.resendInvite",
            "Give an invitation another link; the old one is dead",
        )
        .needs(Permission::Members)
        .about("Gives it 7 days anew. Records `member.invited`.")
        .run(resend_invite),
        Operation::new::<MemberView>(Method::PATCH, ONE, "members.update", "Change a member or an invitation")
            .needs(Permission::Members)
            .also::<Invite>()
            .about("The owner has all brands and is not changed here. Records `member.updated`.")
            .refuses(Code::Conflict, "It is the owner, or somebody who was removed.")
            .run_with(update),
        Operation::new::<MemberView>(
            Method::DELETE,
            ONE,
            "members.remove",
            "Remove a member and unassign their active tickets, or withdraw an invitation",
        )
        .needs(Permission::Members)
        .also::<Invite>()
        .about(
            "A member's sessions end at once, and their active tickets become unassigned \
            (`ticket.updated` each, source `system`). Records `member.removed`.",
        )
        .refuses(Code::Conflict, "It is the owner, or somebody who was removed already.")
        .run(delete),
    ]
}

/// What the path of a member may name.
#[derive(Serialize)]
#[serde(untagged)]
enum MemberOrInvite {
    Member(MemberView),
    Invite(Invite),
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let brand = call.query(|params, errors| params.one("brandId", errors)).await?;
    let caller = call.caller.clone();
    call.read(op!([caller, brand] | tx, _act | members::list(tx, &caller, brand.as_deref()))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller.clone(), call.at("memberId").to_owned());
    call.read(op!([caller, id] | tx, _act | members::get(tx, &caller, &id))).await
}

/// What the links of invitations are made with: each is shown once, and mailed where mail is set up.
fn links(call: &Call) -> invites::Links {
    invites::Links {
        key: call.app.seams().key.clone(),
        base_url: call.app.settings().public_url.clone(),
        mailed: call.app.mailroom().can_send(),
    }
}

async fn invite(call: Call, new: NewInvite) -> Result<Reply, Problem> {
    let links = links(&call);
    let (caller, new) = (call.caller.clone(), Arc::new(new));
    let kept = |reply: &InviteReply| write_json(&InviteReply { invite_url: None, ..reply.clone() });
    call.write_kept(
        op!(
            [caller, new, links] | tx,
            act | async {
                let (invite, url) = invites::create(tx, &act, &caller, &new, &links).await?;
                Ok::<_, Error>(InviteReply { invite, invite_url: Some(url) })
            }
        ),
        kept,
    )
    .await
}

async fn resend_invite(call: Call) -> Result<Reply, Problem> {
    let links = links(&call);
    let (caller, id) = (call.caller.clone(), call.at("inviteId").to_owned());
    let made = call.made(op!([caller, id, links] | tx, act | invites::resend(tx, &act, &caller, &id, &links))).await?;
    let (invite, url) = made;
    let body = write_json(&InviteReply { invite, invite_url: Some(url) })?;
    Ok(call.reply(body))
}

async fn update(call: Call, patch: MemberPatch) -> Result<Reply, Problem> {
    let (caller, id, patch) = (call.caller.clone(), call.at("memberId").to_owned(), Arc::new(patch));
    call.write(op!(
        [caller, id, patch] | tx,
        act | async {
            Ok::<_, Error>(match members::update(tx, &act, &caller, &id, &patch).await? {
                Some(member) => MemberOrInvite::Member(member),
                None => MemberOrInvite::Invite(invites::update(tx, &act, &caller, &id, &patch).await?),
            })
        }
    ))
    .await
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller.clone(), call.at("memberId").to_owned());
    let gone = call
        .made(op!(
            [caller, id] | tx,
            act | async {
                Ok::<_, Error>(match members::remove(tx, &act, &caller, &id).await? {
                    Some(member) => MemberOrInvite::Member(member),
                    None => MemberOrInvite::Invite(invites::delete(tx, &act, &caller, &id).await?),
                })
            }
        ))
        .await?;
    call.app.wake();
    let body = write_json(&gone)?;
    Ok(call.reply(body))
}

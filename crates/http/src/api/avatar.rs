//! `/auth/profile/avatar`.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, avatars};
use dispatch_model::{
    attachment::{AvatarUploaded, NewAvatar, Upload},
    file_key::{self, extension},
    limits::AVATAR_BYTES_MAX,
    session::Profile,
};

use crate::{
    call::{Call, Reply, write_json},
    files::{self, Settled},
    metrics::Uploaded,
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const PATH: &str = "/auth/profile/avatar";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new::<Upload>(Method::POST, PATH, "profile.requestAvatar", "Ask where to upload a picture")
            .needs(Permission::Session)
            .creates()
            .about("As an attachment: send the bytes to `uploadUrl`, then confirm with its `id`.")
            .refuses(Code::PayloadTooLarge, "`size` is over 5 MB.")
            .refuses(Code::Conflict, "Twenty pictures of the member are on their way.")
            .run_with(request),
        Operation::new::<Profile>(Method::DELETE, PATH, "profile.deleteAvatar", "Remove the picture")
            .needs(Permission::Session)
            .about("There is none afterwards, whether there was one or not. Recorded as `member.updated` of the account, if there was.")
            .run(delete),
        Operation::new::<Profile>(
            Method::POST,
            "/auth/profile/avatar/confirm",
            "profile.confirmAvatar",
            "Confirm the upload of a picture",
        )
        .needs(Permission::Session)
        .about("The picture before it is removed. Recorded as `member.updated` of the account.")
        .refuses(Code::PayloadTooLarge, "More than 5 MB were uploaded.")
        .refuses(Code::Conflict, "Other bytes are being uploaded at this moment.")
        .run_with(confirm),
    ]
}

async fn request(call: Call, new: NewAvatar) -> Result<Reply, Problem> {
    let (caller, new) = (call.caller.clone(), Arc::new(new));
    files::request(call, AVATAR_BYTES_MAX, op!([caller, new] | tx, act | avatars::request(tx, &act, &caller, &new)))
        .await
}

async fn confirm(call: Call, uploaded: AvatarUploaded) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller.clone(), String::from(uploaded.upload_id));
    let asked = call.found(op!(&[caller, id] | tx, _act | avatars::to_confirm(tx, &caller, &id))).await?;
    let key_of = |nonce: &str| file_key::avatar(nonce, extension(&asked.content_type).unwrap_or("png"));
    let pending = [file_key::pending(&id)];
    let settled = files::settle(&call, &asked, AVATAR_BYTES_MAX, key_of).await?;
    let done = match settled {
        Settled::Faulty(fault) => {
            call.made(op!(&[caller, id] | tx, _act | avatars::fail(tx, &caller, &id))).await?;
            Err(fault.refusal())
        }
        Settled::Kept(kept) => {
            let base = call.app.settings().public_url.clone();
            let made = call.made(op!(
                &[caller, id, kept, base] | tx,
                act | { avatars::confirm(tx, &act, &caller, &id, &kept, &base) }
            ));
            let made = made.await?;
            call.app.metrics().upload(Uploaded::Confirmed(kept.size));
            Ok(made)
        }
    };
    files::remove(&call, &pending).await;
    call.app.wake();
    let profile: Profile = done.map_err(Problem::from)?;
    Ok(call.reply(write_json(&profile)?))
}

async fn delete(call: Call) -> Result<Reply, Problem> {
    let caller = call.caller.clone();
    let profile = call.made(op!([caller] | tx, act | avatars::delete(tx, &act, &caller))).await?;
    call.app.wake();
    Ok(call.reply(write_json(&profile)?))
}

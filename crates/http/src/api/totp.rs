//! `/auth/totp/*`: the second factor.

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, profile, totp as rules};
use dispatch_model::{
    Errors,
    account::{Success, mint_token},
    session::{RecoveryCodes, TotpConfirm, TotpDisable, TotpEnrolled},
};
use dispatch_seal::totp;

use crate::{
    call::{Call, Reply, write_json},
    hashing, op,
    operation::Operation,
    problem::{Code, Problem},
};

/// Recovery codes of a person, and the characters of each before it is parted.
const RECOVERY_CODES: usize = 10;
const RECOVERY_CHARS: usize = 12;

pub(super) fn operations() -> Vec<Operation> {
    let all = vec![
        Operation::new::<TotpEnrolled>(Method::POST, "/auth/totp/enroll", "auth.enrollTotp", "Get a secret for an authenticator app")
            .about(
                "TOTP (RFC 6238): SHA-1, six digits, 30 seconds. Nothing changes until a code of it is confirmed; another call makes \
                another secret.",
            )
            .refuses(Code::Conflict, "The second factor is on already.")
            .run(enroll),
        Operation::new::<RecoveryCodes>(Method::POST, "/auth/totp/confirm", "auth.confirmTotp", "Turn the second factor on")
            .about(
                "From now on signing in takes `totpCode` as well, a code of the app or a recovery code; sessions that are open go on. A \
                wrong code draws on the bucket for signing in. Records `member.updated`.",
            )
            .refuses(Code::Conflict, "Nothing was enrolled, or the second factor is on already.")
            .run_with(confirm),
        Operation::new::<Success>(Method::POST, "/auth/totp/disable", "auth.disableTotp", "Turn the second factor off")
            .about("The recovery codes work no more. Draws on the bucket for signing in. Records `member.updated`.")
            .refuses(Code::Conflict, "The second factor is not on.")
            .run_with(disable),
    ];
    all.into_iter().map(|operation| operation.needs(Permission::Session)).collect()
}

async fn enroll(call: Call) -> Result<Reply, Problem> {
    let (caller, sealing) = (call.caller.clone(), call.sealing());
    let secret = totp::new_secret(&call.app.seams().entropy);
    let kept = secret.clone();
    call.made(op!([caller, sealing, kept] | tx, act | rules::enroll(tx, &act, &caller, &kept, &sealing))).await?;
    let (member, _) = call.caller.own()?;
    let whose: String = url::form_urlencoded::byte_serialize(member.email.as_bytes()).collect();
    let otpauth_url =
        format!("otpauth://totp/Dispatch:{whose}?secret={secret}&issuer=Dispatch&algorithm=SHA1&digits=6&period=30");
    let body = write_json(&TotpEnrolled { secret, otpauth_url })?;
    Ok(call.reply(body))
}

async fn confirm(call: Call, confirm: TotpConfirm) -> Result<Reply, Problem> {
    let (caller, key) = (call.caller.clone(), call.app.seams().key.clone());
    call.take_sign_in(&caller.credential)?;
    let entropy = &call.app.seams().entropy;
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| {
            let letters: String = mint_token("", entropy).chars().take(RECOVERY_CHARS).collect();
            format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
        })
        .collect();
    let given = Arc::new((confirm.code, codes));
    call.made(op!(
        &[caller, key, given] | tx,
        act | rules::confirm(tx, &act, &caller, &key, (given.0.reveal(), given.1.as_slice()))
    ))
    .await?;
    let body = write_json(&RecoveryCodes { recovery_codes: given.1.clone() })?;
    Ok(call.reply(body))
}

async fn disable(call: Call, disable: TotpDisable) -> Result<Reply, Problem> {
    let (caller, key) = (call.caller.clone(), call.app.seams().key.clone());
    call.take_sign_in(&caller.credential)?;
    let own = caller.clone();
    let compared = call.found(op!([own] | tx, _act | profile::password_hash(tx, &own))).await?;
    let fits = hashing::first_fit(&call.app, disable.password.reveal(), compared.into_iter().collect()).await?;
    if fits.is_none() {
        return Err(Problem::invalid(Errors::one("password", "is not the present password")));
    }
    let code = Arc::new(disable.code);
    call.made(op!([caller, key, code] | tx, act | rules::disable(tx, &act, &caller, &key, code.reveal()))).await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

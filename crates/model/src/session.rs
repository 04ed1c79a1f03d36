//! Signing in, sessions and the profile of whoever is signed in (API 3.1, 3.3).

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    AccountId, MemberId, Timestamp,
    account::Account,
    input::{Errors, Parse, schema, string},
    member::{MemberView, Role},
    text::{Email, Name, Reference, Text},
};

/// The start of every session token.
pub const SESSION_START: &str = "st_";
/// The cookie that carries a session token (API 3.1).
pub const SESSION_COOKIE: &str = "dispatch_session";

/// A secret in a request: as it was sent, `MIN` to `MAX` code points. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText<const MIN: usize, const MAX: usize>(String);

/// A new password: 10-200 characters (API 3.1).
pub type NewPassword = SecretText<10, 200>;
/// A password that somebody shows: an old or wrong one may have any length that a password can have.
pub type Password = SecretText<1, 200>;
/// A code of a second factor, or a recovery code.
pub type SecondCode = SecretText<1, 40>;
/// The token of a link.
pub type LinkToken = SecretText<1, 200>;

impl<const MIN: usize, const MAX: usize> SecretText<MIN, MAX> {
    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong with it, in words for the caller.
    pub fn new(text: String) -> Result<Self, String> {
        match text.chars().count() {
            0 if MIN > 0 => Err("must not be empty".to_owned()),
            count if count < MIN => Err(format!("must have at least {MIN} characters")),
            count if count > MAX => Err(format!("must have at most {MAX} characters")),
            _ if text.contains('\0') => Err("must not contain U+0000".to_owned()),
            _ => Ok(Self(text)),
        }
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Debug for SecretText<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(..)")
    }
}

impl<const MIN: usize, const MAX: usize> Parse for SecretText<MIN, MAX> {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let text = string(value, at, errors)?;
        Self::new(text).map_err(|message| errors.push(at, message)).ok()
    }

    fn schema() -> RefOr<Schema> {
        schema::text(MIN, MAX)
    }
}

/// What a member is called: at most 50 (API 3.3).
pub type DisplayName = Text<1, 50>;

crate::text_enum! {
    /// How a session is handed over.
    pub enum Mode {
        /// In the cookie `dispatch_session`.
        Cookie = "cookie",
        /// As `sessionToken`, to be sent as a bearer token; no cookie is set.
        Token = "token",
    }
}

/// A secret for an authenticator app.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TotpEnrolled {
    /// The secret in base32, to be typed.
    pub secret: String,
    /// The same as an address, to be shown as a QR code.
    pub otpauth_url: String,
}

/// Codes that open in the place of a second factor.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Ten codes, each of which works once. They are not shown again.
    pub recovery_codes: Vec<String>,
}

/// A session, told to whoever holds it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Session)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Always true.
    pub valid: bool,
    /// Who is signed in.
    pub member: MemberView,
    /// Where.
    pub account: Account,
    /// What `X-CSRF-Token` must say in every request of the cookie that is no GET.
    pub csrf_token: String,
    /// When it ends unless it is used before.
    pub expires_at: Timestamp,
    /// The session token, only with `mode: "token"` and only in the reply that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = String)]
    pub session_token: Option<String>,
}

/// What a sign-in page needs to know.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthConfig {
    /// Whether the account has no owner yet.
    pub setup_required: bool,
    /// Whether sign-in links can be mailed.
    pub magic_link: bool,
    /// The version of the server.
    pub version: String,
}

/// An account that a person is a member of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountChoice {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// What the person is there.
    pub role: Role,
}

/// An invitation as whoever holds its link sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteShown {
    /// Where it leads.
    pub account_name: String,
    /// Who is invited.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Whether accepting it needs a password.
    pub needs_password: bool,
}

/// What a member sets for themself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The member.
    pub id: MemberId,
    /// Its address.
    pub email: String,
    /// Its name.
    pub display_name: Option<String>,
    /// Its picture.
    pub avatar_url: Option<String>,
    /// Whether it is told by mail.
    pub notify_email: bool,
    /// Whether it is told in the page.
    pub notify_toast: bool,
    /// Whether it is told by the desktop.
    pub notify_desktop: bool,
    /// Whether a second factor is asked for when it signs in.
    pub totp_enabled: bool,
}

crate::input! {
    /// The first owner, with the token of the setup link.
    pub struct Setup {
        /// The token of the setup link.
        setup_token "setupToken": required LinkToken,
        /// What the account is called.
        account_name "accountName": required Name,
        /// The owner's address.
        email "email": required Email,
        /// The owner's password.
        password "password": required NewPassword,
        /// The owner's name.
        display_name "displayName": optional DisplayName,
        /// How the session is handed over; `cookie` when left out.
        mode "mode": optional Mode,
    }
    example r#"{
        "setupToken": "7v3k1n8q0s5w2x9y4z6a",
        "accountName": "Acme Inc.",
        "email": "ana@acme.example",
        "password": "correct horse battery",
        "displayName": "Ana Ito"
    }"#;
}

crate::input! {
    /// Somebody who signs in.
    pub struct Login {
        /// Their address.
        email "email": required Email,
        /// Their password.
        password "password": required Password,
        /// The account, for people with several; the oldest one when left out.
        account_id "accountId": optional Reference,
        /// How the session is handed over; `cookie` when left out.
        mode "mode": optional Mode,
        /// The code of the second factor, or a recovery code, of those who have one.
        totp_code "totpCode": optional SecondCode,
    }
    example r#"{ "email": "ana@acme.example", "password": "correct horse battery", "mode": "token" }"#;
}

crate::input! {
    /// An address to mail a link to.
    pub struct MailLink {
        /// The address.
        email "email": required Email,
    }
    example r#"{ "email": "ana@acme.example" }"#;
}

crate::input! {
    /// Somebody who follows a sign-in link.
    pub struct Verify {
        /// The token of the link.
        token "token": required LinkToken,
        /// How the session is handed over; `cookie` when left out.
        mode "mode": optional Mode,
        /// The code of the second factor, or a recovery code, of those who have one.
        totp_code "totpCode": optional SecondCode,
    }
    example r#"{ "token": "7v3k1n8q0s5w2x9y4z6a", "mode": "cookie" }"#;
}

crate::input! {
    /// A code that shows that the new secret has arrived.
    pub struct TotpConfirm {
        /// What the app shows now.
        code "code": required SecondCode,
    }
    example r#"{ "code": "123456" }"#;
}

crate::input! {
    /// The end of a second factor.
    pub struct TotpDisable {
        /// The present password.
        password "password": required Password,
        /// What the app shows now, or a recovery code.
        code "code": required SecondCode,
    }
    example r#"{ "password": "correct horse battery", "code": "123456" }"#;
}

crate::input! {
    /// A new password, by the link of a mail.
    pub struct PasswordReset {
        /// The token of the link.
        token "token": required LinkToken,
        /// The new password.
        password "password": required NewPassword,
    }
    example r#"{ "token": "7v3k1n8q0s5w2x9y4z6a", "password": "correct horse battery" }"#;
}

crate::input! {
    /// A new password, by the old one.
    pub struct PasswordChange {
        /// The present password.
        current_password "currentPassword": required Password,
        /// The new password.
        new_password "newPassword": required NewPassword,
    }
    example r#"{ "currentPassword": "correct horse battery", "newPassword": "staple battery horse" }"#;
}

crate::input! {
    /// The end of a session.
    pub struct Logout {
        /// Whether all sessions of the person end; false when left out.
        all "all": optional bool,
    }
    example r#"{ "all": true }"#;
}

crate::input! {
    /// Somebody who joins the account.
    pub struct AcceptInvite {
        /// The token of the invitation.
        token "token": required LinkToken,
        /// Their password; required when `needsPassword`.
        password "password": optional NewPassword,
        /// Their name.
        display_name "displayName": optional DisplayName,
        /// How the session is handed over; `cookie` when left out.
        mode "mode": optional Mode,
    }
    example r#"{ "token": "7v3k1n8q0s5w2x9y4z6a", "password": "correct horse battery", "displayName": "Ben Ode" }"#;
}

crate::input! {
    /// Another account of the same person.
    pub struct SwitchAccount {
        /// The account.
        account_id "accountId": required Reference,
    }
    example r#"{ "accountId": "acc_01kdyak43d7trmct2jayyxcg7v" }"#;
}

crate::input! {
    /// The next owner.
    pub struct OwnershipTransfer {
        /// A member.
        member_id "memberId": required Reference,
    }
    example r#"{ "memberId": "usr_01kdyak43d7trmct2jayyxcg7v" }"#;
}

crate::input! {
    /// A change of what a member sets for themself.
    pub struct ProfilePatch {
        /// What they are called; null for their address.
        display_name "displayName": patch DisplayName,
        /// Whether they are told by mail.
        notify_email "notifyEmail": change bool,
        /// Whether they are told in the page.
        notify_toast "notifyToast": change bool,
        /// Whether they are told by the desktop.
        notify_desktop "notifyDesktop": change bool,
    }
    example r#"{ "displayName": "Ana Ito", "notifyDesktop": true }"#;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_bounded_in_code_points_and_never_shows_itself() {
        assert!(NewPassword::new("é".repeat(10)).is_ok() && NewPassword::new("é".repeat(200)).is_ok());
        assert_eq!(NewPassword::new("é".repeat(9)), Err("must have at least 10 characters".to_owned()));
        assert_eq!(NewPassword::new("é".repeat(201)), Err("must have at most 200 characters".to_owned()));
        assert_eq!(Password::new(String::new()), Err("must not be empty".to_owned()));
        assert_eq!(NewPassword::new("  spaces count  ".to_owned()).map(|it| it.reveal().len()), Ok(16));
        assert_eq!(format!("{:?}", NewPassword::new("correct horse".to_owned())), "Ok(SecretText(..))");
    }
}

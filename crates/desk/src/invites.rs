//! Invitations to join the account (API 3.2): handed over as a link whose token is kept only as a hash.

use dispatch_model::{
    AccountId, Errors, InviteId, JsonText, MailId,
    event::{Act, Changes, EventType},
    limits::{INVITE_MS, MEMBERS_MAX},
    mail::{MailKind, NewMail, Recipient},
    member::{Invite, InviteStatus, MemberPatch, MemberStatus, MemberView, NewInvite, Role},
    session::{AcceptInvite, InviteShown},
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx};

use crate::{
    Caller, Result, Scope,
    api_keys::{hash, known_brands, within_reach},
    error::{Found, conflict},
    mails, members,
    sessions::{self, Signed},
    sign_in::Hashes,
};

async fn record(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    kind: EventType,
    invite: &Invite,
    changes: Option<JsonText>,
) -> Result<()> {
    let data = JsonText::of(&serde_json::json!({ "id": invite.id, "invite": invite }));
    Ok(store::account_log::append(tx, act, account, kind, invite.id.as_str(), changes, data).await?)
}

fn in_reach(caller: &Caller, invite: &Invite) -> bool {
    caller.scope.meets(&Scope::of(invite.all_brands, &invite.brand_ids))
}

/// Whether the caller knows of an invitation: admins do, of those to a brand of theirs.
fn sees(caller: &Caller, invite: &Invite) -> bool {
    caller.is_admin() && in_reach(caller, invite)
}

fn shown(caller: &Caller, mut invite: Invite) -> Invite {
    invite.brand_ids.retain(|brand| caller.reaches(brand));
    invite
}

/// The invitations that the caller knows of.
pub(crate) async fn list(tx: &Tx, caller: &Caller) -> Result<Vec<Invite>> {
    let all = store::invites::list(tx, &caller.account).await?;
    Ok(all.into_iter().filter(|invite| sees(caller, invite)).map(|invite| shown(caller, invite)).collect())
}

async fn find(tx: &Tx, caller: &Caller, id: &str) -> Result<Invite> {
    store::invites::get(tx, &caller.account, id).await?.filter(|invite| sees(caller, invite)).found()
}

/// An invitation that the caller may change.
async fn changeable(tx: &Tx, caller: &Caller, id: &str) -> Result<Invite> {
    let invite = find(tx, caller, id).await?;
    members::may_give(caller, invite.role)?;
    Ok(invite)
}

/// Refuses an invitation that is out of the caller's reach or not theirs to change, before a body is looked at. That
/// members see none is a matter of their role, which is told as such.
///
/// # Errors
/// When it is.
pub async fn check(tx: &Tx, caller: &Caller, id: &str, writes: bool) -> Result<()> {
    let invite =
        store::invites::get(tx, &caller.account, id).await?.filter(|invite| in_reach(caller, invite)).found()?;
    if writes { members::may_give(caller, invite.role) } else { Ok(()) }
}

/// What the links of invitations are made with.
#[derive(Clone, Debug)]
pub struct Links {
    /// What their tokens are derived from.
    pub key: ServerKey,
    /// What they begin with, without a slash at the end.
    pub base_url: String,
    /// Whether they are mailed.
    pub mailed: bool,
}

/// The link of an invitation: the mail that brings it, the hash of its token, and where it leads.
struct Link {
    mail: MailId,
    hash: String,
    url: String,
}

impl Links {
    fn mint(&self, act: &Act) -> Link {
        let mail: MailId = act.mint.id();
        let token = self.key.token(MailKind::Invite.as_str(), mail.as_str());
        Link { hash: hash(&token), url: format!("{}/invite/{token}", self.base_url), mail }
    }

    /// Mails an invitation where mail is set up.
    async fn send(&self, tx: &Tx, act: &Act, account: &AccountId, invite: &Invite, link: Link) -> Result<()> {
        if !self.mailed {
            return Ok(());
        }
        let name = store::accounts::get(tx, account).await?.found()?.name;
        let by = act.actor.name.as_deref().map_or_else(String::new, |name| format!("{name} invites you to "));
        let body = format!(
            "{by}{name} on Dispatch as {}.\n\n{{{{link}}}}\n\nThe invitation is for {} and ends in seven days.",
            invite.role.as_str(),
            invite.email,
        );
        let mail = NewMail {
            link: Some(format!("{}/invite/{{token}}", self.base_url)),
            ..NewMail::new(
                &account.as_str().into(),
                MailKind::Invite,
                vec![Recipient::new(&invite.email, None)],
                format!("Join {name}"),
                body,
            )
        };
        mails::queue_as(tx, act, mail, Some(link.mail)).await?;
        Ok(())
    }
}

/// Invites somebody, and answers where the link of the invitation leads.
///
/// # Errors
/// When the caller may not, the request is wrong, or the address is a member or invited already.
pub async fn create(tx: &Tx, act: &Act, caller: &Caller, new: &NewInvite, links: &Links) -> Result<(Invite, String)> {
    let role = new.role.map_or(Role::Member, Role::from);
    members::may_give(caller, role)?;
    let all_brands = new.all_brands.unwrap_or(false);
    let mut errors = Errors::default();
    let mut brand_ids = Vec::new();
    if all_brands {
        within_reach(&caller.scope, &mut errors);
    } else if let Some(wanted) = &new.brand_ids {
        brand_ids = known_brands(tx, &caller.account, &caller.scope, &wanted.0, &mut errors).await?;
        brand_ids.sort();
    }
    errors.into_result()?;
    let (account, email): (_, &str) = (&caller.account, &new.email);
    if store::members::get_by_email(tx, account, email).await?.is_some() {
        return Err(conflict(format!("{email} is a member already.")));
    }
    match store::invites::by_email(tx, account, email).await? {
        Some(old) if old.expires_at > act.at => return Err(conflict(format!("{email} is invited already."))),
        // Nobody can accept it any more: the new one takes its place.
        Some(old) => store::invites::delete(tx, account, &old.id).await?,
        None => {}
    }
    let people = store::members::count(tx, account).await?.0 + store::invites::count(tx, account).await?;
    if people >= MEMBERS_MAX {
        return Err(conflict(format!("The account has {MEMBERS_MAX} members and invitations, which is the limit.")));
    }
    let link = links.mint(act);
    let invite = Invite {
        id: act.mint.id::<InviteId>(),
        email: email.to_owned(),
        role,
        status: InviteStatus::Pending,
        all_brands,
        brand_ids,
        sent_at: links.mailed.then_some(act.at),
        expires_at: act.at.plus_ms(INVITE_MS),
        created_at: act.at,
    };
    store::invites::insert(tx, account, &invite, &link.hash).await?;
    record(tx, act, account, "member.invited", &invite, None).await?;
    let url = link.url.clone();
    links.send(tx, act, account, &invite, link).await?;
    Ok((invite, url))
}

/// Gives an invitation another link and another seven days; the old link is dead. Answers where the new one leads.
///
/// # Errors
/// When there is none that the caller may change.
pub async fn resend(tx: &Tx, act: &Act, caller: &Caller, id: &str, links: &Links) -> Result<(Invite, String)> {
    let mut invite = changeable(tx, caller, id).await?;
    let link = links.mint(act);
    invite.expires_at = act.at.plus_ms(INVITE_MS);
    invite.sent_at = if links.mailed { Some(act.at) } else { invite.sent_at };
    store::invites::renew(tx, &caller.account, &invite, &link.hash).await?;
    record(tx, act, &caller.account, "member.invited", &invite, None).await?;
    let url = link.url.clone();
    links.send(tx, act, &caller.account, &invite, link).await?;
    Ok((shown(caller, invite), url))
}

/// Changes an invitation.
///
/// # Errors
/// When there is none, the caller may not, or the request is wrong.
pub async fn update(tx: &Tx, act: &Act, caller: &Caller, id: &str, patch: &MemberPatch) -> Result<Invite> {
    let old = changeable(tx, caller, id).await?;
    let role = patch.role.map_or(old.role, Role::from);
    members::may_give(caller, role)?;
    let mut errors = Errors::default();
    let (all_brands, brand_ids) =
        members::patched_scope(tx, caller, (old.all_brands, &old.brand_ids), patch, &mut errors).await?;
    errors.into_result()?;
    let new = Invite { role, all_brands, brand_ids, ..old.clone() };
    let mut changes = Changes::default();
    changes.add("role", &old.role, &new.role);
    changes.add("allBrands", &old.all_brands, &new.all_brands);
    changes.add("brandIds", &old.brand_ids, &new.brand_ids);
    if !changes.is_empty() {
        store::invites::update(tx, &caller.account, &new).await?;
        record(tx, act, &caller.account, "member.updated", &new, Some(changes.to_json())).await?;
    }
    Ok(shown(caller, new))
}

/// Withdraws an invitation.
///
/// # Errors
/// When there is none that the caller may change.
pub async fn delete(tx: &Tx, act: &Act, caller: &Caller, id: &str) -> Result<Invite> {
    let invite = changeable(tx, caller, id).await?;
    store::invites::delete(tx, &caller.account, &invite.id).await?;
    record(tx, act, &caller.account, "member.removed", &invite, None).await?;
    Ok(shown(caller, invite))
}

/// An invitation as whoever holds its token sees it. A password is always asked for: the link alone does not show that
/// its holder is the person who may have the same address in another account.
///
/// # Errors
/// When it is unknown, used or expired.
pub async fn show(tx: &Tx, act: &Act, hash: &str) -> Result<InviteShown> {
    let (invite, account) = store::invites::by_hash(tx, hash, act.at).await?.found()?;
    let account = store::accounts::get(tx, &account).await?.found()?;
    let Invite { email, role, expires_at, .. } = invite;
    Ok(InviteShown { account_name: account.name, email, role, expires_at, needs_password: true })
}

/// Makes the member that an invitation is for, and signs them in.
///
/// # Errors
/// When it is unknown, used or expired, or the account is full.
pub async fn accept(tx: &Tx, act: &Act, accepted: &AcceptInvite, hashes: &Hashes) -> Result<Signed> {
    let found = store::invites::by_hash(tx, &hashes.link, act.at).await?;
    let (invite, account) = found.found()?;
    let mut brand_ids = Vec::new();
    for brand in invite.brand_ids {
        // Some may be deleted by now.
        if store::brands::in_account(tx, &account, &brand).await? {
            brand_ids.push(brand);
        }
    }
    let member = MemberView {
        id: act.mint.id(),
        email: invite.email,
        display_name: accepted.display_name.clone().map(String::from),
        role: invite.role,
        status: MemberStatus::Active,
        all_brands: invite.all_brands,
        brand_ids,
        avatar_url: None,
        last_seen_at: None,
        created_at: act.at,
    };
    let act = act.by_member(&member);
    members::join(tx, &act, &account, &member, Some(&hashes.password)).await?;
    sessions::open(tx, &act, &account, &member, &hashes.session).await
}

//! Members of the account: who sees them, who changes them, and what becomes of the tickets of those who leave (API 3.2).

mod rewrite;
pub(crate) use rewrite::rewrite_step;

use dispatch_model::{
    AccountId, BrandId, Errors, JsonText, MemberId, RewriteId,
    event::{Act, Changes, EventType},
    limits::MEMBERS_MAX,
    member::{MemberPatch, MemberStatus, MemberView, NewMember, People, Role},
    session::OwnershipTransfer,
};
use dispatch_store::{self as store, Tx};

use crate::{
    Caller, Power, Result, Scope, accounts,
    api_keys::{known_brands, within_reach},
    error::{Found, conflict, forbidden, invalid},
    invites,
};

/// Adds a member by the command line.
///
/// # Errors
/// When the address is taken, a brand is unknown, or there is an owner already.
pub async fn create(tx: &Tx, act: &Act, new: &NewMember) -> Result<MemberId> {
    let account = accounts::ensure(tx, act).await?.id;
    if new.role == Role::Owner && store::members::count(tx, &account).await?.1 > 0 {
        return Err(conflict("The account has an owner already."));
    }
    for brand in &new.brand_ids {
        if !store::brands::exists(tx, brand).await? {
            return Err(invalid("brand", format!("unknown brand {brand}")));
        }
    }
    let member = MemberView {
        id: act.mint.id(),
        email: String::from(new.email.clone()),
        display_name: Some(new.name.clone()),
        role: new.role,
        status: MemberStatus::Active,
        all_brands: new.all_brands,
        brand_ids: new.brand_ids.clone(),
        avatar_url: None,
        last_seen_at: None,
        created_at: act.at,
    };
    join(tx, act, &account, &member, None).await?;
    if member.role == Role::Owner {
        store::accounts::set_setup_hash(tx, &account, None).await?;
    }
    Ok(member.id)
}

/// Gives the member with this address another password by the command line, and ends their sessions.
///
/// # Errors
/// When there is no such member.
pub async fn set_password(tx: &Tx, email: &str, password_hash: &str) -> Result<()> {
    let member = match store::accounts::first(tx).await? {
        Some(account) => store::members::get_by_email(tx, &account.id, email).await?,
        None => None,
    };
    let member = member.ok_or_else(|| invalid("email", format!("{email} is no member")))?;
    store::members::set_password(tx, &member.id, password_hash).await?;
    Ok(store::sessions::delete_of(tx, &member.id, None).await?)
}

/// Adds a member; an invitation of the same address has done its work.
pub(crate) async fn join(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    member: &MemberView,
    password_hash: Option<&str>,
) -> Result<()> {
    if store::members::get_by_email(tx, account, &member.email).await?.is_some() {
        return Err(conflict(format!("{} is a member already.", member.email)));
    }
    if store::members::count(tx, account).await?.0 >= MEMBERS_MAX {
        return Err(conflict(format!("The account has {MEMBERS_MAX} members, which is the limit.")));
    }
    store::invites::delete_by_email(tx, account, &member.email).await?;
    store::members::insert(tx, account, member, password_hash).await?;
    record(tx, act, account, "member.joined", member, None).await
}

pub(crate) async fn record(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    kind: EventType,
    member: &MemberView,
    changes: Option<JsonText>,
) -> Result<()> {
    let data = JsonText::of(&serde_json::json!({ "id": member.id, "member": member }));
    Ok(store::account_log::append(tx, act, account, kind, member.id.as_str(), changes, data).await?)
}

/// Records what differs, if anything does.
pub(crate) async fn record_update(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    old: &MemberView,
    new: &MemberView,
) -> Result<()> {
    let mut changes = Changes::default();
    changes.add("displayName", &old.display_name, &new.display_name);
    changes.add("role", &old.role, &new.role);
    changes.add("allBrands", &old.all_brands, &new.all_brands);
    changes.add("brandIds", &old.brand_ids, &new.brand_ids);
    if changes.is_empty() {
        return Ok(());
    }
    record(tx, act, account, "member.updated", new, Some(changes.to_json())).await
}

/// Whether the caller knows of a member: themself, and whoever shares a brand with them.
fn sees(caller: &Caller, member: &MemberView) -> bool {
    caller.member_id().as_ref() == Some(&member.id)
        || caller.scope.meets(&Scope::of(member.all_brands, &member.brand_ids))
}

/// A member as the caller may see it: of its brands, those that they share.
fn shown(caller: &Caller, mut member: MemberView) -> MemberView {
    member.brand_ids.retain(|brand| caller.reaches(brand));
    member
}

/// The members that the caller knows of, and for admins the invitations; with `brand`, those with access to it.
///
/// # Errors
/// When the caller reaches no such brand.
pub async fn list(tx: &Tx, caller: &Caller, brand: Option<&str>) -> Result<People> {
    let brand = match brand.map(BrandId::from) {
        Some(id) if caller.reaches(&id) && store::brands::in_account(tx, &caller.account, &id).await? => Some(id),
        Some(_) => return Err(invalid("brandId", "unknown brand")),
        None => None,
    };
    let wanted = |scope: &Scope| brand.as_ref().is_none_or(|brand| scope.reaches(brand));
    let mut members = store::members::list(tx, &caller.account).await?;
    members.retain(|member| sees(caller, member) && wanted(&Scope::of(member.all_brands, &member.brand_ids)));
    let mut invites = invites::list(tx, caller).await?;
    invites.retain(|invite| wanted(&Scope::of(invite.all_brands, &invite.brand_ids)));
    Ok(People { members: members.into_iter().map(|member| shown(caller, member)).collect(), invites })
}

async fn find(tx: &Tx, caller: &Caller, id: &str) -> Result<Option<MemberView>> {
    Ok(store::members::get(tx, &caller.account, id).await?.filter(|member| sees(caller, member)))
}

/// One member, a removed one too: tickets and comments still name it.
///
/// # Errors
/// When the caller knows of none.
pub async fn get(tx: &Tx, caller: &Caller, id: &str) -> Result<MemberView> {
    Ok(shown(caller, find(tx, caller, id).await?.found()?))
}

/// Refuses a member or invitation that the caller does not know of or may not change, before a body is looked at.
///
/// # Errors
/// When they do not or may not.
pub async fn check(tx: &Tx, caller: &Caller, id: &str, writes: bool) -> Result<()> {
    match find(tx, caller, id).await? {
        Some(member) if writes => may_give(caller, member.role),
        Some(_) => Ok(()),
        None => invites::check(tx, caller, id, writes).await,
    }
}

/// Whether the caller may make, change and remove people with this role: admins are the owner's business (API 1.2).
pub(crate) fn may_give(caller: &Caller, role: Role) -> Result<()> {
    if caller.power == Power::Member(Role::Owner) || role == Role::Member {
        return Ok(());
    }
    Err(forbidden("Only the owner invites, changes and removes admins."))
}

/// A member that the caller may change.
async fn changeable(tx: &Tx, caller: &Caller, id: &str) -> Result<Option<MemberView>> {
    let Some(member) = find(tx, caller, id).await? else { return Ok(None) };
    may_give(caller, member.role)?;
    if member.role == Role::Owner {
        return Err(conflict("The owner cannot be changed here; transfer the ownership first."));
    }
    if member.status == MemberStatus::Removed {
        return Err(conflict("This member was removed."));
    }
    Ok(Some(member))
}

/// What a member or invitation reaches after a patch by somebody who may not reach all of it.
pub(crate) async fn patched_scope(
    tx: &Tx,
    caller: &Caller,
    old: (bool, &[BrandId]),
    patch: &MemberPatch,
    errors: &mut Errors,
) -> Result<(bool, Vec<BrandId>)> {
    let all_brands = patch.all_brands.unwrap_or(old.0);
    if all_brands != old.0 {
        within_reach(&caller.scope, errors);
    }
    if all_brands {
        return Ok((true, Vec::new()));
    }
    let Some(wanted) = &patch.brand_ids else { return Ok((false, old.1.to_vec())) };
    // What the caller does not reach they neither see nor take away.
    let mut brands: Vec<BrandId> = old.1.iter().filter(|brand| !caller.reaches(brand)).cloned().collect();
    brands.extend(known_brands(tx, &caller.account, &caller.scope, &wanted.0, errors).await?);
    brands.sort();
    Ok((false, brands))
}

/// Changes a member; nothing when it is none.
///
/// # Errors
/// When the caller may not, or the request is wrong.
pub async fn update(tx: &Tx, act: &Act, caller: &Caller, id: &str, patch: &MemberPatch) -> Result<Option<MemberView>> {
    let Some(old) = changeable(tx, caller, id).await? else { return Ok(None) };
    let role = patch.role.map_or(old.role, Role::from);
    may_give(caller, role)?;
    let mut errors = Errors::default();
    let (all_brands, brand_ids) =
        patched_scope(tx, caller, (old.all_brands, &old.brand_ids), patch, &mut errors).await?;
    errors.into_result()?;
    let new = MemberView { role, all_brands, brand_ids, ..old.clone() };
    if (new.role, new.all_brands, &new.brand_ids) != (old.role, old.all_brands, &old.brand_ids) {
        store::members::update(tx, &caller.account, &old, &new, act.at).await?;
        record_update(tx, act, &caller.account, &old, &new).await?;
    }
    Ok(Some(shown(caller, new)))
}

/// Lets a member who does not reach every brand reach the one that they have created.
///
/// # Errors
/// When the database cannot write.
pub async fn reach_new_brand(tx: &Tx, caller: &Caller, brand: &BrandId) -> Result<()> {
    if let (Scope::Some(_), Some(id)) = (&caller.scope, caller.member_id()) {
        store::members::add_brand(tx, brand, &id).await?;
    }
    Ok(())
}

/// Removes a member: their sessions end, and nobody sees a ticket that is active now as theirs from the commit on. The rows of
/// those tickets follow in steps. Nothing when it is no member.
///
/// # Errors
/// When the caller may not.
pub async fn remove(tx: &Tx, act: &Act, caller: &Caller, id: &str) -> Result<Option<MemberView>> {
    let Some(old) = changeable(tx, caller, id).await? else { return Ok(None) };
    // Whoever is just assigning a ticket to them has committed behind this, and whoever comes later sees them removed.
    let mut brands = old.brand_ids.clone();
    if old.all_brands {
        brands = store::brands::list(tx, &caller.account).await?.into_iter().map(|brand| brand.id).collect();
        brands.sort();
    }
    for brand in &brands {
        store::brands::lock(tx, brand).await?;
    }
    let new = MemberView { status: MemberStatus::Removed, ..old.clone() };
    store::members::update(tx, &caller.account, &old, &new, act.at).await?;
    store::sessions::delete_of(tx, &new.id, None).await?;
    for brand in store::members::brands_with_tickets(tx, &caller.account, &new.id).await? {
        store::brands::lock(tx, &brand).await?;
        let rewrite: RewriteId = act.mint.id();
        let active = store::tickets::active_statuses(&store::statuses::all(tx, &brand).await?);
        store::rewrites::begin_gone(tx, &brand, &rewrite, new.id.as_str(), &active, act.at).await?;
    }
    record(tx, act, &caller.account, "member.removed", &new, None).await?;
    Ok(Some(shown(caller, new)))
}

/// Makes another member the owner; the old one becomes an admin.
///
/// # Errors
/// When there is no such member.
pub async fn transfer_ownership(tx: &Tx, act: &Act, caller: &Caller, to: &OwnershipTransfer) -> Result<()> {
    // As it is now: of two transfers at the same time the second one's caller is no owner any more.
    let old_owner = store::members::get(tx, &caller.account, caller.own()?.0.id.as_str()).await?.found()?;
    if old_owner.role != Role::Owner {
        return Err(forbidden("Only the owner transfers the ownership."));
    }
    let next = store::members::get(tx, &caller.account, &to.member_id).await?;
    let Some(next) = next.filter(|member| member.status == MemberStatus::Active) else {
        return Err(invalid("memberId", "must be an active member"));
    };
    if next.id == old_owner.id {
        return Err(invalid("memberId", "is the owner already"));
    }
    let owner = MemberView { role: Role::Owner, all_brands: true, brand_ids: Vec::new(), ..next.clone() };
    let admin = MemberView { role: Role::Admin, ..old_owner.clone() };
    for (old, new) in [(&old_owner, &admin), (&next, &owner)] {
        store::members::update(tx, &caller.account, old, new, act.at).await?;
        record_update(tx, act, &caller.account, old, new).await?;
    }
    Ok(())
}

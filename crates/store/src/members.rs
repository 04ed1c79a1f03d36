//! Members of the account. A removed one keeps its row, which tickets and comments name.

use dispatch_model::{
    AccountId, BrandId, MemberId, StatusId, TicketId, Timestamp,
    member::{Member, MemberStatus, MemberView, Role},
    session::Profile,
};

use crate::{
    Error, Result, Select, Tx, args,
    value::{Columns, only},
};

macro_rules! member {
    () => {
        "SELECT id, email, display_name, role, status, all_brands,
            EXISTS (SELECT 1 FROM member_brand b WHERE b.brand_id = $2 AND b.member_id = member.id)
        FROM member WHERE account_id = $1 AND "
    };
}

/// The columns of [`MemberView`], from `member m`.
macro_rules! view_columns {
    () => {
        "m.id, m.email, m.display_name, m.role, m.status, m.all_brands, m.avatar_url, m.last_seen_at, m.created_at,
            (SELECT string_agg(b.brand_id, ' ' ORDER BY b.brand_id) FROM member_brand b
            JOIN brand d ON d.id = b.brand_id AND d.deleted_at IS NULL WHERE b.member_id = m.id)"
    };
}
pub(crate) use view_columns;

crate::statements! {
    BY_ID = concat!(member!(), "id = $3");
    BY_EMAIL = concat!(member!(), "email = $3 AND status = 'active'");
    IDS_OF_EMAIL = "SELECT id FROM member WHERE account_id = $1 AND email = $2";
    COUNT = "SELECT count(*) FROM member WHERE account_id = $1 AND status = 'active'";
    OWNERS = "SELECT count(*) FROM member WHERE account_id = $1 AND role = 'owner' AND status = 'active'";
    GET = concat!("SELECT ", view_columns!(), " FROM member m WHERE m.account_id = $1 AND m.id = $2");
    GET_BY_EMAIL = concat!("SELECT ", view_columns!(),
        " FROM member m WHERE m.account_id = $1 AND m.email = $2 AND m.status = 'active'");
    LIST = concat!("SELECT ", view_columns!(),
        " FROM member m WHERE m.account_id = $1 AND m.status = 'active' ORDER BY m.created_at, m.id");
    PERSON = concat!("SELECT ", view_columns!(), ", m.account_id, m.password_hash FROM member m
        JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
        WHERE m.email = $1 AND m.status = 'active' ORDER BY m.created_at, m.id LIMIT $2");
    INSERT = "INSERT INTO member (id, account_id, email, display_name, role, status, all_brands, password_hash,
        created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $8)";
    UPDATE = "UPDATE member SET display_name = $3, role = $4, status = $5, all_brands = $6, updated_at = $7
        WHERE account_id = $1 AND id = $2";
    REMOVE_ALL = "UPDATE member SET status = 'removed', updated_at = $2 WHERE account_id = $1 AND status = 'active'";
    ADD_BRAND = "INSERT INTO member_brand (brand_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    DROP_BRAND = "DELETE FROM member_brand WHERE brand_id = $1 AND member_id = $2";
    SET_PASSWORD = "UPDATE member SET password_hash = $2 WHERE id = $1";
    SEEN = "UPDATE member SET last_seen_at = $2 WHERE id = $1 AND coalesce(last_seen_at, 0) < $2";
    PROFILE = "SELECT id, email, display_name, avatar_url, notify_email, notify_toast, notify_desktop,
        (SELECT t.confirmed_at FROM member_totp t WHERE t.member_id = member.id) FROM member
        WHERE account_id = $1 AND id = $2";
    SET_PROFILE = "UPDATE member SET display_name = $3, notify_email = $4, notify_toast = $5, notify_desktop = $6,
        updated_at = $7 WHERE account_id = $1 AND id = $2";
    TOLD = "SELECT m.email, m.display_name FROM member m WHERE m.account_id = $1 AND m.status = 'active'
        AND m.role IN ('owner', 'admin') AND m.notify_email AND (m.all_brands OR m.role = 'owner'
            OR EXISTS (SELECT 1 FROM member_brand b WHERE b.brand_id = $2 AND b.member_id = m.id))
        ORDER BY m.created_at, m.id";
    MAILED = "SELECT m.id, m.notify_email, m.all_brands OR m.role = 'owner'
            OR EXISTS (SELECT 1 FROM member_brand b WHERE b.brand_id = $2 AND b.member_id = m.id)
        FROM member m WHERE m.account_id = $1 AND m.status = 'active' AND m.email = $3";
    BRANDS_WITH_TICKETS = "SELECT b.id FROM brand b WHERE b.account_id = $1 AND b.deleted_at IS NULL
        AND (EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = b.id AND t.live = TRUE AND t.assignee = $2)
            OR EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = b.id AND t.live = FALSE AND t.assignee = $2))
        ORDER BY b.id";
    GONE_WITH_TICKETS = "SELECT m.id FROM member m WHERE m.account_id = $1 AND m.status = 'removed'
        AND (EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = $2 AND t.live = TRUE AND t.assignee = m.id)
            OR EXISTS (SELECT 1 FROM ticket t WHERE t.brand_id = $2 AND t.live = FALSE AND t.assignee = m.id))
        ORDER BY m.id";
    ASSIGNED = "SELECT id, updated_at, status_id FROM ticket WHERE brand_id = $1 AND live = $2 AND assignee = $3
        AND (updated_at, id) > ($4, $5) ORDER BY updated_at, id LIMIT $6";
}

fn row(columns: &mut Columns<'_>) -> Result<Member> {
    Ok(Member {
        id: columns.take()?,
        email: columns.take()?,
        display_name: columns.take()?,
        role: Role::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        active: columns.take::<String>()? == "active",
        all_brands: columns.take()?,
        has_brand: columns.take()?,
    })
}

pub(crate) fn view_row(columns: &mut Columns<'_>) -> Result<MemberView> {
    let mut member = MemberView {
        id: columns.take()?,
        email: columns.take()?,
        display_name: columns.take()?,
        role: Role::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        status: MemberStatus::read(&columns.take::<String>()?).map_err(Error::Bug)?,
        all_brands: columns.take()?,
        avatar_url: columns.take()?,
        last_seen_at: columns.take()?,
        created_at: columns.take()?,
        brand_ids: Vec::new(),
    };
    let brands: Option<String> = columns.take()?;
    if !member.all_brands {
        member.brand_ids = brands.unwrap_or_default().split_whitespace().map(BrandId::from).collect();
    }
    Ok(member)
}

/// The member with this id, as the brand sees it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, account: &AccountId, brand: &BrandId, id: &str) -> Result<Option<Member>> {
    tx.maybe(&BY_ID, args![account, brand, id], row).await
}

/// The active member with this address, as the brand sees it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_email(tx: &Tx, account: &AccountId, brand: &BrandId, email: &str) -> Result<Option<Member>> {
    tx.maybe(&BY_EMAIL, args![account, brand, email], row).await
}

/// Everybody who is or was a member with this address: what they have resolved still shows it.
///
/// # Errors
/// When the database cannot answer.
pub async fn ids_of_email(tx: &Tx, account: &AccountId, email: &str) -> Result<Vec<MemberId>> {
    tx.all(&IDS_OF_EMAIL, args![account, email], only).await
}

/// How many active members there are, and how many of them are owners.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, account: &AccountId) -> Result<(i64, i64)> {
    Ok((tx.one(&COUNT, args![account], only).await?, tx.one(&OWNERS, args![account], only).await?))
}

/// A member, a removed one too.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, account: &AccountId, id: &str) -> Result<Option<MemberView>> {
    tx.maybe(&GET, args![account, id], view_row).await
}

/// The active member with this address.
///
/// # Errors
/// When the database cannot answer.
pub async fn get_by_email(tx: &Tx, account: &AccountId, email: &str) -> Result<Option<MemberView>> {
    tx.maybe(&GET_BY_EMAIL, args![account, email], view_row).await
}

/// Every active member, in the order in which they joined.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &Tx, account: &AccountId) -> Result<Vec<MemberView>> {
    tx.all(&LIST, args![account], view_row).await
}

/// One of the members that a person is.
#[derive(Clone)]
pub struct Membership {
    /// Where.
    pub account: AccountId,
    /// What the person is there.
    pub member: MemberView,
    /// The hash of the password that opens it, if it has one.
    pub password_hash: Option<String>,
}

impl std::fmt::Debug for Membership {
    /// The hash never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Membership").field("account", &self.account).field("member", &self.member.id).finish()
    }
}

/// Accounts of one person that are looked at; the oldest come first.
const MEMBERSHIPS_MAX: i64 = 50;

/// What the person with this address is in which account.
///
/// # Errors
/// When the database cannot answer.
pub async fn person(tx: &Tx, email: &str) -> Result<Vec<Membership>> {
    tx.all(&PERSON, args![email, MEMBERSHIPS_MAX], |columns| {
        let member = view_row(columns)?;
        Ok(Membership { account: columns.take()?, member, password_hash: columns.take()? })
    })
    .await
}

/// Adds a member with its brands.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, account: &AccountId, member: &MemberView, password_hash: Option<&str>) -> Result<()> {
    let MemberView { id, email, display_name, role, all_brands, brand_ids, created_at, .. } = member;
    tx.run(&INSERT, args![id, account, email, display_name, role.as_str(), all_brands, password_hash, created_at])
        .await?;
    for brand in brand_ids {
        add_brand(tx, brand, id).await?;
    }
    Ok(())
}

/// Id, address and name of these members, removed ones included.
///
/// # Errors
/// When the database cannot answer.
pub async fn names(tx: &Tx, account: &AccountId, ids: &[MemberId]) -> Result<Vec<(MemberId, String, Option<String>)>> {
    let mut select = Select::new("SELECT id, email, display_name FROM member");
    select.with("account_id =", account).within("id", ids);
    tx.select(&select, |row| Ok((row.take()?, row.take()?, row.take()?))).await
}

/// Stores what can be changed of a member, its brands included.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, account: &AccountId, old: &MemberView, new: &MemberView, at: Timestamp) -> Result<()> {
    let (role, status) = (new.role.as_str(), new.status.as_str());
    tx.run(&UPDATE, args![account, new.id, new.display_name, role, status, new.all_brands, at]).await?;
    for brand in old.brand_ids.iter().filter(|brand| !new.brand_ids.contains(brand)) {
        tx.run(&DROP_BRAND, args![brand, new.id]).await?;
    }
    for brand in new.brand_ids.iter().filter(|brand| !old.brand_ids.contains(brand)) {
        add_brand(tx, brand, &new.id).await?;
    }
    Ok(())
}

/// Lets a member reach a brand.
///
/// # Errors
/// When the database cannot write.
pub async fn add_brand(tx: &Tx, brand: &BrandId, id: &MemberId) -> Result<()> {
    tx.run(&ADD_BRAND, args![brand, id]).await
}

/// Removes every member of an account that ends.
///
/// # Errors
/// When the database cannot write.
pub async fn remove_all(tx: &Tx, account: &AccountId, at: Timestamp) -> Result<()> {
    tx.run(&REMOVE_ALL, args![account, at]).await
}

/// Gives a member another password.
///
/// # Errors
/// When the database cannot write.
pub async fn set_password(tx: &Tx, id: &MemberId, hash: &str) -> Result<()> {
    tx.run(&SET_PASSWORD, args![id, hash]).await
}

/// Notes when a member was last seen.
///
/// # Errors
/// When the database cannot write.
pub async fn seen(tx: &Tx, id: &MemberId, at: Timestamp) -> Result<()> {
    tx.run(&SEEN, args![id, at]).await
}

/// What a member has set for themself.
///
/// # Errors
/// When the database cannot answer.
pub async fn profile(tx: &Tx, account: &AccountId, id: &MemberId) -> Result<Option<Profile>> {
    tx.maybe(&PROFILE, args![account, id], |columns| {
        Ok(Profile {
            id: columns.take()?,
            email: columns.take()?,
            display_name: columns.take()?,
            avatar_url: columns.take()?,
            notify_email: columns.take()?,
            notify_toast: columns.take()?,
            notify_desktop: columns.take()?,
            totp_enabled: columns.take::<Option<Timestamp>>()?.is_some(),
        })
    })
    .await
}

/// Stores what a member sets for themself.
///
/// # Errors
/// When the database cannot write.
pub async fn set_profile(tx: &Tx, account: &AccountId, profile: &Profile, at: Timestamp) -> Result<()> {
    let Profile { id, display_name, notify_email, notify_toast, notify_desktop, .. } = profile;
    tx.run(&SET_PROFILE, args![account, id, display_name, notify_email, notify_toast, notify_desktop, at]).await
}

/// A member as mail sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    /// The member.
    pub id: MemberId,
    /// Whether they want mail.
    pub wants_mail: bool,
    /// Whether the brand is one of theirs.
    pub has_access: bool,
}

/// The active member of the account with this address, which is in lower case.
///
/// # Errors
/// When the database cannot answer.
pub async fn mailed(tx: &Tx, account: &AccountId, brand: &BrandId, email: &str) -> Result<Option<Mailed>> {
    let row = |columns: &mut Columns<'_>| {
        Ok(Mailed { id: columns.take()?, wants_mail: columns.take()?, has_access: columns.take()? })
    };
    tx.maybe(&MAILED, args![account, brand, email], row).await
}

/// Address and name of the owners and admins who are mailed about what happens in a brand.
///
/// # Errors
/// When the database cannot answer.
pub async fn told(tx: &Tx, account: &AccountId, brand: &BrandId) -> Result<Vec<(String, Option<String>)>> {
    tx.all(&TOLD, args![account, brand], |columns| Ok((columns.take()?, columns.take()?))).await
}

/// The brands of the account in which tickets are assigned to a member.
///
/// # Errors
/// When the database cannot answer.
pub async fn brands_with_tickets(tx: &Tx, account: &AccountId, id: &MemberId) -> Result<Vec<BrandId>> {
    tx.all(&BRANDS_WITH_TICKETS, args![account, id], only).await
}

/// The removed members of the account to whom tickets of a brand are still assigned.
///
/// # Errors
/// When the database cannot answer.
pub async fn gone_with_tickets(tx: &Tx, account: &AccountId, brand: &BrandId) -> Result<Vec<MemberId>> {
    tx.all(&GONE_WITH_TICKETS, args![account, brand], only).await
}

/// Some tickets that are assigned to a member, in the order of their changes, behind this one: those in lists, or
/// the hidden rest. With each, when it changed and its stored status.
///
/// # Errors
/// When the database cannot answer.
pub async fn assigned(
    tx: &Tx,
    brand: &BrandId,
    live: bool,
    id: &str,
    after: &(Timestamp, String),
    limit: i64,
) -> Result<Vec<(TicketId, Timestamp, StatusId)>> {
    tx.all(&ASSIGNED, args![brand, live, id, after.0, after.1, limit], |columns| {
        Ok((columns.take()?, columns.take()?, columns.take()?))
    })
    .await
}

//! Members of the account.

use dispatch_model::{
    AccountId, BrandId, MemberId, Timestamp,
    member::{Member, NewMember, Role},
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

crate::statements! {
    BY_ID = concat!(member!(), "id = $3");
    BY_EMAIL = concat!(member!(), "email = $3");
    COUNT = "SELECT count(*) FROM member WHERE account_id = $1";
    OWNERS = "SELECT count(*) FROM member WHERE account_id = $1 AND role = 'owner'";
    INSERT = "INSERT INTO member (id, account_id, email, display_name, role, status, all_brands, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $7)";
    ADD_BRAND = "INSERT INTO member_brand (brand_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
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

/// The member with this id, as the brand sees it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_id(tx: &Tx, account: &AccountId, brand: &BrandId, id: &str) -> Result<Option<Member>> {
    tx.maybe(&BY_ID, args![account, brand, id], row).await
}

/// The member with this address, as the brand sees it.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_email(tx: &Tx, account: &AccountId, brand: &BrandId, email: &str) -> Result<Option<Member>> {
    tx.maybe(&BY_EMAIL, args![account, brand, email], row).await
}

/// How many members there are, and how many of them are owners.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, account: &AccountId) -> Result<(i64, i64)> {
    Ok((tx.one(&COUNT, args![account], only).await?, tx.one(&OWNERS, args![account], only).await?))
}

/// Adds a member with its brands.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, account: &AccountId, id: &MemberId, new: &NewMember, at: Timestamp) -> Result<()> {
    let (email, role) = (&*new.email, new.role.as_str());
    tx.run(&INSERT, args![id, account, email, new.name, role, new.all_brands, at]).await?;
    for brand in &new.brand_ids {
        tx.run(&ADD_BRAND, args![brand, id]).await?;
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

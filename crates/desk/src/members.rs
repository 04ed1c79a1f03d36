//! Members of the account, added by the command line until invitations exist.

use dispatch_model::{
    JsonText, MemberId,
    event::Act,
    limits::MEMBERS_MAX,
    member::{NewMember, Role},
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result, accounts,
    error::{conflict, invalid},
};

/// Adds a member.
///
/// # Errors
/// When the address is taken, a brand is unknown, or there is an owner already.
pub async fn create(tx: &Tx, act: &Act, new: &NewMember) -> Result<MemberId> {
    let account = accounts::ensure(tx, act).await?.id;
    let nowhere = dispatch_model::BrandId::from("");
    if store::members::by_email(tx, &account, &nowhere, &new.email).await?.is_some() {
        return Err(conflict(format!("{} is a member already.", &*new.email)));
    }
    let (members, owners) = store::members::count(tx, &account).await?;
    if members >= MEMBERS_MAX {
        return Err(conflict(format!("The account has {MEMBERS_MAX} members, which is the limit.")));
    }
    if new.role == Role::Owner && owners > 0 {
        return Err(conflict("The account has an owner already."));
    }
    for brand in &new.brand_ids {
        if !store::brands::exists(tx, brand).await? {
            return Err(invalid("brand", format!("unknown brand {brand}")));
        }
    }
    let id: MemberId = act.mint.id();
    store::members::insert(tx, &account, &id, new, act.at).await?;
    let data = JsonText::of(&serde_json::json!({
        "id": id,
        "member": { "id": id, "email": new.email, "displayName": new.name, "role": new.role,
            "allBrands": new.all_brands, "brandIds": new.brand_ids },
    }));
    store::account_log::append(tx, act, &account, "member.joined", id.as_str(), None, data).await?;
    Ok(id)
}

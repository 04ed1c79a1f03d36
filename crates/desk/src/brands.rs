//! Brands: created with their four system statuses, changed, deleted.

use dispatch_model::{
    AccountId, BrandId, JsonText, Patch,
    brand::{Brand, BrandContents, BrandPatch, BrandView, Csat, DEFAULT_PREFIX, DEFAULT_START, NewBrand, Slug},
    event::{Act, Changes},
    field::FieldDefinitions,
    limits::JSON_BYTES_MAX,
    status::{SYSTEM, Status},
};
use dispatch_store::{self as store, Tx};

use crate::{
    Caller, Result,
    error::{Found, conflict, invalid},
    fields, payload,
};

/// A brand in the caller's account, not deleted.
///
/// # Errors
/// When there is none.
pub async fn get(tx: &Tx, id: &BrandId) -> Result<Brand> {
    store::brands::get(tx, id).await?.found()
}

/// Every brand that the caller reaches, by name.
///
/// # Errors
/// When the database cannot answer.
pub async fn reachable(tx: &Tx, caller: &Caller) -> Result<Vec<Brand>> {
    let all = store::brands::list(tx, &caller.account).await?;
    Ok(all.into_iter().filter(|brand| caller.reaches(&brand.id)).collect())
}

/// A brand as it is shown, with the definitions of its custom fields.
///
/// # Errors
/// When the database cannot answer.
pub async fn view(tx: &Tx, brand: Brand, mail_domain: &str) -> Result<BrandView> {
    let fields = fields::of_brand(tx, &brand.id).await?;
    Ok(brand.view(mail_domain, fields))
}

/// The same for several brands.
///
/// # Errors
/// When the database cannot answer.
pub async fn views(tx: &Tx, brands: Vec<Brand>, mail_domain: &str) -> Result<Vec<BrandView>> {
    let ids: Vec<BrandId> = brands.iter().map(|brand| brand.id.clone()).collect();
    let fields = store::fields::of_brands(tx, &ids).await?;
    Ok(brands.into_iter().zip(fields).map(|(brand, fields)| brand.view(mail_domain, fields)).collect())
}

/// Creates a brand.
///
/// # Errors
/// When an explicit slug is taken.
pub async fn create(tx: &Tx, act: &Act, account: &AccountId, new: &NewBrand, mail_domain: &str) -> Result<BrandView> {
    let brand = Brand {
        id: act.mint.id(),
        account_id: account.clone(),
        name: String::from(new.name.clone()),
        slug: free_slug(tx, new).await?.as_str().to_owned(),
        ticket_prefix: new.ticket_prefix.as_ref().map_or(DEFAULT_PREFIX, |prefix| prefix.as_str()).to_owned(),
        next_ticket_number: new.ticket_number_start.map_or(DEFAULT_START, |start| start.0),
        url: new.url.clone().map(String::from),
        icon_url: new.icon_url.clone().map(String::from),
        settings: JsonText::empty_object().merged(new.settings.as_ref().unwrap_or(&JsonText::empty_object())),
        metadata: JsonText::empty_object().merged(new.metadata.as_ref().unwrap_or(&JsonText::empty_object())),
        ticket_schema: new.ticket_schema.clone(),
        created_at: act.at,
        updated_at: act.at,
        deleted_at: None,
        rewriting: false,
        csat: csat(new),
        surveyed: false,
    };
    store::brands::insert(tx, &brand).await?;
    for (place, system) in (0..).zip(SYSTEM.iter()) {
        let status = Status {
            id: act.mint.id(),
            brand_id: brand.id.clone(),
            name: system.name.to_owned(),
            key: system.key.to_owned(),
            color: system.color.to_owned(),
            description: Some(system.description.to_owned()),
            is_system: true,
            is_active: system.is_active,
            sort_order: place,
            created_at: act.at,
            updated_at: act.at,
        };
        store::statuses::insert(tx, &status).await?;
    }
    let id = brand.id.clone();
    let view = brand.view(mail_domain, FieldDefinitions::default());
    log(tx, act, account, "brand.created", &id, &view, None).await?;
    Ok(view)
}

/// What the customers of a new brand are asked.
fn csat(new: &NewBrand) -> Csat {
    let usual = Csat::default();
    Csat {
        enabled: new.csat_enabled.unwrap_or(usual.enabled),
        kind: new.csat_type.unwrap_or(usual.kind),
        delay_minutes: new.csat_delay_minutes.map_or(usual.delay_minutes, |minutes| minutes.0),
        subject: new.csat_email_subject.clone().map(String::from),
        body: new.csat_email_body.clone().map(String::from),
    }
}

/// What they are asked after a patch.
fn csat_after(old: &Csat, patch: &BrandPatch) -> Csat {
    Csat {
        enabled: patch.csat_enabled.unwrap_or(old.enabled),
        kind: patch.csat_type.unwrap_or(old.kind),
        delay_minutes: patch.csat_delay_minutes.map_or(old.delay_minutes, |minutes| minutes.0),
        subject: patch.csat_email_subject.clone().text().or(old.subject.clone()),
        body: patch.csat_email_body.clone().text().or(old.body.clone()),
    }
}

/// Records a change of a brand in its own log and, when it comes or goes, in the account's.
async fn log(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    kind: &'static str,
    id: &BrandId,
    view: &BrandView,
    changes: Option<JsonText>,
) -> Result<()> {
    let event = payload::object(kind, id.as_str(), "brand", view, changes);
    if kind != "brand.updated" {
        store::account_log::append(tx, act, account, kind, id.as_str(), None, event.data.clone()).await?;
    }
    tx.record(act, id, event);
    Ok(())
}

async fn free_slug(tx: &Tx, new: &NewBrand) -> Result<Slug> {
    if let Some(slug) = &new.slug {
        return match store::brands::slug_owner(tx, slug.as_str()).await? {
            None => Ok(slug.clone()),
            Some(_) => Err(slug_taken(slug)),
        };
    }
    let first = Slug::from_name(&new.name);
    let mut slug = first.clone();
    for number in 2.. {
        if store::brands::slug_owner(tx, slug.as_str()).await?.is_none() {
            break;
        }
        slug = first.numbered(number);
    }
    Ok(slug)
}

fn slug_taken(slug: &Slug) -> crate::Error {
    conflict(format!("The slug {} is taken.", slug.as_str()))
}

/// Changes a brand.
///
/// # Errors
/// When there is no such brand, the slug is taken or the number would go back.
pub async fn update(tx: &Tx, act: &Act, id: &BrandId, patch: &BrandPatch, mail_domain: &str) -> Result<BrandView> {
    let old = get(tx, id).await?;
    let mut new = old.clone();
    if let Some(start) = patch.ticket_number_start {
        if start.0 < old.next_ticket_number {
            return Err(invalid("ticketNumberStart", format!("must not be below {}", old.next_ticket_number)));
        }
        new.next_ticket_number = start.0;
    }
    if let Some(slug) = &patch.slug {
        match store::brands::slug_owner(tx, slug.as_str()).await? {
            Some(owner) if owner != *id => return Err(slug_taken(slug)),
            _ => new.slug = slug.as_str().to_owned(),
        }
    }
    if let Some(name) = &patch.name {
        new.name = String::from(name.clone());
    }
    if let Some(prefix) = &patch.ticket_prefix {
        new.ticket_prefix = prefix.as_str().to_owned();
    }
    new.url = patch.url.clone().text().or(old.url.clone());
    new.icon_url = patch.icon_url.clone().text().or(old.icon_url.clone());
    new.settings = merged("settings", &old.settings, &patch.settings)?;
    new.metadata = merged("metadata", &old.metadata, &patch.metadata)?;
    new.ticket_schema = patch.ticket_schema.clone().or(old.ticket_schema.clone());
    new.csat = csat_after(&old.csat, patch);
    store_changes(tx, act, old, new, mail_domain).await
}

/// Replaces the schema that is stored with the brand.
///
/// # Errors
/// When there is no such brand.
pub async fn put_schema(tx: &Tx, act: &Act, id: &BrandId, schema: &JsonText, mail_domain: &str) -> Result<JsonText> {
    let old = get(tx, id).await?;
    let new = Brand { ticket_schema: Some(schema.clone()), ..old.clone() };
    store_changes(tx, act, old, new, mail_domain).await?;
    Ok(schema.clone())
}

async fn store_changes(tx: &Tx, act: &Act, old: Brand, mut new: Brand, mail_domain: &str) -> Result<BrandView> {
    let mut changes = Changes::default();
    changes.add("name", &old.name, &new.name);
    changes.add("slug", &old.slug, &new.slug);
    changes.add("ticketPrefix", &old.ticket_prefix, &new.ticket_prefix);
    changes.add("nextTicketNumber", &old.next_ticket_number, &new.next_ticket_number);
    changes.add("url", &old.url, &new.url);
    changes.add("iconUrl", &old.icon_url, &new.icon_url);
    changes.add("settings", &old.settings, &new.settings);
    changes.add("metadata", &old.metadata, &new.metadata);
    changes.add("ticketSchema", &old.ticket_schema, &new.ticket_schema);
    changes.add("csatEnabled", &old.csat.enabled, &new.csat.enabled);
    changes.add("csatType", &old.csat.kind, &new.csat.kind);
    changes.add("csatDelayMinutes", &old.csat.delay_minutes, &new.csat.delay_minutes);
    changes.add("csatEmailSubject", &old.csat.subject, &new.csat.subject);
    changes.add("csatEmailBody", &old.csat.body, &new.csat.body);
    if changes.is_empty() {
        return view(tx, old, mail_domain).await;
    }
    new.updated_at = act.at;
    if new.slug != old.slug && store::brands::slug_owner(tx, &new.slug).await?.is_none() {
        store::brands::reserve_slug(tx, &new.slug, &new.id).await?;
    }
    store::brands::update(tx, &new).await?;
    if new.next_ticket_number != old.next_ticket_number {
        tx.count(&new.id, |counter| counter.next_ticket_number = new.next_ticket_number).await?;
    }
    let (id, account) = (new.id.clone(), new.account_id.clone());
    let shown = view(tx, new, mail_domain).await?;
    log(tx, act, &account, "brand.updated", &id, &shown, Some(changes.to_json())).await?;
    Ok(shown)
}

/// An object after a patch of its top level (API 1.6).
///
/// # Errors
/// When it would be larger than such an object may be (API 1.10).
pub(crate) fn merged(field: &str, old: &JsonText, patch: &Patch<JsonText>) -> Result<JsonText> {
    let new = match patch {
        Patch::Keep => old.clone(),
        Patch::Clear => JsonText::empty_object(),
        Patch::Set(update) => old.merged(update),
    };
    if new.as_str().len() > JSON_BYTES_MAX && new != *old {
        return Err(invalid(field, "must have at most 64 KB together with what is there"));
    }
    Ok(new)
}

/// What would go with a brand.
///
/// # Errors
/// When there is no such brand.
pub async fn contents(tx: &Tx, id: &BrandId) -> Result<BrandContents> {
    get(tx, id).await?;
    Ok(store::brands::contents(tx, id).await?)
}

/// Deletes a brand: from this moment no route finds it.
///
/// # Errors
/// When there is no such brand.
pub async fn delete(tx: &Tx, act: &Act, id: &BrandId, mail_domain: &str) -> Result<BrandView> {
    let mut brand = get(tx, id).await?;
    store::brands::delete(tx, id, act.at).await?;
    store::consumers::end(tx, id, store::consumers::WEBHOOKS).await?;
    store::consumers::end(tx, id, store::consumers::AUTOMATIONS).await?;
    store::webhooks::delete_all(tx, id, act.at).await?;
    store::connections::delete_all(tx, id).await?;
    brand.deleted_at = Some(act.at);
    brand.updated_at = act.at;
    let account = brand.account_id.clone();
    let shown = view(tx, brand, mail_domain).await?;
    log(tx, act, &account, "brand.deleted", id, &shown, None).await?;
    Ok(shown)
}

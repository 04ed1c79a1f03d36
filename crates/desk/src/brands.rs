//! Brands: created with their four system statuses, changed, deleted.

use dispatch_model::{
    AccountId, BrandId, Errors, JsonText, Patch,
    brand::{
        Brand, BrandContents, BrandMail, BrandPatch, BrandPortal, BrandView, Csat, DEFAULT_PREFIX, DEFAULT_START,
        MailDomains, NewBrand, Slug,
    },
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
/// When an explicit slug is taken, or its mail cannot be as it says.
pub async fn create(
    tx: &Tx,
    act: &Act,
    account: &AccountId,
    new: &NewBrand,
    domains: &MailDomains,
) -> Result<BrandView> {
    let mail = mail(new);
    check_mail(&BrandMail::default(), &mail, domains, act.wrong.clone())?;
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
        mail,
        portal: BrandPortal {
            origins: new.portal_origins.clone().map(|origins| once_each(origins.0)).unwrap_or_default(),
            signup: new.portal_signup.unwrap_or_default(),
        },
        surveyed: false,
    };
    store::brands::insert(tx, &brand).await?;
    store::consumers::begin_notifying(tx, &brand.id).await?;
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
    let view = brand.view(&domains.own, FieldDefinitions::default());
    log(tx, act, account, "brand.created", &id, &view, None).await?;
    Ok(view)
}

/// Each text once, in the order in which they came.
fn once_each<T: Into<String>>(texts: Vec<T>) -> Vec<String> {
    let mut each: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts.into_iter().map(Into::into) {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each
}

/// How the mail of a new brand comes and goes.
fn mail(new: &NewBrand) -> BrandMail {
    let usual = BrandMail::default();
    BrandMail {
        inbound_enabled: new.inbound_email_enabled.unwrap_or(usual.inbound_enabled),
        from_name: new.from_name.clone().map(String::from).filter(|name| !name.is_empty()),
        from_email: new.from_email.clone().map(String::from),
        autoresponse_enabled: new.autoresponse_enabled.unwrap_or(usual.autoresponse_enabled),
        autoresponse_subject: new.autoresponse_subject.clone().map(String::from),
        autoresponse_body: new.autoresponse_body.clone().map(String::from),
        new_ticket_notify_emails: new
            .new_ticket_notify_emails
            .clone()
            .map(|list| once_each(list.0))
            .unwrap_or_default(),
    }
}

/// How it comes and goes after a patch.
fn mail_after(old: &BrandMail, patch: &BrandPatch) -> BrandMail {
    let told = patch.new_ticket_notify_emails.clone().map(|list| once_each(list.0));
    BrandMail {
        inbound_enabled: patch.inbound_email_enabled.unwrap_or(old.inbound_enabled),
        from_name: patch.from_name.clone().text().or(old.from_name.clone()).filter(|name| !name.is_empty()),
        from_email: patch.from_email.clone().text().or(old.from_email.clone()),
        autoresponse_enabled: patch.autoresponse_enabled.unwrap_or(old.autoresponse_enabled),
        autoresponse_subject: patch.autoresponse_subject.clone().text().or(old.autoresponse_subject.clone()),
        autoresponse_body: patch.autoresponse_body.clone().text().or(old.autoresponse_body.clone()),
        new_ticket_notify_emails: told.unwrap_or_else(|| old.new_ticket_notify_emails.clone()),
    }
}

/// Whether mail can come and go like this. What was there before the domains of the server changed may stay.
fn check_mail(old: &BrandMail, new: &BrandMail, domains: &MailDomains, mut errors: Errors) -> Result<()> {
    if let Some(from) =
        new.from_email.as_ref().filter(|from| old.from_email.as_ref() != Some(from) && !domains.allow(from))
    {
        let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
        errors.push(
            "fromEmail",
            format!("must be in {} or another domain that the server sends from, not {domain}", domains.own),
        );
    }
    if new.autoresponse_enabled {
        for (field, text) in
            [("autoresponseSubject", &new.autoresponse_subject), ("autoresponseBody", &new.autoresponse_body)]
        {
            if text.as_deref().is_none_or(|text| text.trim().is_empty()) {
                errors.push(field, "is required while autoresponseEnabled is true");
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
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
/// When there is no such brand, the slug is taken, the number would go back, or its mail cannot be as it says.
pub async fn update(tx: &Tx, act: &Act, id: &BrandId, patch: &BrandPatch, domains: &MailDomains) -> Result<BrandView> {
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
    new.mail = mail_after(&old.mail, patch);
    check_mail(&old.mail, &new.mail, domains, act.wrong.clone())?;
    if let Some(origins) = &patch.portal_origins {
        new.portal.origins = once_each(origins.0.clone());
    }
    new.portal.signup = patch.portal_signup.unwrap_or(old.portal.signup);
    store_changes(tx, act, old, new, &domains.own).await
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
    let (was, is) = (&old.mail, &new.mail);
    changes.add("inboundEmailEnabled", &was.inbound_enabled, &is.inbound_enabled);
    changes.add("fromName", &was.from_name, &is.from_name);
    changes.add("fromEmail", &was.from_email, &is.from_email);
    changes.add("autoresponseEnabled", &was.autoresponse_enabled, &is.autoresponse_enabled);
    changes.add("autoresponseSubject", &was.autoresponse_subject, &is.autoresponse_subject);
    changes.add("autoresponseBody", &was.autoresponse_body, &is.autoresponse_body);
    changes.add("newTicketNotifyEmails", &was.new_ticket_notify_emails, &is.new_ticket_notify_emails);
    changes.add("portalOrigins", &old.portal.origins, &new.portal.origins);
    changes.add("portalSignup", &old.portal.signup, &new.portal.signup);
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
    store::consumers::end(tx, id, store::consumers::NOTIFICATIONS).await?;
    store::webhooks::delete_all(tx, id, act.at).await?;
    store::connections::delete_all(tx, id).await?;
    store::mailboxes::delete(tx, id).await?;
    store::relays::delete(tx, id).await?;
    brand.deleted_at = Some(act.at);
    brand.updated_at = act.at;
    let account = brand.account_id.clone();
    let shown = view(tx, brand, mail_domain).await?;
    log(tx, act, &account, "brand.deleted", id, &shown, None).await?;
    Ok(shown)
}

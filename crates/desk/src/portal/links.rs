//! Links to the portal that are mailed. Asking for one does the same for every address; who it is, the worker looks up.

use dispatch_model::{
    BrandId,
    event::Act,
    limits::PORTAL_LINK_MS,
    mail::{MailKind, NewMail, Recipient},
    portal::PortalSession,
    text::{Email, Url},
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx, portal::PortalLink};

use super::{no_session, open};
use crate::{
    Result,
    api_keys::hash,
    brands, customers,
    error::{Found, invalid},
    mails,
};

/// `scheme://host[:port]` of an address.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find(['/', '?', '#', '\\']).map_or(url.len(), |at| start + at);
    &url[..end]
}

/// Whether a link may lead to this page: one of the server, or of an origin that the brand lists.
fn may_lead(url: &str, public_url: &str, origins: &[String]) -> bool {
    let origin = origin_of(url);
    // Somebody else's host may stand behind a name and an @.
    !origin.contains('@')
        && (origin.eq_ignore_ascii_case(origin_of(public_url))
            || origins.iter().any(|known| known.eq_ignore_ascii_case(origin)))
}

/// Notes that a link to the portal is asked for. A brand that does not exist is told like one that lists no origins.
///
/// # Errors
/// When the page is of an origin that the brand does not list.
pub async fn ask(
    tx: &Tx,
    act: &Act,
    brand: Option<&BrandId>,
    (email, url): (&Email, &Url),
    public_url: &str,
    by_staff: bool,
) -> Result<()> {
    let brand = match brand {
        Some(id) => Some(brands::get(tx, id).await?),
        None => None,
    };
    let origins = brand.as_ref().map_or(&[][..], |brand| brand.portal.origins.as_slice());
    if !may_lead(url, public_url, origins) {
        return Err(invalid("portalUrl", "must be of an origin in portalOrigins, or of this server"));
    }
    let Some(brand) = brand else { return Ok(()) };
    let url = String::from(url.clone());
    let link = PortalLink { id: act.mint.id(), brand: brand.id, email: String::from(email.clone()), url, by_staff };
    Ok(store::portal::ask(tx, &link, act.at).await?)
}

/// The page with a token behind it, wherever its query and its fragment stand.
fn with_token(url: &str) -> String {
    let (page, fragment) = url.split_once('#').map_or((url, String::new()), |(page, rest)| (page, format!("#{rest}")));
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}token={{token}}{fragment}")
}

/// Mails a link that was asked for, or gives it up when it is for nobody. In the brand's lane.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn mail_step(tx: &Tx, act: &Act, key: &ServerKey, link: &PortalLink) -> Result<()> {
    let Ok(brand) = brands::get(tx, &link.brand).await else {
        return Ok(store::portal::drop_link(tx, link).await?);
    };
    let known = store::customers::by_email(tx, &brand.id, &link.email).await?;
    let wanted = match &known {
        Some(customer) => !customer.is_blocked,
        None => link.by_staff || brand.portal.signup,
    };
    if !wanted {
        return Ok(store::portal::drop_link(tx, link).await?);
    }
    let to = vec![Recipient {
        address: link.email.clone(),
        name: known.and_then(|customer| customer.name),
        member_id: None,
    }];
    let subject = format!("Sign in to {}", brand.name);
    let body = format!(
        "Here is your link to your requests at {}:\n\n{{{{link}}}}\n\nIt works once and for 15 minutes. If you did not ask for it, you \
        can ignore this mail.",
        brand.name.replace("{{", "{ {"),
    );
    let mail = NewMail {
        link: Some(with_token(&link.url)),
        ..NewMail::new(&brand.id, MailKind::PortalLink, to, subject, body)
    };
    let id = mails::queue(tx, act, mail).await?.into_iter().next().found()?;
    let token = hash(&key.token(MailKind::PortalLink.as_str(), id.as_str()));
    Ok(store::portal::mailed(tx, link, &token, act.at.plus_ms(PORTAL_LINK_MS)).await?)
}

/// Signs in whoever follows a mailed link, once. Somebody new becomes a customer now. In the brand's lane.
///
/// # Errors
/// When the link does not work, or no longer leads to somebody who may sign in.
pub async fn verify(tx: &Tx, act: &Act, link_hash: &str, session_hash: &str) -> Result<PortalSession> {
    let link = store::portal::followed(tx, link_hash, act.at).await?.ok_or_else(no_session)?;
    let brand = brands::get(tx, &link.brand).await?;
    let known = store::customers::by_email(tx, &brand.id, &link.email).await?;
    let may = match &known {
        Some(customer) => !customer.is_blocked,
        None => link.by_staff || brand.portal.signup,
    };
    if !may {
        return Err(no_session());
    }
    store::portal::drop_link(tx, &link).await?;
    let email = Email::new(&link.email).map_err(|_| no_session())?;
    let customer = customers::link(tx, act, &brand.id, known, &email, None).await?;
    open(tx, act, &customer, session_hash).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_listed_origins_and_to_the_server_alone() {
        let origins = ["https://help.acme.example".to_owned()];
        let may = |url: &str| may_lead(url, "https://desk.example/base", &origins);
        assert!(may("https://help.acme.example") && may("https://HELP.acme.example/portal?x#y"));
        assert!(may("https://desk.example/portal/acme"));
        for foreign in [
            "http://help.acme.example/",
            "https://help.acme.example.evil.example/",
            "https://help.acme.example:8443/",
            "https://help.acme.example@evil.example/",
            "https://evil.example/https://help.acme.example",
            "https://evil.example\\help.acme.example",
        ] {
            assert!(!may(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_token_stands_in_the_query() {
        assert_eq!(with_token("https://a.example/x"), "https://a.example/x?token={token}");
        assert_eq!(with_token("https://a.example/x?y=1#z"), "https://a.example/x?y=1&token={token}#z");
    }
}

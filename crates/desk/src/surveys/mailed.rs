//! Surveys whose time has come: they are mailed, or canceled when nobody can be asked any more.

use dispatch_model::{
    BrandId, FeedbackId,
    brand::{Brand, CsatType},
    event::Act,
    limits::SURVEY_OPEN_MS,
    mail::{MailKind, NewMail, Recipient},
    survey::FeedbackState,
};
use dispatch_seal::ServerKey;
use dispatch_store::{self as store, Tx};

use crate::{
    Error, Refusal, Result,
    api_keys::hash,
    error::Found,
    mails, payload,
    tickets::{self, Loaded},
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is sent when the brand has no texts of its own.
const SUBJECT: &str = "How did we do? {{ticketNumber}}";
const BODY: &str =
    "Your request \"{{ticketTitle}}\" ({{ticketNumber}}) is resolved.\n\n{{question}}\n\n{{link}}\n\n{{brandName}}";

fn question(kind: CsatType) -> &'static str {
    match kind {
        CsatType::Thumbs => "Were you happy with our help? It takes a moment:",
        CsatType::Scale5 => "How happy were you with our help, from 1 to 5? It takes a moment:",
        CsatType::Scale10 => "How happy were you with our help, from 1 to 10? It takes a moment:",
    }
}

/// A text with what its placeholders stand for. What is put in is not looked through again, and holds no placeholder of its own.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        filled.push_str(&rest[..at]);
        let known = rest[at + 2..].find("}}").and_then(|end| {
            let name = rest[at + 2..at + 2 + end].trim();
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((value.1.replace("{{", "{ {"), at + 2 + end + 2))
        });
        match known {
            Some((value, end)) => {
                filled.push_str(&value);
                rest = &rest[end..];
            }
            None => {
                filled.push_str("{{");
                rest = &rest[at + 2..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The subject and the text of the mail.
fn worded(brand: &Brand, number: &str, title: &str, kind: CsatType) -> (String, String) {
    let values = [
        ("ticketNumber", number),
        ("ticketTitle", title),
        ("brandName", brand.name.as_str()),
        ("question", question(kind)),
    ];
    let subject = filled(brand.csat.subject.as_deref().unwrap_or(SUBJECT), &values);
    let mut body = filled(brand.csat.body.as_deref().unwrap_or(BODY), &values);
    if !body.contains("{{link}}") {
        body.push_str("\n\n{{link}}");
    }
    let days = SURVEY_OPEN_MS / DAY_MS;
    body.push_str(&format!("\n\nThe link works for {days} days."));
    (subject.replace(['\r', '\n'], " "), body)
}

/// Mails a survey whose time has come. In the brand's lane; one that somebody else was quicker to look at is left alone.
///
/// # Errors
/// When the database cannot answer or write.
pub async fn step(
    tx: &Tx,
    act: &Act,
    (key, public_url): (&ServerKey, &str),
    brand: &BrandId,
    id: &FeedbackId,
) -> Result<()> {
    let Some(survey) = store::surveys::get(tx, brand, id).await? else { return Ok(()) };
    if survey.state != FeedbackState::Scheduled || survey.send_at > act.at {
        return Ok(());
    }
    let Loaded { brand: whole, ticket, statuses } = match tickets::load(tx, brand, survey.ticket_id.as_str()).await {
        // The ticket or the brand is gone.
        Err(Error::Refused(Refusal::NotFound)) => return Ok(store::surveys::give_up(tx, brand, id).await?),
        loaded => loaded?,
    };
    let asked = store::surveys::customer(tx, brand, id).await?.found()?;
    let customer = store::customers::by_id(tx, brand, asked.as_str()).await?;
    let Some(customer) = customer.filter(|customer| customer.notify_email && !customer.email.is_empty()) else {
        return Ok(store::surveys::give_up(tx, brand, id).await?);
    };
    let shown = ticket.view(&statuses)?;
    let (subject, body) = worded(&whole, &shown.ticket_number, &shown.title, survey.rating_type);
    let to = vec![Recipient { address: customer.email.clone(), name: customer.name.clone(), member_id: None }];
    let mail = NewMail {
        ticket: Some(shown.id.clone()),
        link: Some(format!("{public_url}/rate/{{token}}")),
        ..NewMail::new(brand, MailKind::Survey, to, subject, body)
    };
    let mail = mails::queue(tx, act, mail).await?.into_iter().next().found()?;
    let token = hash(&key.token(MailKind::Survey.as_str(), mail.as_str()));
    store::surveys::sent(tx, brand, id, act.at, &token).await?;
    let sent = store::surveys::get(tx, brand, id).await?.found()?;
    tx.record(act, brand, payload::feedback("feedback.requested", &sent, &shown));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn placeholders_are_filled_once_and_others_stay() {
        let values = [("ticketTitle", "{{brandName}} {{link}}"), ("brandName", "Acme")];
        assert_eq!(
            filled("{{ ticketTitle }} of {{brandName}}: {{link}} {{", &values),
            "{ {brandName}} { {link}} of Acme: {{link}} {{"
        );
    }
}

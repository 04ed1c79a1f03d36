//! Reports that a mail did not arrive (RFC 3464).

use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::Mailbox;

/// Bytes of a report that are looked at.
const REPORT_BYTES_MAX: usize = 64 * 1024;

/// What a report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounce {
    /// Whether the mail is given up; else it is late, or arrived.
    pub is_final: bool,
    /// The id of the mail, without angle brackets.
    pub message_id: Option<String>,
    /// Whom it did not reach.
    pub recipient: Option<String>,
}

/// The report that a message is.
pub(crate) fn of(message: &Message<'_>) -> Option<Bounce> {
    let is_report = message.parts.first().is_some_and(|root| {
        let kind = root.content_type().and_then(|kind| kind.attribute("report-type"));
        root.is_content_type("multipart", "report")
            && kind.is_none_or(|kind| !kind.eq_ignore_ascii_case("disposition-notification"))
    });
    if !is_report {
        return None;
    }
    let mut bounce = Bounce::default();
    for part in &message.parts {
        if part.is_content_type("message", "delivery-status")
            || part.is_content_type("message", "global-delivery-status")
        {
            read_status(&contents(part), &mut bounce);
        } else if let PartType::Message(inner) = &part.body {
            bounce.message_id = bounce.message_id.or_else(|| inner.message_id().map(id));
        } else if part.is_content_type("text", "rfc822-headers") || part.is_content_type("message", "rfc822-headers") {
            let text = contents(part);
            let inner = MessageParser::default().parse_headers(text.as_bytes());
            let found = inner.as_ref().and_then(|inner| inner.header_raw(HeaderName::MessageId)).map(id);
            bounce.message_id = bounce.message_id.or(found);
        }
    }
    Some(bounce)
}

fn id(text: &str) -> String {
    text.trim().trim_matches(['<', '>']).to_owned()
}

fn contents(part: &MessagePart<'_>) -> String {
    let bytes = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.as_ref(),
        PartType::Message(inner) => inner.raw_message(),
        PartType::Multipart(_) => &[],
    };
    String::from_utf8_lossy(&bytes[..bytes.len().min(REPORT_BYTES_MAX)]).into_owned()
}

fn read_status(text: &str, bounce: &mut Bounce) {
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "action" if value.eq_ignore_ascii_case("failed") => bounce.is_final = true,
            "final-recipient" | "original-recipient" if bounce.recipient.is_none() => {
                let address = value.split_once(';').map_or(value, |(_, address)| address);
                bounce.recipient = Mailbox::new(address, None).map(|mailbox| mailbox.address);
            }
            _ => {}
        }
    }
}

//! Mail that came in, for the erasure of a customer: what it may hold of a person.

use dispatch_model::{BrandId, MailId};

use crate::{Result, Tx, args, value::Columns};

crate::statements! {
    TO_ERASE = "SELECT m.id, t.customer_id, m.from_address, m.to_name, m.to_list, m.cc_list, m.subject, m.envelope, r.blob_key, r.mail_id
        FROM mail m LEFT JOIN ticket t ON t.brand_id = m.brand_id AND t.id = m.ticket_id
        LEFT JOIN mail_raw r ON r.brand_id = m.brand_id AND r.mail_id = m.id
        WHERE m.brand_id = $1 AND m.id > $2 AND m.direction = 'in' ORDER BY m.id LIMIT $3";
    WRITE = "UPDATE mail SET from_address = $3, to_name = $4, to_list = $5, cc_list = $6, subject = $7, envelope = NULL
        WHERE brand_id = $1 AND id = $2";
}

/// What a message that came in may hold of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Its id.
    pub id: MailId,
    /// The customer of its ticket.
    pub customer_id: Option<String>,
    /// Who wrote it.
    pub from: String,
    /// The name of who wrote it.
    pub from_name: Option<String>,
    /// To whom, a JSON list.
    pub to: String,
    /// In copy, a JSON list.
    pub cc: String,
    /// Its subject.
    pub subject: String,
    /// What was said beside it.
    pub envelope: Option<String>,
    /// The key of its bytes in the file store.
    pub blob_key: Option<String>,
    /// Whether its bytes are kept.
    pub has_raw: bool,
}

/// Messages of a brand behind this id, with what they may hold of a person.
///
/// # Errors
/// When the database cannot answer.
pub async fn to_erase(tx: &Tx, brand: &BrandId, after: &str, limit: i64) -> Result<Vec<Texts>> {
    tx.all(&TO_ERASE, args![brand, after, limit], |columns: &mut Columns<'_>| {
        Ok(Texts {
            id: columns.take()?,
            customer_id: columns.take()?,
            from: columns.take()?,
            from_name: columns.take()?,
            to: columns.take::<Option<String>>()?.unwrap_or_else(|| "[]".to_owned()),
            cc: columns.take::<Option<String>>()?.unwrap_or_else(|| "[]".to_owned()),
            subject: columns.take()?,
            envelope: columns.take()?,
            blob_key: columns.take()?,
            has_raw: columns.take::<Option<String>>()?.is_some(),
        })
    })
    .await
}

/// Writes what is left of a message; nothing of what was said beside it.
///
/// # Errors
/// When the database cannot write.
pub async fn write(tx: &Tx, brand: &BrandId, new: &Texts) -> Result<()> {
    tx.run(&WRITE, args![brand, new.id, new.from, new.from_name, new.to, new.cc, new.subject]).await
}

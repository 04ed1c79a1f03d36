//! A message is taken: one row of the ledger and its bytes, in one transaction. Large bytes are in the file store before that, and
//! that they go again is noted before they are there: a crash in between leaves none behind.

use std::net::IpAddr;

use bytes::Bytes;
use dispatch_blob::Unavailable;
use dispatch_desk::{self as desk, Refusal, api_keys::hash_bytes, mail_in};
use dispatch_model::{
    BrandId, JsonText, MailId,
    event::{Act, Actor},
    file_key,
    limits::{MAIL_ENVELOPE_MAX, MAIL_INLINE_BYTES_MAX, MAIL_LEASE_MS},
    mail::MailChannel,
};
use dispatch_store::{
    Lane,
    mails::{
        incoming::NewIncoming,
        raw::{self, Raw},
    },
};
use serde_json::json;

use crate::Mailroom;

/// A message as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// The way it came.
    pub channel: MailChannel,
    /// Whom the envelope names as its sender: empty for a null sender, nothing when no envelope was said.
    pub envelope_from: Option<String>,
    /// Whom the envelope names as its recipients.
    pub envelope_to: Vec<String>,
    /// The address of the machine that delivered it.
    pub remote_ip: Option<IpAddr>,
    /// What that machine calls itself.
    pub helo: Option<String>,
    /// Its bytes.
    pub raw: Bytes,
}

/// Why a message was not taken or not looked at.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Trouble {
    /// A rule refuses it, or the database is out of reach.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// The file store is out of reach.
    #[error(transparent)]
    Files(#[from] Unavailable),
}

impl From<dispatch_store::Error> for Trouble {
    fn from(error: dispatch_store::Error) -> Self {
        Self::Desk(error.into())
    }
}

impl Trouble {
    /// Whether the same would be refused again.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Desk(desk::Error::Refused(_)))
    }
}

impl Mailroom {
    /// The brand that an address belongs to; none when the address is not ours, or the brand takes no mail.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub async fn brand_of(&self, address: &str) -> Result<Option<BrandId>, Trouble> {
        let Some((local, domain)) = mail_in::parts(address) else { return Ok(None) };
        if domain != self.0.settings.domain {
            return Ok(None);
        }
        let found: desk::Result<Option<BrandId>> = self
            .0
            .db
            .read("mail.brand_of", move |tx| {
                let local = local.clone();
                Box::pin(async move { mail_in::brand_of(tx, &local).await })
            })
            .await;
        Ok(found?)
    }

    /// Takes a message for a brand. It is on disk when this returns; whoever looks first decides what becomes of it.
    ///
    /// # Errors
    /// When the brand takes no mail or the message is too large, which is final; or when it cannot be kept now.
    pub async fn receive(&self, brand: &BrandId, received: Received) -> Result<MailId, Trouble> {
        let id = self.keep(brand, received, 0).await?;
        self.0.arrived.notify_one();
        Ok(id)
    }

    /// The same for somebody who looks at it at once: nobody else does for the time of a lease.
    ///
    /// # Errors
    /// The same.
    pub(crate) async fn keep(&self, brand: &BrandId, received: Received, held_ms: i64) -> Result<MailId, Trouble> {
        let Received { channel, envelope_from, mut envelope_to, remote_ip, helo, raw } = received;
        let settings = &self.0.settings;
        if raw.len() > settings.message_bytes_max {
            let mb = settings.message_bytes_max / (1024 * 1024);
            return Err(desk::Error::from(Refusal::TooLarge(format!("The message is larger than {mb} MB."))).into());
        }
        let act = self.act();
        let id: MailId = act.mint.id();
        envelope_to.truncate(MAIL_ENVELOPE_MAX);
        let envelope = json!({ "from": envelope_from, "to": envelope_to, "ip": remote_ip, "helo": helo });
        let new = NewIncoming {
            id: id.clone(),
            channel,
            size: i64::try_from(raw.len()).unwrap_or(i64::MAX),
            digest: hash_bytes(&raw),
            envelope: JsonText::of(&envelope),
            lease_until: act.at.plus_ms(held_ms),
            received_at: act.at,
        };
        let kept = self.place(brand, &id, raw).await?;
        let (owner, expires_at) = (brand.clone(), act.at.plus_ms(settings.raw_kept_ms));
        let done: desk::Result<()> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.receive", move |tx| {
                let (act, brand, new, kept) = (act.clone(), owner.clone(), new.clone(), kept.clone());
                Box::pin(async move { mail_in::receive(tx, &act, &brand, &new, &kept, expires_at).await })
            })
            .await;
        done?;
        Ok(id)
    }

    /// Takes a message and holds it for a lease.
    ///
    /// # Errors
    /// Those of [`Self::receive`].
    pub async fn receive_held(&self, brand: &BrandId, received: Received) -> Result<MailId, Trouble> {
        self.keep(brand, received, MAIL_LEASE_MS).await
    }

    /// Where the bytes lie: large ones are in the file store when this returns, for the time being.
    async fn place(&self, brand: &BrandId, id: &MailId, raw: Bytes) -> Result<Raw, Trouble> {
        if raw.len() <= MAIL_INLINE_BYTES_MAX {
            return Ok(Raw::Here(raw::pack(&raw)));
        }
        let key = self.planned_key(brand, id.as_str()).await?;
        self.0.seams.files.put(&key, raw).await?;
        Ok(Raw::File(key))
    }

    /// A final key for new bytes, of which it is noted already that they go again.
    pub(crate) async fn planned_key(&self, brand: &BrandId, id: &str) -> Result<String, Trouble> {
        let nonce: String = self.0.seams.entropy.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = file_key::kept(brand, id, &nonce);
        let (act, planned) = (self.act(), key.clone());
        let done: desk::Result<()> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.plan_removal", move |tx| {
                let (act, planned) = (act.clone(), planned.clone());
                Box::pin(async move { desk::attachments::plan_removal(tx, &act, &planned).await })
            })
            .await;
        done?;
        Ok(key)
    }

    /// What the server itself does with mail.
    pub(crate) fn act(&self) -> Act {
        let act = Act::new(Actor::system(), "email", &self.0.seams.clock, &self.0.seams.entropy);
        Act { free_mail: self.0.settings.free_mail.clone(), ..act }
    }
}

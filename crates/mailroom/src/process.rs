//! A message is looked at: read and judged with no transaction open, then decided about in one (API 20.2).
//!
//! Whoever looks holds a lease; when it ends without a word, somebody else begins anew. Only the transaction that decides counts,
//! and it asks whether the message is still waiting: so a crash at any point ends in exactly one outcome.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use dispatch_desk::{
    self as desk,
    api_keys::{hash, hash_bytes},
    mail_in::{self, Incoming, Letter, NewFile, Order, Person, Returned},
};
use dispatch_mail::{
    Mailbox, Message,
    judge::{Auth, Origin, Verdict},
    quotes, subject,
};
use dispatch_model::{
    AttachmentId, BrandId, MailId,
    attachment::Filename,
    limits::{MAIL_AGAIN_MS, MAIL_CLAIM, MAIL_FILES_MAX, MAIL_LEASE_MS, MAIL_LOOKS_MAX, MAIL_READINGS_MAX},
    mail::{AuthVerdict, MailAuth, MailRecord, Reprocess},
};
use dispatch_store::{
    self as store, Lane,
    mails::{
        incoming::{Claimed, Waiting},
        raw::{self, Raw},
    },
};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::{Mailroom, Trouble};

/// Messages of which at most two are looked at at once: they are in memory several times.
const LARGE_BYTES: i64 = 1024 * 1024;
/// Code points of the name of a file.
const FILENAME_CHARS_MAX: usize = 255;
/// Code points of a media type.
const CONTENT_TYPE_CHARS_MAX: usize = 127;

impl Mailroom {
    /// Takes a message and looks at it at once.
    ///
    /// # Errors
    /// Those of [`Self::receive`]. A message that was taken and cannot be looked at now is looked at later.
    pub async fn deliver(&self, brand: &BrandId, received: crate::Received) -> Result<MailRecord, Trouble> {
        let id = self.keep(brand, received, 0).await?;
        if let Err(error) = self.process(brand, &id).await {
            tracing::warn!(%error, mail = %id, "a message could not be looked at and will be again");
        }
        self.record(brand, &id).await
    }

    /// How a message stands in the ledger.
    async fn record(&self, brand: &BrandId, id: &MailId) -> Result<MailRecord, Trouble> {
        let (brand, id) = (brand.clone(), id.clone());
        let found: desk::Result<MailRecord> = self
            .0
            .db
            .read("mail.get", move |tx| {
                let (brand, id) = (brand.clone(), id.clone());
                Box::pin(async move { mail_in::get(tx, &brand, id.as_str()).await })
            })
            .await;
        Ok(found?)
    }

    /// Looks at everything that waits; answers how many messages that were.
    ///
    /// # Errors
    /// When the database cannot answer. What fails with one message does not keep the others waiting.
    pub async fn process_all(&self) -> Result<usize, Trouble> {
        self.process_while(|| true).await
    }

    /// The same as long as this says so; what is under way then is finished.
    pub(crate) async fn process_while(&self, goes_on: impl Fn() -> bool) -> Result<usize, Trouble> {
        let mut looking: JoinSet<MailId> = JoinSet::new();
        let mut under_way: HashSet<MailId> = HashSet::new();
        let mut seen = 0;
        loop {
            let now = self.0.seams.clock.now();
            let due: store::Result<Vec<Waiting>> = self
                .0
                .db
                .read("mail.due", move |tx| {
                    Box::pin(async move { store::mails::incoming::due(tx, now, MAIL_CLAIM).await })
                })
                .await;
            for one in due? {
                // What was listed before it was claimed is listed once more.
                if !goes_on() || under_way.len() >= MAIL_LOOKS_MAX || !under_way.insert(one.id.clone()) {
                    continue;
                }
                let room = self.clone();
                looking.spawn(async move {
                    if let Err(error) = room.process(&one.brand, &one.id).await {
                        tracing::warn!(%error, mail = %one.id, "a message could not be looked at and will be again");
                    }
                    one.id
                });
            }
            // One that waits for a name server holds up none of the others.
            match looking.join_next().await {
                None => return Ok(seen),
                Some(Ok(id)) => {
                    under_way.remove(&id);
                    seen += 1;
                }
                // Its claim ends by time.
                Some(Err(error)) => tracing::error!(%error, "a message ended whoever looked at it"),
            }
            while let Some(done) = looking.try_join_next() {
                if let Ok(id) = done {
                    under_way.remove(&id);
                    seen += 1;
                }
            }
        }
    }

    /// Looks at a message, if it waits and nobody else does.
    ///
    /// # Errors
    /// When the database or the file store is out of reach; it is looked at again then.
    pub async fn process(&self, brand: &BrandId, id: &MailId) -> Result<(), Trouble> {
        let Some(claimed) = self.claim(brand, id).await? else { return Ok(()) };
        if claimed.attempt > MAIL_READINGS_MAX {
            return self.give_up(brand, id, "reading it failed again and again").await;
        }
        let _room = self.room(claimed.size).await;
        let done = async {
            let raw = self.raw_of(brand, id, claimed.size).await?;
            let Some(raw) = raw else { return self.give_up(brand, id, "its bytes are no longer kept").await };
            self.look(brand, id, &claimed, raw, &Order::Arrived).await.map(|_| ())
        };
        match done.await {
            Err(Trouble::Desk(desk::Error::Refused(refusal))) => {
                tracing::warn!(?refusal, mail = %id, "a message is kept for an admin: the rules refuse what would come of it");
                self.give_up(brand, id, "the rules refuse what would come of it").await
            }
            Err(error) => {
                self.release(brand, id).await?;
                Err(error)
            }
            Ok(()) => Ok(()),
        }
    }

    /// Looks at a message again, as an admin wants.
    ///
    /// # Errors
    /// When something has become of it already, or its bytes are no longer kept.
    pub async fn reprocess(&self, brand: &BrandId, id: &str, wanted: &Reprocess) -> Result<MailRecord, Trouble> {
        let (owner, name, asked) = (brand.clone(), id.to_owned(), Arc::new(wanted.clone()));
        let found: desk::Result<(MailRecord, Claimed, Raw, Order)> = self
            .0
            .db
            .read("mail.reprocess", move |tx| {
                let (owner, name, asked) = (owner.clone(), name.clone(), asked.clone());
                Box::pin(async move { mail_in::reprocessed(tx, &owner, &name, &asked).await })
            })
            .await;
        let (mail, claimed, raw, order) = found?;
        let _room = self.room(claimed.size).await;
        let Some(raw) = self.unpacked(raw, claimed.size).await? else {
            return Err(desk::Error::from(desk::Refusal::Conflict(
                "The bytes of the message are no longer kept.".to_owned(),
            ))
            .into());
        };
        self.look(brand, &mail.id, &claimed, raw, &order).await
    }

    /// The bytes of a message, while they are kept.
    ///
    /// # Errors
    /// When there is no such message, or they are out of reach.
    pub async fn raw(&self, brand: &BrandId, id: &str) -> Result<Option<Bytes>, Trouble> {
        let (owner, name) = (brand.clone(), id.to_owned());
        let found: desk::Result<(Raw, i64)> = self
            .0
            .db
            .read("mail.raw", move |tx| {
                let (owner, name) = (owner.clone(), name.clone());
                Box::pin(async move { mail_in::raw(tx, &owner, &name).await })
            })
            .await;
        let (raw, size) = found?;
        self.unpacked(raw, size).await
    }

    /// Waits until there is room for a large message.
    pub(crate) async fn room(&self, size: i64) -> Option<tokio::sync::SemaphorePermit<'_>> {
        if size <= LARGE_BYTES {
            return None;
        }
        // It is closed by nobody; without a permit the message would be looked at all the same.
        self.0.large.acquire().await.ok()
    }

    async fn claim(&self, brand: &BrandId, id: &MailId) -> Result<Option<Claimed>, Trouble> {
        let now = self.0.seams.clock.now();
        let (owner, mail) = (brand.clone(), id.clone());
        let claimed: store::Result<Option<Claimed>> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.claim", move |tx| {
                let (owner, mail) = (owner.clone(), mail.clone());
                let until = now.plus_ms(MAIL_LEASE_MS);
                Box::pin(async move { store::mails::incoming::claim(tx, &owner, &mail, now, until).await })
            })
            .await;
        Ok(claimed?)
    }

    async fn release(&self, brand: &BrandId, id: &MailId) -> Result<(), Trouble> {
        let at = self.0.seams.clock.now().plus_ms(MAIL_AGAIN_MS);
        let (owner, mail) = (brand.clone(), id.clone());
        let released: store::Result<()> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.release", move |tx| {
                let (owner, mail) = (owner.clone(), mail.clone());
                Box::pin(async move { store::mails::incoming::release(tx, &owner, &mail, at).await })
            })
            .await;
        Ok(released?)
    }

    async fn give_up(&self, brand: &BrandId, id: &MailId, why: &'static str) -> Result<(), Trouble> {
        let (act, owner, mail) = (self.act(), brand.clone(), id.clone());
        let done: desk::Result<MailRecord> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.give_up", move |tx| {
                let (act, owner, mail) = (act.clone(), owner.clone(), mail.clone());
                Box::pin(async move { mail_in::give_up(tx, &act, &owner, &mail, why).await })
            })
            .await;
        done?;
        Ok(())
    }

    async fn raw_of(&self, brand: &BrandId, id: &MailId, size: i64) -> Result<Option<Bytes>, Trouble> {
        let (owner, mail) = (brand.clone(), id.clone());
        let found: store::Result<Option<Raw>> = self
            .0
            .db
            .read("mail.raw", move |tx| {
                let (owner, mail) = (owner.clone(), mail.clone());
                Box::pin(async move { store::mails::raw::get(tx, &owner, &mail).await })
            })
            .await;
        match found? {
            Some(raw) => self.unpacked(raw, size).await,
            None => Ok(None),
        }
    }

    async fn unpacked(&self, raw: Raw, size: i64) -> Result<Option<Bytes>, Trouble> {
        let bytes = usize::try_from(size).unwrap_or(0);
        match raw {
            Raw::Here(kept) => Ok(Some(raw::unpack(&kept, bytes)?.into())),
            Raw::File(key) => Ok(self.0.seams.files.read(&key, bytes as u64).await?),
        }
    }

    /// Reads, judges, places the files, decides.
    async fn look(
        &self,
        brand: &BrandId,
        id: &MailId,
        claimed: &Claimed,
        raw: Bytes,
        order: &Order,
    ) -> Result<MailRecord, Trouble> {
        let letter = self.letter(claimed, &raw).await;
        let mail =
            Incoming { id: id.clone(), digest: claimed.digest.clone(), received_at: claimed.received_at, letter };
        let mut mail = mail;
        if self.keeps_files(brand, &mail, order).await? {
            self.place_files(brand, &mut mail, &raw).await?;
        }
        drop(raw);
        let (act, owner, order) = (self.act(), brand.clone(), Arc::new(order.clone()));
        let mail = Arc::new(mail);
        let done: desk::Result<MailRecord> = self
            .0
            .db
            .write(Lane::Brand(brand.clone()), "mail.settle", move |tx| {
                let (act, owner, mail, order) = (act.clone(), owner.clone(), mail.clone(), order.clone());
                Box::pin(async move { mail_in::settle(tx, &act, &owner, &mail, &order).await })
            })
            .await;
        Ok(done?)
    }

    /// Whether anything will come of it that its files belong to, as far as can be seen now: else they need not be stored.
    async fn keeps_files(&self, brand: &BrandId, mail: &Incoming, order: &Order) -> Result<bool, Trouble> {
        if matches!(order, Order::Create | Order::Append(_)) {
            return Ok(mail.letter.is_ok());
        }
        let (owner, mail) = (brand.clone(), Arc::new(mail.clone()));
        let decided: desk::Result<bool> = self
            .0
            .db
            .read("mail.decide", move |tx| {
                let (owner, mail) = (owner.clone(), mail.clone());
                Box::pin(async move {
                    let brand = desk::brands::get(tx, &owner).await?;
                    Ok(mail_in::decide(tx, &brand, &mail).await?.keeps_files())
                })
            })
            .await;
        Ok(decided?)
    }

    /// What a message says, or why it cannot be read. The work with its bytes is done where it may take its time.
    async fn letter(&self, claimed: &Claimed, raw: &Bytes) -> Result<Letter, String> {
        let envelope = Envelope::read(claimed.envelope.as_str());
        let judged = {
            let message = dispatch_mail::parse(raw).map_err(|why| why.to_string())?;
            let origin = Origin {
                ip: envelope.ip.as_deref().and_then(|ip| ip.parse().ok()),
                helo: envelope.helo.clone(),
                envelope_from: envelope.from.clone(),
            };
            self.0.seams.judge.judge(&message, &origin).await
        };
        let (domain, enforce, raw) = (self.0.settings.domain.clone(), self.0.settings.dmarc_enforce, raw.clone());
        let read = tokio::task::spawn_blocking(move || {
            let message = dispatch_mail::parse(&raw).map_err(|why| why.to_string())?;
            Ok(letter(&message, &envelope, judged, &domain, enforce))
        });
        read.await.unwrap_or_else(|_| Err("reading it failed".to_owned()))
    }

    /// Puts the files of a message into the store. That they go again is noted before, and taken back by the transaction that uses
    /// them.
    async fn place_files(&self, brand: &BrandId, mail: &mut Incoming, raw: &Bytes) -> Result<(), Trouble> {
        let Ok(letter) = &mut mail.letter else { return Ok(()) };
        let mint = self.act().mint;
        let message = match dispatch_mail::parse(raw) {
            Ok(message) => message,
            Err(_) => return Ok(()),
        };
        let mut found = Vec::new();
        for (at, file) in message.attachments().enumerate() {
            let filename = filename(file.filename.as_deref(), &file.content_type, at);
            if found.len() >= MAIL_FILES_MAX || file.bytes.len() > self.0.settings.file_bytes_max {
                letter.skipped.push(filename);
                continue;
            }
            let id: AttachmentId = mint.id();
            let new = NewFile {
                filename,
                content_type: content_type(&file.content_type),
                size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
                checksum: hash_bytes(&file.bytes),
                key: String::new(),
                id,
            };
            found.push((new, Bytes::copy_from_slice(&file.bytes)));
        }
        drop(message);
        for (mut file, bytes) in found {
            file.key = self.planned_key(brand, file.id.as_str()).await?;
            self.0.seams.files.put(&file.key, bytes).await?;
            letter.files.push(file);
        }
        Ok(())
    }
}

/// What was said beside a message.
#[derive(Clone, Debug, Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
    ip: Option<String>,
    helo: Option<String>,
}

impl Envelope {
    fn read(text: &str) -> Self {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let one = |name: &str| value[name].as_str().map(str::to_owned);
        let to = value["to"].as_array().map_or(&[][..], Vec::as_slice);
        let to = to.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Self { from: one("from"), to, ip: one("ip"), helo: one("helo") }
    }
}

fn letter(message: &Message<'_>, envelope: &Envelope, auth: Auth, domain: &str, enforce: bool) -> Letter {
    let subject = subject::strip(message.subject.as_deref().unwrap_or_default());
    let whole = message.text();
    let cut = quotes::cut(&whole, subject.is_forward);
    let person = |mailbox: &Mailbox| Person { address: mailbox.address.clone(), name: mailbox.name.clone() };
    let addresses = message.to.iter().chain(&message.cc).chain(&message.delivered_to);
    let all_to = addresses.map(|mailbox| mailbox.address.as_str()).chain(envelope.to.iter().map(String::as_str));
    let mut references = message.in_reply_to.clone();
    for id in message.references.iter().rev() {
        if !references.contains(id) {
            references.push(id.clone());
        }
    }
    let is_null = envelope.from.as_deref().is_some_and(|from| from.trim_matches(['<', '>', ' ']).is_empty());
    let machine = if is_ours(message, domain) {
        Some("it is a message of this server that came back".to_owned())
    } else if message.bounce.is_some() {
        Some("it is a report that a mail did not arrive".to_owned())
    } else if is_null {
        Some("its return path is empty".to_owned())
    } else {
        message.machine.map(str::to_owned)
    };
    let returned = message.bounce.as_ref().filter(|bounce| bounce.is_final).and_then(|bounce| {
        let message_id = bounce.message_id.clone()?;
        Some(Returned { message_id, recipient: bounce.recipient.clone() })
    });
    let original = message.delivered_to.first().map(|mailbox| mailbox.address.clone());
    Letter {
        from: person(&message.from),
        to: message.to.iter().map(|mailbox| mailbox.address.clone()).collect(),
        cc: message.cc.iter().map(person).collect(),
        original_recipient: envelope.to.first().cloned().or(original),
        subject: message.subject.clone(),
        title: subject.title,
        full_text: cut.was_cut.then_some(whole),
        text: cut.text,
        date: message.date,
        message_id: message.message_id.clone(),
        in_reply_to: message.in_reply_to.first().cloned(),
        tokens: tokens(all_to, domain),
        references,
        machine,
        returned,
        auth: MailAuth { spf: verdict(auth.spf), dkim: verdict(auth.dkim), dmarc: verdict(auth.dmarc) },
        is_refused: enforce && auth.is_refused,
        own_domain: domain.to_owned(),
        files: Vec::new(),
        skipped: Vec::new(),
    }
}

/// Whether we have sent it: such mail has an id of ours, and a header of its ticket.
fn is_ours(message: &Message<'_>, domain: &str) -> bool {
    let own_id = message.message_id.as_deref().and_then(|id| id.rsplit_once('@')).is_some_and(|(local, of)| {
        of.eq_ignore_ascii_case(domain) && dispatch_model::id::decode("ml", local).is_some()
    });
    own_id || message.dispatch_ticket.is_some()
}

/// The hashes of what stands behind `+` in addresses of ours, each once.
fn tokens<'a>(addresses: impl Iterator<Item = &'a str>, domain: &str) -> Vec<String> {
    let mut hashes: Vec<String> = Vec::new();
    for address in addresses {
        let Some((local, of)) = mail_in::parts(address) else { continue };
        let Some((_, token)) = local.split_once('+').filter(|_| of == domain) else { continue };
        let hash = hash(token);
        if !token.is_empty() && !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    hashes
}

const fn verdict(of: Verdict) -> AuthVerdict {
    match of {
        Verdict::Pass => AuthVerdict::Pass,
        Verdict::Fail => AuthVerdict::Fail,
        Verdict::None => AuthVerdict::None,
        Verdict::TempError => AuthVerdict::TempError,
    }
}

/// The name of a file that can be kept; one without a name is called by its place.
fn filename(name: Option<&str>, content_type: &str, at: usize) -> String {
    let plain = name.map(|name| Filename::plain(name.trim()).chars().take(FILENAME_CHARS_MAX).collect::<String>());
    plain.map(|name| name.replace('\0', "_")).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| {
        let extension = match content_type {
            "message/rfc822" => "eml",
            "text/plain" => "txt",
            "text/html" => "html",
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/gif" => "gif",
            "application/pdf" => "pdf",
            "text/calendar" => "ics",
            _ => "bin",
        };
        format!("attachment-{}.{extension}", at + 1)
    })
}

/// A media type as attachments have it, or the one of any bytes.
fn content_type(text: &str) -> String {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let parts = text.split_once('/').filter(|(main, sub)| plain(main) && plain(sub));
    match parts {
        Some(_) if text.len() <= CONTENT_TYPE_CHARS_MAX => text.to_owned(),
        _ => "application/octet-stream".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_names_and_types_that_can_be_kept() {
        assert_eq!(filename(Some("a/b\u{202e}.png"), "image/png", 0), "a_b_.png");
        assert_eq!(filename(Some("  "), "image/png", 1), "attachment-2.png");
        assert_eq!(filename(None, "x/y", 0), "attachment-1.bin");
        assert_eq!(filename(Some(&"x".repeat(400)), "x/y", 0).len(), 255);
        assert_eq!(content_type("image/png"), "image/png");
        for wrong in ["", "image", "a b/c", "a/b/c", "x/y; z", &format!("a/{}", "b".repeat(200))] {
            assert_eq!(content_type(wrong), "application/octet-stream");
        }
    }

    #[test]
    fn tokens_are_those_of_our_addresses() {
        let found = tokens(
            ["Acme+ABC@Mail.example", "acme@mail.example", "acme+abc@other.example", "x"].into_iter(),
            "mail.example",
        );
        assert_eq!(found, [hash("abc")]);
    }
}

//! A zone that stands in for the names of the world.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use mail_auth::{
    DnsError, DnssecStatus, Error, MX, MessageAuthenticator, RecordSet, ResolverCache, Txt,
    common::{parse::TxtRecordParser, verify::DomainKey},
    dmarc::Dmarc,
    hickory_resolver::{
        config::{ResolverConfig, ResolverOpts},
        proto::op::ResponseCode,
    },
    spf::Spf,
};

/// Text records by their names; nothing else exists. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Zone(Arc<Mutex<HashMap<String, Option<String>>>>);

impl Zone {
    /// Gives a name a text record, in place of those that it had.
    pub fn put(&self, name: &str, text: &str) {
        self.set(name, Some(text.to_owned()));
    }

    /// Lets the servers of a name be out of reach.
    pub fn break_off(&self, name: &str) {
        self.set(name, None);
    }

    fn set(&self, name: &str, text: Option<String>) {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, text);
    }

    fn text(&self, name: &str) -> Txt {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = match known.get(&name) {
            None => Err(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain))),
            Some(None) => Err(Error::Dns(DnsError::Resolver("out of reach".to_owned()))),
            Some(Some(text)) if text.starts_with("v=spf1") => {
                Spf::parse(text.as_bytes()).map(|spf| Txt::Spf(Arc::new(spf)))
            }
            Some(Some(text)) if text.starts_with("v=DMARC1") => {
                Dmarc::parse(text.as_bytes()).map(|policy| Txt::Dmarc(Arc::new(policy)))
            }
            Some(Some(text)) => DomainKey::parse(text.as_bytes()).map(|key| Txt::DomainKey(Arc::new(key))),
        };
        read.unwrap_or_else(Txt::Error)
    }
}

/// A resolver that is never asked: the zone knows everything.
pub(super) fn unasked() -> MessageAuthenticator {
    let none = ResolverConfig::default();
    MessageAuthenticator::new(none, ResolverOpts::default()).expect("a resolver without servers needs nothing")
}

impl ResolverCache<Box<str>, Txt> for Zone {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        // The key is generic, and only its hash may be asked: so every name that is known is tried.
        let names: Vec<String> = self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect();
        let same = |known: &String| {
            let plain: Box<str> = known.as_str().into();
            let full: Box<str> = format!("{known}.").into();
            <Box<str> as Borrow<Q>>::borrow(&plain) == name || <Box<str> as Borrow<Q>>::borrow(&full) == name
        };
        Some(self.text(names.iter().find(|known| same(known)).map_or("", String::as_str)))
    }
    fn remove<Q>(&self, _name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }
    fn insert(&self, _key: Box<str>, _value: Txt, _valid_until: Instant) {}
}

/// There are no records of the other kinds.
macro_rules! empty {
    ($($key:ty => $value:ty),*) => {$(
        impl ResolverCache<$key, RecordSet<$value>> for Zone {
            fn get<Q>(&self, _name: &Q) -> Option<RecordSet<$value>>
            where
                $key: Borrow<Q>,
                Q: Hash + Eq + ?Sized,
            {
                Some(RecordSet { rrset: Arc::from(Vec::new()), dnssec_status: DnssecStatus::Insecure })
            }
            fn remove<Q>(&self, _name: &Q) -> Option<RecordSet<$value>>
            where
                $key: Borrow<Q>,
                Q: Hash + Eq + ?Sized,
            {
                None
            }
            fn insert(&self, _key: $key, _value: RecordSet<$value>, _valid_until: Instant) {}
        }
    )*};
}
empty!(Box<str> => MX, Box<str> => Ipv4Addr, Box<str> => Ipv6Addr, IpAddr => Box<str>);

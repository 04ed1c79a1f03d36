//! Settings: flag over environment over file over defaults; unknown names are refused.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use dispatch_desk::{automations::Rules, passwords::Cost};
use dispatch_http::{Dkim, FileCap, HttpSettings, Limits, MailSettings, Rate, check_relay_url};
use dispatch_model::{
    free_mail::FreeMail,
    limits::{FILE_MB_MAX, MAIL_MB_MAX, MAIL_RAW_DAYS_MAX, RETENTION_DAYS_MAX},
};
use dispatch_worker as worker;
use serde::Deserialize;
use toml::{Table, Value};

/// The defaults, compiled in, with every name there is.
pub const DEFAULTS: &str = include_str!("defaults.toml");
/// Variables that are ours and no settings: where the file is, and what tests tell each other.
const NOT_SETTINGS: [&str; 2] = ["DISPATCH_CONFIG", "DISPATCH_TEST_"];

/// How long a link can work: what S3 signs at most.
const LINK_SECONDS_MAX: u32 = 7 * 24 * 60 * 60;

macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident { $( $field:ident: $ty:ty, )* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, clippy::allow_attributes, reason = "every name exists from the first version; some have no effect yet")]
        pub struct $section { $( pub $field: $ty, )* }
    )*};
}

sections! {
    /// Where data lies.
    Data { dir: PathBuf, }
    /// The database.
    Database { url: String, pool_size: usize, readers: usize, queue_max: usize, }
    /// REST.
    Http { listen: String, public_url: String, trusted_proxies: Vec<IpAddr>, cors_origins: Vec<String>, }
    /// The log on standard error.
    Log { level: String, }
    /// Token buckets.
    RateLimits {
        enabled: bool, caller_capacity: u32, caller_per_second: f64, public_capacity: u32, public_per_second: f64,
        portal_capacity: u32, portal_per_second: f64, sign_in_capacity: u32, sign_in_seconds_per_token: f64,
    }
    /// Counters.
    Metrics { listen: String, token: String, }
    /// Encryption.
    Server { key: String, }
    /// Mail.
    Mail {
        domain: String, allowed_from_domains: Vec<String>, relay_url: String, smtp_listen: String,
        smtp_tls_cert: String, smtp_tls_key: String, max_message_mb: u64,
        raw_retention_days: i64, dmarc_enforce: bool, dkim_selector: String, dkim_key_file: PathBuf,
    }
    /// Files.
    Storage {
        kind: String, folder: String, max_file_mb: u64, upload_url_seconds: u32, download_url_seconds: u32,
        mail_url_seconds: u32, endpoint: String, bucket: String, region: String, access_key: String, secret_key: String,
        path_style: bool,
    }
    /// Webhooks.
    Webhooks { allow_private_targets: bool, }
    /// Customers.
    Customers { free_mail_domains: Vec<String>, }
    /// How long deleted things are kept.
    Retention { deleted_days: u64, }
    /// How long events are kept.
    Events { retention_days: u64, }
    /// Automations.
    Automations { max_depth: u64, }
}

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub data: Data,
    pub database: Database,
    pub http: Http,
    pub log: Log,
    pub rate_limits: RateLimits,
    pub metrics: Metrics,
    pub server: Server,
    pub mail: Mail,
    pub storage: Storage,
    pub webhooks: Webhooks,
    pub customers: Customers,
    pub retention: Retention,
    pub events: Events,
    pub automations: Automations,
}

/// Where settings come from besides the defaults.
#[derive(Debug, Default)]
pub struct Sources {
    /// The text of the file.
    pub file: Option<String>,
    /// The environment.
    pub environment: Vec<(String, String)>,
    /// Flags as `(a.b_c, value)`, later ones win.
    pub flags: Vec<(String, String)>,
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// A sentence that names the setting that is unknown or wrong; never its value, which may be a secret.
    pub fn read(sources: &Sources) -> Result<Self, String> {
        let mut table: Table = DEFAULTS.parse().map_err(|error| format!("the defaults cannot be read: {error}"))?;
        if let Some(text) = &sources.file {
            let file: Table = text
                .parse()
                .map_err(|error: toml::de::Error| format!("the settings file cannot be read: {}", error.message()))?;
            merge(&mut table, file)?;
        }
        for (name, value) in &sources.environment {
            if !name.starts_with("DISPATCH_") || NOT_SETTINGS.iter().any(|known| name.starts_with(known)) {
                continue;
            }
            let path = names(&table).into_iter().find(|path| variable(path) == *name);
            set(&mut table, &path.ok_or_else(|| format!("{name} is not a setting"))?, value)?;
        }
        for (path, value) in &sources.flags {
            set(&mut table, path, value)?;
        }
        let settings: Self = Value::Table(table)
            .try_into()
            .map_err(|error: toml::de::Error| format!("a setting is wrong: {}", error.message()))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), String> {
        if !["error", "warn", "info", "debug", "trace"].contains(&self.log.level.as_str()) {
            return Err("log.level must be one of: error, warn, info, debug, trace".to_owned());
        }
        let limits = &self.rate_limits;
        let rates = [
            limits.caller_per_second,
            limits.public_per_second,
            limits.portal_per_second,
            1.0 / limits.sign_in_seconds_per_token,
        ];
        if rates.iter().any(|rate| !rate.is_finite() || *rate <= 0.0) {
            return Err("rate_limits: tokens per second, and seconds per token, must be above 0".to_owned());
        }
        if [limits.caller_capacity, limits.public_capacity, limits.portal_capacity, limits.sign_in_capacity]
            .contains(&0)
        {
            return Err(
                "rate_limits: capacities must be above 0; rate_limits.enabled = false switches them off".to_owned()
            );
        }
        if self.database.pool_size == 0 || self.database.readers == 0 || self.database.queue_max == 0 {
            return Err("database: pool_size, readers and queue_max must be above 0".to_owned());
        }
        self.storage.check()?;
        if !(1..=MAIL_MB_MAX).contains(&self.mail.max_message_mb) {
            return Err(format!("mail.max_message_mb must be from 1 to {MAIL_MB_MAX}"));
        }
        if self.mail.smtp_tls_cert.is_empty() != self.mail.smtp_tls_key.is_empty() {
            return Err("mail.smtp_tls_cert and mail.smtp_tls_key must be set together".to_owned());
        }
        if !(1..=MAIL_RAW_DAYS_MAX).contains(&self.mail.raw_retention_days) {
            return Err(format!("mail.raw_retention_days must be from 1 to {MAIL_RAW_DAYS_MAX}"));
        }
        if !(1..=RETENTION_DAYS_MAX).contains(&self.retention.deleted_days) {
            return Err(format!("retention.deleted_days must be from 1 to {RETENTION_DAYS_MAX}"));
        }
        if self.events.retention_days > RETENTION_DAYS_MAX {
            return Err(format!("events.retention_days must be from 0 (for ever) to {RETENTION_DAYS_MAX}"));
        }
        if !self.mail.relay_url.is_empty() {
            check_relay_url(&self.mail.relay_url).map_err(|error| format!("mail.relay_url: {error}"))?;
        }
        if self.mail.dkim_selector.is_empty() != self.mail.dkim_key_file.as_os_str().is_empty() {
            return Err("mail.dkim_selector and mail.dkim_key_file belong together".to_owned());
        }
        if !self.http.public_url.is_empty() && host(&self.http.public_url).is_none() {
            return Err("http.public_url must be an http or https address".to_owned());
        }
        let origin_is_wrong = |origin: &&String| host(origin).is_none() || origin.ends_with('/');
        if let Some(origin) = self.http.cors_origins.iter().find(origin_is_wrong) {
            return Err(format!("http.cors_origins: {origin} must be scheme://host[:port]"));
        }
        Ok(())
    }

    /// Things that look unintended.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let local = ["127.", "localhost:", "[::1]"].iter().any(|start| self.http.listen.starts_with(start));
        if !local && self.http.public_url.is_empty() {
            warnings.push("http.public_url is not set, but the server listens beyond this machine".to_owned());
        }
        if !local && !self.rate_limits.enabled {
            warnings.push("rate_limits.enabled is false, but the server listens beyond this machine".to_owned());
        }
        warnings
    }

    /// The domain of the brands' mail addresses.
    #[must_use]
    pub fn mail_domain(&self) -> String {
        if self.mail.domain.is_empty() {
            host(&self.http.public_url).unwrap_or_else(|| "localhost".to_owned())
        } else {
            self.mail.domain.clone()
        }
    }

    /// What signs mail that goes out, if it is to be signed: for the domains that brands may send from.
    ///
    /// # Errors
    /// When there is no key in the file, or it cannot be read.
    pub fn dkim(&self) -> Result<Option<Arc<Dkim>>, String> {
        let file = &self.mail.dkim_key_file;
        if file.as_os_str().is_empty() {
            return Ok(None);
        }
        let wrong = |error: String| format!("mail.dkim_key_file ({}): {error}", file.display());
        let pem = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
        let domains = [&[self.mail_domain()], self.mail.allowed_from_domains.as_slice()].concat();
        Dkim::new(&domains, &self.mail.dkim_selector, &pem).map(|dkim| Some(Arc::new(dkim))).map_err(wrong)
    }

    /// What links to the server begin with: its public address, else the one that it listens on.
    #[must_use]
    pub fn base_url(&self, address: &str) -> String {
        if self.http.public_url.is_empty() {
            format!("http://{address}")
        } else {
            self.http.public_url.trim_end_matches('/').to_owned()
        }
    }

    /// What holds for automations on a server that listens there.
    pub fn for_automations(&self, address: &str) -> Rules {
        let max_depth = i64::try_from(self.automations.max_depth).unwrap_or(i64::MAX);
        Rules { base_url: self.base_url(address), max_depth }
    }

    /// How long things are kept.
    #[must_use]
    pub fn for_retention(&self) -> worker::Retention {
        let days = |days: u64| i64::try_from(days).unwrap_or(i64::MAX);
        let events_days = Some(days(self.events.retention_days)).filter(|days| *days > 0);
        worker::Retention { deleted_days: days(self.retention.deleted_days), events_days }
    }

    /// What REST needs on a server that listens on this address.
    #[must_use]
    pub fn for_http(&self, address: &str) -> HttpSettings {
        let limits = &self.rate_limits;
        HttpSettings {
            mail_domain: self.mail_domain(),
            mail_from_domains: self.mail.allowed_from_domains.clone(),
            free_mail: FreeMail::new(&self.customers.free_mail_domains),
            cors_origins: self.http.cors_origins.clone(),
            trusted_proxies: self.http.trusted_proxies.iter().map(IpAddr::to_canonical).collect(),
            limits: limits.enabled.then_some(Limits {
                caller: Rate { capacity: limits.caller_capacity, per_second: limits.caller_per_second },
                public: Rate { capacity: limits.public_capacity, per_second: limits.public_per_second },
                portal: Rate { capacity: limits.portal_capacity, per_second: limits.portal_per_second },
                sign_in: Rate { capacity: limits.sign_in_capacity, per_second: 1.0 / limits.sign_in_seconds_per_token },
            }),
            public_url: self.base_url(address),
            password_cost: Cost::default(),
            metrics_token: self.metrics.token.clone(),
            file_cap: FileCap(i64::try_from(self.storage.max_file_mb * 1024 * 1024).unwrap_or(i64::MAX)),
            mail: MailSettings {
                message_bytes_max: usize::try_from(self.mail.max_message_mb * 1024 * 1024).unwrap_or(usize::MAX),
                raw_kept_ms: self.mail.raw_retention_days * 24 * 60 * 60 * 1000,
                dmarc_enforce: self.mail.dmarc_enforce,
                relay_url: Some(self.mail.relay_url.clone()).filter(|url| !url.is_empty()),
                ..MailSettings::default()
            },
        }
    }
}

impl Storage {
    fn check(&self) -> Result<(), String> {
        if !(1..=FILE_MB_MAX).contains(&self.max_file_mb) {
            return Err(format!("storage.max_file_mb must be from 1 to {FILE_MB_MAX}"));
        }
        let seconds = [self.upload_url_seconds, self.download_url_seconds, self.mail_url_seconds];
        if seconds.iter().any(|seconds| !(1..=LINK_SECONDS_MAX).contains(seconds)) {
            return Err(format!("storage: links work for 1 to {LINK_SECONDS_MAX} seconds (7 days)"));
        }
        match self.kind.as_str() {
            "local" => Ok(()),
            "s3" => {
                let needed = [
                    ("endpoint", &self.endpoint),
                    ("bucket", &self.bucket),
                    ("region", &self.region),
                    ("access_key", &self.access_key),
                    ("secret_key", &self.secret_key),
                ];
                let missing = needed.iter().find(|(_, value)| value.is_empty());
                missing.map_or(Ok(()), |(name, _)| Err(format!("storage.{name} must be set for storage.kind s3")))
            }
            _ => Err("storage.kind must be one of: local, s3".to_owned()),
        }
    }
}

/// The host of an http address, without its port.
fn host(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then(|| host.to_owned())
}

/// The environment variable of a setting.
fn variable(path: &str) -> String {
    format!("DISPATCH_{}", path.replace('.', "_").to_uppercase())
}

/// Every name as `section.field`.
fn names(table: &Table) -> Vec<String> {
    table
        .iter()
        .filter_map(|(section, fields)| Some((section, fields.as_table()?)))
        .flat_map(|(section, fields)| fields.keys().map(move |field| format!("{section}.{field}")))
        .collect()
}

fn merge(into: &mut Table, file: Table) -> Result<(), String> {
    for (section, fields) in file {
        let Value::Table(fields) = fields else { return Err(format!("{section} is not a section of settings")) };
        let known = into.get_mut(&section).and_then(Value::as_table_mut);
        let known = known.ok_or_else(|| format!("{section} is not a section of settings"))?;
        for (field, value) in fields {
            let slot = known.get_mut(&field).ok_or_else(|| format!("{section}.{field} is not a setting"))?;
            *slot = match (&slot, value) {
                (Value::Float(_), Value::Integer(whole)) => Value::Float(whole as f64),
                (_, value) => value,
            };
        }
    }
    Ok(())
}

/// Sets one value from text, as the type that its default has.
fn set(table: &mut Table, path: &str, text: &str) -> Result<(), String> {
    let slot = path.split_once('.').and_then(|(section, field)| table.get_mut(section)?.as_table_mut()?.get_mut(field));
    let slot = slot.ok_or_else(|| format!("{path} is not a setting"))?;
    let wrong = |what: &str| format!("{path} must be {what}");
    *slot = match slot {
        Value::Boolean(_) => Value::Boolean(text.parse().map_err(|_| wrong("true or false"))?),
        Value::Integer(_) => Value::Integer(text.parse().map_err(|_| wrong("a whole number"))?),
        Value::Float(_) => Value::Float(text.parse().map_err(|_| wrong("a number"))?),
        Value::Array(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
        let mut sources = Sources {
            file: Some("[mail]\ndomain = \"file\"\n[rate_limits]\ncaller_per_second = 5".to_owned()),
            ..Sources::default()
        };
        assert_eq!(Settings::read(&sources).map(|settings| settings.mail.domain), Ok("file".to_owned()));
        sources.environment.push(pair("DISPATCH_MAIL_DOMAIN", "environment"));
        sources.environment.push(pair("DISPATCH_RATE_LIMITS_ENABLED", "false"));
        let read = Settings::read(&sources);
        assert!(
            read.as_ref().is_ok_and(|settings| settings.mail.domain == "environment" && !settings.rate_limits.enabled)
        );
        sources.flags.push(pair("mail.domain", "flag"));
        assert_eq!(Settings::read(&sources).map(|settings| settings.mail.domain), Ok("flag".to_owned()));
    }

    #[test]
    fn unknown_names_are_refused_wherever_they_stand() {
        let of = |sources: Sources| Settings::read(&sources).err().unwrap_or_default();
        assert_eq!(
            of(Sources { file: Some("[http]\nlisen = \"x\"".to_owned()), ..Sources::default() }),
            "http.lisen is not a setting"
        );
        assert_eq!(
            of(Sources { environment: vec![pair("DISPATCH_HTTP_LISEN", "x")], ..Sources::default() }),
            "DISPATCH_HTTP_LISEN is not a setting"
        );
        assert_eq!(
            of(Sources { flags: vec![pair("http.lisen", "x")], ..Sources::default() }),
            "http.lisen is not a setting"
        );
        assert!(
            of(Sources {
                environment: vec![pair("DISPATCH_TEST_POSTGRES", "x"), pair("HOME", "x")],
                ..Sources::default()
            })
            .is_empty()
        );
        assert_eq!(
            of(Sources { flags: vec![pair("storage.max_file_mb", "many")], ..Sources::default() }),
            "storage.max_file_mb must be a whole number"
        );
    }

    #[test]
    fn a_bucket_names_what_it_lacks_and_a_folder_needs_nothing() {
        let read = |flags: &[(&str, &str)]| {
            let flags = flags.iter().map(|(name, value)| pair(name, value)).collect();
            Settings::read(&Sources { flags, ..Sources::default() }).err().unwrap_or_default()
        };
        assert_eq!(read(&[]), "");
        assert_eq!(read(&[("storage.kind", "ftp")]), "storage.kind must be one of: local, s3");
        assert_eq!(read(&[("storage.max_file_mb", "0")]), "storage.max_file_mb must be from 1 to 5120");
        assert_eq!(read(&[("storage.max_file_mb", "5121")]), "storage.max_file_mb must be from 1 to 5120");
        assert!(read(&[("storage.upload_url_seconds", "604801")]).contains("7 days"));
        let mut flags = vec![("storage.kind", "s3")];
        for name in ["storage.endpoint", "storage.bucket", "storage.access_key", "storage.secret_key"] {
            assert_eq!(read(&flags), format!("{name} must be set for storage.kind s3"));
            flags.push((name, "x"));
        }
        assert_eq!(read(&flags), "");
    }

    #[test]
    fn a_relay_is_an_address_and_its_password_is_in_no_error() {
        let read = |url: &str| {
            let flags = vec![pair("mail.relay_url", url)];
            Settings::read(&Sources { flags, ..Sources::default() }).map(|settings| settings.mail.relay_url)
        };
        for url in [
            "smtp://127.0.0.1:25",
            "smtps://user:secret@smtp.example.com:465",
            "smtp://u:p@relay.example:587?tls=required",
        ] {
            assert_eq!(read(url), Ok(url.to_owned()));
        }
        for url in [
            "relay.example",
            "http://user:secret@relay.example",
            "smtp://user:secret@:x",
            "smtp://u:secret@h?tls=maybe",
        ] {
            let error = read(url).unwrap_err();
            assert!(
                error.starts_with("mail.relay_url: must be smtp://") && !error.contains("secret"),
                "{url}: {error}"
            );
        }
    }

    #[test]
    fn a_certificate_for_mail_needs_its_key() {
        let read = |flags| Settings::read(&Sources { flags, ..Sources::default() }).err().unwrap_or_default();
        let (cert, key) = (pair("mail.smtp_tls_cert", "cert.pem"), pair("mail.smtp_tls_key", "key.pem"));
        for one in [&cert, &key] {
            assert_eq!(read(vec![one.clone()]), "mail.smtp_tls_cert and mail.smtp_tls_key must be set together");
        }
        assert_eq!(read(vec![cert, key]), "");
    }

    #[test]
    fn the_mail_domain_is_the_host_of_the_public_address() {
        let read =
            |flags| Settings::read(&Sources { flags, ..Sources::default() }).map(|settings| settings.mail_domain());
        assert_eq!(read(vec![]), Ok("localhost".to_owned()));
        assert_eq!(
            read(vec![pair("http.public_url", "https://help.acme.example:8443/x")]),
            Ok("help.acme.example".to_owned())
        );
    }

    #[test]
    fn mail_is_signed_with_a_key_and_a_selector_or_not_at_all() {
        const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../mailroom/src/testdata/dkim-rsa.pem");
        let read = |selector, file| {
            let flags = vec![pair("mail.dkim_selector", selector), pair("mail.dkim_key_file", file)];
            Settings::read(&Sources { flags, ..Sources::default() })?.dkim()
        };
        assert!(matches!(read("", ""), Ok(None)));
        assert!(matches!(read("dispatch", KEY), Ok(Some(_))));
        for (selector, file, why) in [
            ("dispatch", "", "belong together"),
            ("", KEY, "belong together"),
            ("dispatch", "nowhere.pem", "mail.dkim_key_file (nowhere.pem): "),
            ("dispatch", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), "no private key"),
            ("two words", KEY, "selector"),
        ] {
            let error = read(selector, file).err().unwrap_or_default();
            assert!(error.contains(why), "{selector} {file}: {error}");
        }
    }
}

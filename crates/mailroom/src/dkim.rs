//! Signatures of mail that goes out (RFC 6376).

use std::collections::HashMap;

use mail_auth::{
    common::{
        crypto::{DkimKey, Ed25519Key, RsaKey, Sha256},
        headers::HeaderWriter,
    },
    dkim::{DkimSigner, Done},
};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};

/// What a signature is about, beside the whole body: everything that a reader or their program goes by.
const HEADERS: [&str; 13] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
    "X-Dispatch-Ticket",
];
/// A selector has at most as many letters, as a name of DNS.
const SELECTOR_MAX: usize = 63;

/// Signs mail for the domains that it may come from, with one key under one selector.
pub struct Dkim(HashMap<String, DkimSigner<DkimKey, Done>>);

impl std::fmt::Debug for Dkim {
    /// The key is secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim").field("domains", &self.0.keys()).finish_non_exhaustive()
    }
}

impl Dkim {
    /// Signatures for these domains. The key is PEM: RSA (PKCS #1 or #8, at least 2048 bits) or Ed25519 (PKCS #8).
    ///
    /// # Errors
    /// What is wrong with the key or the selector.
    pub fn new(domains: &[String], selector: &str, pem: &str) -> Result<Self, String> {
        let is_name = |part: &str| {
            (1..=SELECTOR_MAX).contains(&part.len())
                && part.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
        };
        if !selector.split('.').all(is_name) {
            return Err("a selector is a name of letters, digits, hyphens and dots".to_owned());
        }
        let signer = |domain: &String| {
            let domain = domain.to_ascii_lowercase();
            let signer = DkimSigner::from_key(key(pem)?).domain(&domain).selector(selector).headers(HEADERS);
            Ok((domain, signer))
        };
        domains.iter().map(signer).collect::<Result<_, String>>().map(Self)
    }

    /// The message with its signature, if it comes from one of our domains; else as it was.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign(&self, from: &str, message: Vec<u8>) -> Result<Vec<u8>, String> {
        let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
        let Some(signer) = self.0.get(&domain) else { return Ok(message) };
        let mut signed = signer.sign(&message).map_err(|error| error.to_string())?.to_header().into_bytes();
        signed.extend(message);
        Ok(signed)
    }
}

fn key(pem: &str) -> Result<DkimKey, String> {
    let der =
        PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| "there is no private key in PEM in it".to_owned())?;
    if let PrivateKeyDer::Pkcs8(plain) = &der
        && let Ok(key) = Ed25519Key::from_pkcs8_maybe_unchecked_der(plain.secret_pkcs8_der())
    {
        return Ok(key.into());
    }
    let key = RsaKey::<Sha256>::from_key_der(der)
        .map_err(|error| format!("it is no key of RSA (2048 bits or more) or Ed25519: {error}"))?;
    Ok(key.into())
}

#[cfg(test)]
mod tests {
    use dispatch_mail::{
        judge::{Judge, Origin, Verdict, Zone},
        parse,
    };

    use super::*;

    const RSA: (&str, &str) = (
        include_str!("testdata/dkim-rsa.pem"),
        "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzp0r6hN3CJUhi6yFZxZWaR5SXbhar7DuV4UUgclCrleX58lfcmxU1v9grGiYI0o/i/Tuc/pGthi2j+8Ka9KU+b2VS+gQpgXcODuB+X5NmrUrceaAwXI6VALKD92ZAkoe7FHlnkPQVfopauS1vXmfYufcWbkZzclWwwnlHmsWfLwr5XCq06T61z7dNMn14uUVuhNd+gY/LiQKRvZGRNqnBS9DJeuZgoUFKh9eMS+sLL0eWffafn6WKteJdxwmP+gtXiuSHykk/mlHaf/1QgSWB26yITOfWw5NSnVglrlLJMi8MY/QshcgAkYlqljPyA/mA2/34h4PkE+Adbm9klYSuwIDAQAB",
    );
    const ED25519: (&str, &str) = (
        include_str!("testdata/dkim-ed25519.pem"),
        "v=DKIM1; k=ed25519; p=ivLHUU1glmac77plZshDAa4Mgf2KGbqMmMAnVFPlS88=",
    );
    const MESSAGE: &str =
        "From: Acme <acme@Mail.example>\r\nTo: jane@example.com\r\nSubject: Re: Printer\r\n\r\nWhich one?\r\n";

    fn dkim(pem: &str) -> Dkim {
        Dkim::new(&["mail.example".to_owned(), "other.example".to_owned()], "dispatch", pem).unwrap()
    }

    async fn verdict(record: &str, raw: &str) -> (Verdict, Verdict) {
        let zone = Zone::default();
        zone.put("dispatch._domainkey.mail.example", record);
        zone.put("_dmarc.mail.example", "v=DMARC1; p=reject; adkim=s");
        let message = parse(raw.as_bytes()).unwrap();
        let auth = Judge::with_zone(zone).judge(&message, &Origin::default()).await;
        (auth.dkim, auth.dmarc)
    }

    #[tokio::test]
    async fn a_signature_holds_for_what_was_signed_and_for_nothing_else() {
        use Verdict::{Fail, Pass};
        for (pem, record) in [RSA, ED25519] {
            let signed = dkim(pem).sign("acme@Mail.example", MESSAGE.into()).unwrap();
            let signed = String::from_utf8(signed).unwrap();
            assert!(signed.starts_with("DKIM-Signature: ") && signed.ends_with(MESSAGE), "{signed}");
            assert_eq!(verdict(record, &signed).await, (Pass, Pass));
            for (said, altered) in
                [("Which", "What"), ("Printer", "Money"), ("To: jane", "To: john"), ("acme@", "ceo@")]
            {
                assert_eq!(verdict(record, &signed.replace(said, altered)).await, (Fail, Fail), "{altered}");
            }
        }
        let (pem, _) = RSA;
        let signed = String::from_utf8(dkim(pem).sign("acme@mail.example", MESSAGE.into()).unwrap()).unwrap();
        assert_eq!(verdict(ED25519.1, &signed).await.0, Fail, "another key is published");
    }

    #[test]
    fn it_signs_for_its_own_domains_alone() {
        let dkim = dkim(ED25519.0);
        for from in ["acme@else.example", "acme@sub.mail.example", "acme", ""] {
            assert_eq!(dkim.sign(from, MESSAGE.into()).unwrap(), MESSAGE.as_bytes(), "{from}");
        }
        let other = String::from_utf8(dkim.sign("acme@other.example", MESSAGE.into()).unwrap()).unwrap();
        assert!(other.contains("d=other.example"), "{other}");
    }

    #[test]
    fn what_is_no_key_or_no_selector_is_refused_and_not_shown() {
        let domains = ["mail.example".to_owned()];
        for pem in ["", "secret", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"] {
            let error = Dkim::new(&domains, "dispatch", pem).unwrap_err();
            assert!(!error.contains("secret") && !error.contains("c2Vj"), "{error}");
        }
        for selector in ["", "a b", "a..b", "a;b", "ä", &"x".repeat(64)] {
            assert!(Dkim::new(&domains, selector, RSA.0).is_err(), "{selector}");
        }
        let shown = format!("{:?}", dkim(RSA.0));
        assert!(!shown.contains("PRIVATE") && shown.contains("mail.example"), "{shown}");
    }
}

use base64::{Engine, engine::general_purpose::STANDARD};
use mail_auth::{
    common::{crypto::Ed25519Key, headers::HeaderWriter},
    dkim::DkimSigner,
};

use super::*;
use crate::parse;

/// The key of RFC 8463, appendix A.
const SEED: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PUBLIC: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const MESSAGE: &str =
    "From: Jane <jane@example.com>\r\nTo: acme@mail.example\r\nSubject: Printer\r\n\r\nIt is broken.\r\n";

fn signed(domain: &str) -> String {
    let bytes = |text: &str| STANDARD.decode(text).expect("base64");
    let key = Ed25519Key::from_seed_and_public_key(&bytes(SEED), &bytes(PUBLIC)).expect("a key");
    let signer = DkimSigner::from_key(key).domain(domain).selector("s").headers(["From", "To", "Subject"]);
    let signature = signer.sign(MESSAGE.as_bytes()).expect("a signature");
    format!("{}{MESSAGE}", signature.to_header())
}

fn zone() -> Zone {
    let zone = Zone::default();
    zone.put("s._domainkey.example.com", &format!("v=DKIM1; k=ed25519; p={PUBLIC}"));
    zone.put("s._domainkey.evil.example", &format!("v=DKIM1; k=ed25519; p={PUBLIC}"));
    zone.put("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
    zone
}

async fn judged(zone: &Zone, raw: &str, ip: Option<&str>, from: Option<&str>) -> Auth {
    let message = parse(raw.as_bytes()).expect("a message");
    let origin = Origin {
        ip: ip.and_then(|ip| ip.parse().ok()),
        helo: Some("mx.example.com".into()),
        envelope_from: from.map(str::to_owned),
    };
    Judge::with_zone(zone.clone()).judge(&message, &origin).await
}

#[tokio::test]
async fn nothing_is_said_where_nothing_is_published() {
    let auth = judged(&Zone::default(), MESSAGE, Some("192.0.2.7"), Some("jane@example.com")).await;
    assert_eq!(auth, Auth::default());
}

#[tokio::test]
async fn each_of_the_three_passes_and_fails() {
    use Verdict::{Fail, None, Pass};
    let zone = zone();
    zone.put("_dmarc.example.com", "v=DMARC1; p=reject");
    let good = judged(&zone, &signed("example.com"), Some("192.0.2.7"), Some("jane@example.com")).await;
    assert_eq!(good, Auth { spf: Pass, dkim: Pass, dmarc: Pass, is_refused: false });
    let by_signature = judged(&zone, &signed("example.com"), Some("198.51.100.1"), Some("jane@example.com")).await;
    assert_eq!(by_signature, Auth { spf: Fail, dkim: Pass, dmarc: Pass, is_refused: false });
    let by_address = judged(&zone, MESSAGE, Some("192.0.2.7"), Some("jane@example.com")).await;
    assert_eq!(by_address, Auth { spf: Pass, dkim: None, dmarc: Pass, is_refused: false });
    let forged = judged(&zone, MESSAGE, Some("198.51.100.1"), Some("x@evil.example")).await;
    assert_eq!(forged, Auth { spf: None, dkim: None, dmarc: Fail, is_refused: true });
    let altered = signed("example.com").replace("broken", "fine");
    assert_eq!(
        judged(&zone, &altered, Option::None, Option::None).await,
        Auth { spf: None, dkim: Fail, dmarc: Fail, is_refused: true }
    );
    let by_another = judged(&zone, &signed("evil.example"), Option::None, Option::None).await;
    assert_eq!(
        by_another,
        Auth { spf: None, dkim: Pass, dmarc: Fail, is_refused: true },
        "signed, but not by the sender"
    );
}

#[tokio::test]
async fn only_a_policy_refuses() {
    let zone = zone();
    for (policy, is_refused) in [("none", false), ("quarantine", true), ("reject", true)] {
        zone.put("_dmarc.example.com", &format!("v=DMARC1; p={policy}; rua=mailto:a@example.com"));
        let auth = judged(&zone, MESSAGE, None, None).await;
        assert_eq!((auth.dmarc, auth.is_refused), (Verdict::Fail, is_refused), "{policy}");
    }
}

#[tokio::test]
async fn names_out_of_reach_are_no_failure() {
    let zone = zone();
    for name in ["example.com", "s._domainkey.example.com", "_dmarc.example.com"] {
        zone.break_off(name);
    }
    let auth = judged(&zone, &signed("example.com"), Some("192.0.2.7"), Some("jane@example.com")).await;
    let all = Verdict::TempError;
    assert_eq!(auth, Auth { spf: all, dkim: all, dmarc: all, is_refused: false });
}

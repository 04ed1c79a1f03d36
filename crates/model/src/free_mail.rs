//! Domains whose addresses say nothing about a company (API 5.7).

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

/// The common ones, when `customers.free_mail_domains` names none: the largest providers of free mailboxes, with the
/// domains of their country editions that are in wide use.
const BUILT_IN: &str = "\
    126.com 163.com aol.com att.net bellsouth.net bigpond.com bluewin.ch bol.com.br btinternet.com charter.net comcast.net \
    cox.net daum.net duck.com fastmail.com fastmail.fm foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com \
    gmx.de gmx.fr gmx.net googlemail.com hanmail.net hey.com hotmail.be hotmail.ca hotmail.co.uk hotmail.com hotmail.de \
    hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com icloud.com inbox.com inbox.lv inbox.ru laposte.net libero.it \
    list.ru live.ca live.co.uk live.com live.de live.fr live.it live.nl mac.com mail.com mail.ru me.com msn.com \
    naver.com ntlworld.com onet.pl optonline.net orange.fr outlook.co.uk outlook.com outlook.de outlook.es outlook.fr \
    outlook.it pm.me pobox.com posteo.de proton.me protonmail.ch protonmail.com qq.com rediffmail.com rocketmail.com \
    sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com skynet.be t-online.de talktalk.net terra.com.br tiscali.it tutanota.com \
    tuta.com uol.com.br verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl ya.ru yahoo.ca yahoo.co.id \
    yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es \
    yahoo.fr yahoo.in yahoo.it yandex.com yandex.ru ymail.com zoho.com zohomail.com";

/// The built-in ones, read once.
static BUILT_IN_SET: LazyLock<Arc<HashSet<String>>> =
    LazyLock::new(|| Arc::new(BUILT_IN.split_ascii_whitespace().map(str::to_owned).collect()));

/// The domains of free mailboxes: no company has one, and no customer joins a company by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeMail(Arc<HashSet<String>>);

impl FreeMail {
    /// These domains, in any case; the built-in ones when there are none.
    #[must_use]
    pub fn new(domains: &[String]) -> Self {
        if domains.is_empty() {
            return Self::default();
        }
        Self(Arc::new(domains.iter().map(|domain| domain.trim().to_lowercase()).collect()))
    }

    /// Whether the domain, in lower case, is one of them.
    #[must_use]
    pub fn holds(&self, domain: &str) -> bool {
        self.0.contains(domain)
    }
}

impl Default for FreeMail {
    fn default() -> Self {
        Self(BUILT_IN_SET.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_ones_own_replaces_the_built_in_one() {
        let own = FreeMail::new(&[" Example.COM ".to_owned()]);
        assert!(own.holds("example.com") && !own.holds("gmail.com"));
        let built_in = FreeMail::new(&[]);
        for domain in ["gmail.com", "outlook.com", "yahoo.com", "126.com", "zohomail.com"] {
            assert!(built_in.holds(domain), "{domain}");
        }
        assert!(!built_in.holds("example.com") && !built_in.holds(""));
    }
}

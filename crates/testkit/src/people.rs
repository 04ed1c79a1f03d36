//! Members with sessions, made past the API.

use dispatch_desk::{
    accounts, api_keys, members,
    passwords::{self, Cost},
    sessions,
};
use dispatch_model::{
    BrandId,
    account::mint_token,
    event::{Act, Actor},
    member::{NewMember, Role},
    session::SESSION_START,
    text::Email,
};
use dispatch_store::Lane;

use crate::TestApp;

/// Passwords that cost next to nothing, so that tests are fast.
pub const CHEAP: Cost = Cost { memory_kib: 8, passes: 1 };

/// The password of every member that [`TestApp::session`] makes.
pub const PASSWORD: &str = "correct horse battery";

impl TestApp {
    /// The token of a session, past the API: it is sent as a bearer token, as a key is. A member with this address is made
    /// when there is none, with [`PASSWORD`]; it reaches the brands with these paths, or every brand when there are none.
    pub async fn session(&self, role: Role, email: &str, brands: &[&str]) -> String {
        let act = Act::new(Actor::system(), "system", &self.clock, &self.entropy);
        let token = mint_token(SESSION_START, &self.entropy);
        let hash = api_keys::hash(&token);
        let password = passwords::hash(PASSWORD, CHEAP, &self.entropy).expect("a hash");
        let new = NewMember {
            email: Email::new(email).expect("an address"),
            name: email.split('@').next().unwrap_or_default().to_owned(),
            role,
            all_brands: brands.is_empty(),
            brand_ids: brands.iter().map(|path| BrandId::from(path.trim_start_matches("/brands/"))).collect(),
        };
        let begun: dispatch_desk::Result<()> = self
            .db
            .write(Lane::Account, "test.session", move |tx| {
                let (act, hash, new, password) = (act.clone(), hash.clone(), new.clone(), password.clone());
                Box::pin(async move {
                    let account = accounts::ensure(tx, &act).await?.id;
                    let id = match dispatch_store::members::get_by_email(tx, &account, &new.email).await? {
                        Some(known) => known.id,
                        None => {
                            let id = members::create(tx, &act, &new).await?;
                            dispatch_store::members::set_password(tx, &id, &password).await?;
                            id
                        }
                    };
                    let member = dispatch_store::members::get(tx, &account, id.as_str()).await?.expect("the member");
                    sessions::open(tx, &act, &account, &member, &hash).await.map(|_| ())
                })
            })
            .await;
        begun.expect("a session");
        token
    }

    /// The token of a session of the owner.
    pub async fn owner(&self) -> String {
        self.session(Role::Owner, "owner@acme.example", &[]).await
    }
}

//! Who calls, what they reach and what they may do (API 1.2).

use dispatch_model::{
    AccountId, BrandId, MemberId, SessionId,
    account::{ApiKey, Permissions},
    event::{Actor, ActorType},
    member::{MemberView, Role},
};
use dispatch_store::{portal::PortalUser, sessions::Session};

/// The brands that a caller reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every brand of the account.
    All,
    /// These.
    Some(Vec<BrandId>),
}

impl Scope {
    /// What a member or invitation with these brands reaches.
    #[must_use]
    pub fn of(all_brands: bool, brand_ids: &[BrandId]) -> Self {
        if all_brands { Self::All } else { Self::Some(brand_ids.to_vec()) }
    }

    /// Whether the brand is inside.
    #[must_use]
    pub fn reaches(&self, brand: &BrandId) -> bool {
        match self {
            Self::All => true,
            Self::Some(brands) => brands.contains(brand),
        }
    }

    /// Whether everything that the other reaches is inside, brands to come included.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) => true,
            (Self::Some(_), Self::All) => false,
            (Self::Some(mine), Self::Some(theirs)) => theirs.iter().all(|brand| mine.contains(brand)),
        }
    }

    /// Whether somebody with this scope knows of somebody with the other: they share a brand.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => true,
            (Self::Some(mine), Self::Some(theirs)) => theirs.iter().any(|brand| mine.contains(brand)),
        }
    }
}

/// What an operation needs: the rows of the table in API 1.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// No credential at all.
    Public,
    /// Read brand data.
    Read,
    /// All work on tickets, comments and customers.
    Work,
    /// Brand settings, statuses, categories, tags, fields; the audit log.
    Configure,
    /// Create brands, manage API keys.
    Manage,
    /// Delete brands.
    DeleteBrands,
    /// A session, whoever's it is.
    Session,
    /// Invite, change and remove members; a session.
    Members,
    /// Rename and delete the account, transfer its ownership; a session.
    Account,
    /// Deliver mail to a brand; an API key that may work there, or the brand's inbound token.
    Inbound,
    /// A customer's own tickets; a portal token.
    Portal,
}

impl Permission {
    /// How the API document names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Read => "read",
            Self::Work => "work",
            Self::Configure => "configure",
            Self::Manage => "manage",
            Self::DeleteBrands => "delete_brands",
            Self::Session => "session",
            Self::Members => "members",
            Self::Account => "account",
            Self::Inbound => "inbound",
            Self::Portal => "portal",
        }
    }

    /// Whether only sessions are taken: an API key is no credential here.
    #[must_use]
    pub const fn takes_sessions_only(self) -> bool {
        matches!(self, Self::Session | Self::Members | Self::Account)
    }

    /// Whether a caller of this kind is no credential here, whatever it may do elsewhere (API 1.2).
    #[must_use]
    pub const fn takes(self, power: Power) -> bool {
        match power {
            Power::Nothing => matches!(self, Self::Public),
            Power::Inbound => matches!(self, Self::Inbound),
            Power::Customer => matches!(self, Self::Portal),
            Power::Key(_) => !self.takes_sessions_only() && !matches!(self, Self::Portal),
            Power::Member(_) => !matches!(self, Self::Inbound | Self::Portal),
        }
    }
}

/// What gives a caller its rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Nothing: a public route.
    Nothing,
    /// An API key.
    Key(Permissions),
    /// A session of a member.
    Member(Role),
    /// The inbound token of a brand.
    Inbound,
    /// A portal token.
    Customer,
}

/// The session of a caller.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// The session and its member as they were when the request came.
    pub session: Session,
    /// What `X-CSRF-Token` has to say.
    pub csrf_token: String,
    /// Whether it came as a cookie, which a browser also sends for others.
    pub by_cookie: bool,
}

/// Somebody who has shown a credential.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that they belong to.
    pub account: AccountId,
    /// How events name them.
    pub actor: Actor,
    /// Through what they act: one of the sources of API 17.1.
    pub source: &'static str,
    /// What idempotency keys and rate limits belong to.
    pub credential: String,
    /// The brands that they reach.
    pub scope: Scope,
    /// What gives them their rights.
    pub power: Power,
    /// Their session, if that is what they have shown.
    pub session: Option<OwnSession>,
    /// The customer that they are, if they have shown a portal token.
    pub portal: Option<PortalUser>,
}

impl Caller {
    /// The caller of a public route.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            account: AccountId(String::new()),
            actor: Actor::system(),
            source: "system",
            credential: String::new(),
            scope: Scope::Some(Vec::new()),
            power: Power::Nothing,
            session: None,
            portal: None,
        }
    }

    /// The caller behind an API key.
    #[must_use]
    pub fn api_key(account: AccountId, key: &ApiKey) -> Self {
        Self {
            account,
            actor: Actor::api_key(&key.id, &key.name, &key.prefix),
            source: "api",
            credential: key.id.0.clone(),
            scope: Scope::of(key.all_brands, &key.brand_ids),
            power: Power::Key(key.permissions),
            session: None,
            portal: None,
        }
    }

    /// Whoever has shown the inbound token of a brand.
    #[must_use]
    pub fn inbound(account: AccountId, brand: BrandId) -> Self {
        Self {
            portal: None,
            account,
            actor: Actor::system(),
            source: "email",
            credential: format!("inbound {brand}"),
            scope: Scope::Some(vec![brand]),
            power: Power::Inbound,
            session: None,
        }
    }

    /// The caller behind a session.
    #[must_use]
    pub fn member(own: OwnSession) -> Self {
        let member = &own.session.member;
        Self {
            account: own.session.account.clone(),
            actor: Actor::member(member),
            source: "dashboard",
            credential: member.id.0.clone(),
            scope: Scope::of(member.all_brands, &member.brand_ids),
            power: Power::Member(member.role),
            session: Some(own),
            portal: None,
        }
    }

    /// The caller behind a portal token.
    #[must_use]
    pub fn customer(user: PortalUser) -> Self {
        Self {
            account: user.account.clone(),
            actor: crate::portal::actor(&user),
            source: "portal",
            credential: user.customer.0.clone(),
            scope: Scope::Some(vec![user.brand.clone()]),
            power: Power::Customer,
            session: None,
            portal: Some(user),
        }
    }

    /// Whether they may do it inside their scope. A `read` key may do what a full one may, as far as GET goes.
    #[must_use]
    pub fn may(&self, permission: Permission, only_reads: bool) -> bool {
        use Permission as P;
        match (self.power, permission) {
            (_, P::Public) => true,
            (Power::Nothing, _) => false,
            (Power::Inbound, permission) => permission == P::Inbound,
            (Power::Member(_), P::Inbound) => false,
            (Power::Customer, permission) => permission == P::Portal,
            (_, P::Portal) => false,
            (Power::Member(_), P::Read | P::Work | P::Session) => true,
            (Power::Member(role), P::Configure | P::Manage | P::Members) => role != Role::Member,
            (Power::Member(role), P::DeleteBrands | P::Account) => role == Role::Owner,
            (Power::Key(_), P::Session | P::Members | P::Account) => false,
            (Power::Key(_), P::Read) => true,
            (Power::Key(Permissions::Read), _) if !only_reads => false,
            (Power::Key(Permissions::Support), permission) => matches!(permission, P::Work | P::Inbound),
            (Power::Key(_), P::Work | P::Configure | P::Inbound) => true,
            (Power::Key(_), P::Manage | P::DeleteBrands) => self.scope == Scope::All,
        }
    }

    /// Whether they read what only admins may read.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        match self.power {
            Power::Nothing | Power::Inbound | Power::Customer => false,
            Power::Key(permissions) => permissions != Permissions::Support,
            Power::Member(role) => role != Role::Member,
        }
    }

    /// Whether they change only what is their own: what others wrote is for admins (API 6).
    #[must_use]
    pub fn is_plain_member(&self) -> bool {
        self.power == Power::Member(Role::Member)
    }

    /// Whether this brand is in their scope.
    #[must_use]
    pub fn reaches(&self, brand: &BrandId) -> bool {
        self.scope.reaches(brand)
    }

    /// The member that they are.
    #[must_use]
    pub fn member_id(&self) -> Option<MemberId> {
        let id = self.actor.id.as_deref().filter(|_| self.actor.kind == ActorType::User);
        id.map(MemberId::from)
    }

    /// The customer of a route of the portal.
    ///
    /// # Errors
    /// [`dispatch_store::Error::Bug`] on any other route.
    pub fn portal_user(&self) -> crate::Result<&PortalUser> {
        self.portal.as_ref().ok_or_else(|| dispatch_store::Error::Bug("a customer was expected".to_owned()).into())
    }

    /// The member and the session of a route that takes sessions only.
    ///
    /// # Errors
    /// [`dispatch_store::Error::Bug`] on any other route.
    pub fn own(&self) -> crate::Result<(&MemberView, &SessionId)> {
        let own = self.session.as_ref().map(|own| (&own.session.member, &own.session.id));
        own.ok_or_else(|| dispatch_store::Error::Bug("a session was expected".to_owned()).into())
    }
}

//! Who calls, what they reach and what they may do (API 1.2).

use dispatch_model::{
    AccountId, BrandId,
    account::{ApiKey, Permissions},
    event::Actor,
};

/// The brands that a caller reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every brand of the account.
    All,
    /// These.
    Some(Vec<BrandId>),
}

impl Scope {
    /// Whether the brand is inside.
    #[must_use]
    pub fn reaches(&self, brand: &BrandId) -> bool {
        match self {
            Self::All => true,
            Self::Some(brands) => brands.contains(brand),
        }
    }
}

/// What an operation needs; each row of the table in API 1.2 that exists so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
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
}

impl Permission {
    /// How the API document names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Work => "work",
            Self::Configure => "configure",
            Self::Manage => "manage",
            Self::DeleteBrands => "delete_brands",
        }
    }
}

/// Somebody who has shown a credential.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that they belong to.
    pub account: AccountId,
    /// How events name them.
    pub actor: Actor,
    /// What idempotency keys and rate limits belong to.
    pub credential: String,
    /// The brands that they reach.
    pub scope: Scope,
    /// What their key allows.
    pub permissions: Permissions,
}

impl Caller {
    /// The caller behind an API key.
    #[must_use]
    pub fn api_key(account: AccountId, key: &ApiKey) -> Self {
        Self {
            account,
            actor: Actor::api_key(&key.id, &key.name, &key.prefix),
            credential: key.id.0.clone(),
            scope: if key.all_brands { Scope::All } else { Scope::Some(key.brand_ids.clone()) },
            permissions: key.permissions,
        }
    }

    /// Whether they may do it inside their scope. A `read` key may do what a full one may, as far as GET goes.
    #[must_use]
    pub fn may(&self, permission: Permission, only_reads: bool) -> bool {
        let all = self.scope == Scope::All;
        match (self.permissions, permission) {
            (_, Permission::Read) => true,
            (Permissions::Read, _) if !only_reads => false,
            (Permissions::Support, permission) => permission == Permission::Work,
            (_, Permission::Work | Permission::Configure) => true,
            (_, Permission::Manage | Permission::DeleteBrands) => all,
        }
    }

    /// Whether they read what only admins may read.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.permissions != Permissions::Support
    }

    /// Whether this brand is in their scope.
    #[must_use]
    pub fn reaches(&self, brand: &BrandId) -> bool {
        self.scope.reaches(brand)
    }
}

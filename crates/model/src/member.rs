//! Members of the account: who can be assigned to tickets (API 3.2). They sign in with a later version.

use crate::{BrandId, MemberId};

crate::text_enum! {
    /// What a member may do.
    pub enum Role {
        /// Everything; one per account.
        Owner = "owner",
        /// Everything but the account itself.
        Admin = "admin",
        /// Work on tickets and customers.
        Member = "member",
    }
}

/// A member, as the rules need it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// Its address, lowercase.
    pub email: String,
    /// Its name, when given.
    pub display_name: Option<String>,
    /// What it may do.
    pub role: Role,
    /// Whether it still is a member.
    pub active: bool,
    /// Whether it reaches every brand.
    pub all_brands: bool,
    /// Whether the brand it was looked up for is among its own.
    pub has_brand: bool,
}

impl Member {
    /// Whether tickets of the brand it was looked up for can be assigned to it (API 5.6).
    #[must_use]
    pub const fn can_be_assigned(&self) -> bool {
        self.active && (self.all_brands || self.has_brand)
    }
}

/// What the command line needs to add a member.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Its address.
    pub email: crate::text::Email,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it reaches every brand.
    pub all_brands: bool,
    /// The brands that it reaches otherwise.
    pub brand_ids: Vec<BrandId>,
}

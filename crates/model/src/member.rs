//! Members of the account and the invitations to join it (API 3.2).

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, InviteId, MemberId, Timestamp,
    limits::MEMBER_BRANDS_MAX,
    text::{Email, List, Reference},
};

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

crate::text_enum! {
    /// Whether somebody still is a member.
    pub enum MemberStatus {
        /// A member.
        Active = "active",
        /// Not any more; what they did keeps naming them.
        Removed = "removed",
    }
}

/// A member as it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Member)]
#[serde(rename_all = "camelCase")]
pub struct MemberView {
    /// Its id.
    pub id: MemberId,
    /// Its address, lowercase.
    pub email: String,
    /// Its name, when given.
    pub display_name: Option<String>,
    /// What it may do.
    pub role: Role,
    /// Whether it still is a member.
    pub status: MemberStatus,
    /// Whether it reaches every brand.
    pub all_brands: bool,
    /// The brands that it reaches otherwise.
    pub brand_ids: Vec<BrandId>,
    /// Its picture.
    pub avatar_url: Option<String>,
    /// When it last used the server, to the minute.
    pub last_seen_at: Option<Timestamp>,
    /// When it joined.
    pub created_at: Timestamp,
}

impl MemberView {
    /// What it is called: its name, else its address.
    #[must_use]
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.email)
    }
}

crate::text_enum! {
    /// The state of an invitation: one that was accepted or withdrawn is gone.
    pub enum InviteStatus {
        /// It waits to be accepted.
        Pending = "pending",
    }
}

/// An invitation to join the account.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// Who is invited.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Always `pending`.
    pub status: InviteStatus,
    /// Whether they will reach every brand.
    pub all_brands: bool,
    /// The brands that they will reach otherwise.
    pub brand_ids: Vec<BrandId>,
    /// When it was mailed; null when it is handed over otherwise.
    pub sent_at: Option<Timestamp>,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// When it was created.
    pub created_at: Timestamp,
}

/// An invitation with its link, which is shown once: only a hash of it is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteReply {
    /// The invitation as it is shown later.
    #[serde(flatten)]
    pub invite: Invite,
    /// Where it is accepted. Null when the answer is a replay.
    pub invite_url: Option<String>,
}

/// The people of an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct People {
    /// Its members.
    pub members: Vec<MemberView>,
    /// Its invitations, for those who may see them.
    pub invites: Vec<Invite>,
}

/// The brands of a member or invitation in a request.
pub type MemberBrands = List<Reference, MEMBER_BRANDS_MAX>;

crate::text_enum! {
    /// The roles that can be given; there is one owner, and ownership is transferred.
    pub enum GivenRole {
        /// Everything but the account itself.
        Admin = "admin",
        /// Work on tickets and customers.
        Member = "member",
    }
}

impl From<GivenRole> for Role {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::Admin => Self::Admin,
            GivenRole::Member => Self::Member,
        }
    }
}

crate::input! {
    /// An invitation to join the account.
    pub struct NewInvite {
        /// Who is invited.
        email "email": required Email,
        /// What they will be; `member` when left out.
        role "role": optional GivenRole,
        /// Whether they will reach every brand, those to come included; false when left out.
        all_brands "allBrands": optional bool,
        /// The brands that they will reach otherwise.
        brand_ids "brandIds": optional MemberBrands,
    }
    example r#"{ "email": "ben@acme.example", "role": "member", "brandIds": ["br_01kdyak43d7trmct2jayyxcg7v"] }"#;
}

crate::input! {
    /// A change of a member or of an invitation.
    pub struct MemberPatch {
        /// What they may do.
        role "role": change GivenRole,
        /// Whether they reach every brand.
        all_brands "allBrands": change bool,
        /// The brands that they reach otherwise.
        brand_ids "brandIds": change MemberBrands,
    }
    example r#"{ "role": "admin", "allBrands": true }"#;
}

//! The account and its API keys (API 2).

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    AccountId, BrandId, KeyId, Timestamp,
    limits::KEY_BRANDS_MAX,
    text::{List, Name, Reference},
};

/// The owner of everything.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What the reachable brands hold.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Tickets created since the start of the month, UTC.
    pub tickets_this_month: i64,
    /// Tickets in all that are not deleted.
    pub tickets_total: i64,
    /// Brands.
    pub brands_count: i64,
    /// Customers.
    pub customers_total: i64,
    /// Bytes of stored files.
    pub storage_bytes: i64,
}

crate::text_enum! {
    /// What an API key may do within its scope.
    pub enum Permissions {
        /// Everything.
        Full = "full",
        /// What a member may do: no configuration.
        Support = "support",
        /// GET only.
        Read = "read",
    }
}

/// An API key as it is shown: never its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub permissions: Permissions,
    /// First and last characters, to recognise it by.
    pub key_preview: String,
    /// Its first 12 characters.
    pub prefix: String,
    /// Whether it reaches every brand.
    pub all_brands: bool,
    /// The brands that it reaches otherwise.
    pub brand_ids: Vec<BrandId>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// Who created it.
    pub created_by: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
}

impl ApiKey {
    /// Whether the key reaches this brand.
    #[must_use]
    pub fn reaches(&self, brand: &BrandId) -> bool {
        self.all_brands || self.brand_ids.contains(brand)
    }
}

/// A new API key, shown once with its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewApiKeyReply {
    /// The key as it is shown later.
    #[serde(flatten)]
    pub api_key: ApiKey,
    /// The key itself. Null when the answer is a replay.
    pub key: Option<String>,
}

/// The start of every API key.
pub const KEY_START: &str = "sk_live_";
/// Characters of a key that may be shown.
pub const KEY_PREFIX_CHARS: usize = 12;

/// Makes the text of an API key: 160 random bits as 32 base-32 characters.
#[must_use]
pub fn mint_key(entropy: &crate::Entropy) -> String {
    mint_token(KEY_START, entropy)
}

/// Makes the text of a secret: 160 random bits as 32 base-32 characters behind `start`.
#[must_use]
pub fn mint_token(start: &str, entropy: &crate::Entropy) -> String {
    let bytes = entropy.bytes::<20>();
    let mut key = start.to_owned();
    for chunk in bytes.chunks(5) {
        let bits = chunk.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for position in (0..8).rev() {
            let index = usize::try_from(bits >> (position * 5) & 31).unwrap_or(0);
            key.push(char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[index]));
        }
    }
    key
}

crate::input! {
    /// A new API key.
    pub struct NewApiKey {
        /// What it is called.
        name "name": required Name,
        /// What it may do; `full` when left out.
        permissions "permissions": optional Permissions,
        /// Whether it reaches every brand, those to come included; false when left out.
        all_brands "allBrands": optional bool,
        /// The brands that it reaches; at least one without `allBrands`.
        brand_ids "brandIds": optional List<Reference, KEY_BRANDS_MAX>,
        /// When it stops working; in the future.
        expires_at "expiresAt": optional Timestamp,
    }
    rule r#"{
        "anyOf": [
            { "required": ["allBrands"], "properties": { "allBrands": { "const": true } } },
            { "required": ["brandIds"], "properties": { "brandIds": { "type": "array", "items": {}, "minItems": 1 } } }
        ]
    }"#;
    example r#"{
        "name": "CI",
        "permissions": "support",
        "brandIds": ["br_01kdyak43d7trmct2jayyxcg7v"],
        "expiresAt": "2027-01-01"
    }"#;
}

crate::input! {
    /// A change of an API key; it applies to the next request.
    pub struct ApiKeyPatch {
        /// What it is called.
        name "name": change Name,
        /// Whether it reaches every brand.
        all_brands "allBrands": change bool,
        /// The brands that it reaches.
        brand_ids "brandIds": change List<Reference, KEY_BRANDS_MAX>,
        /// When it stops working; null for never.
        expires_at "expiresAt": patch Timestamp,
    }
    example r#"{ "name": "CI, read only", "expiresAt": null }"#;
}

crate::input! {
    /// A change of what an API key reaches.
    pub struct ScopePatch {
        /// Whether it reaches every brand.
        all_brands "allBrands": change bool,
        /// The brands that it reaches.
        brand_ids "brandIds": change List<Reference, KEY_BRANDS_MAX>,
    }
    example r#"{ "allBrands": false, "brandIds": ["br_01kdyak43d7trmct2jayyxcg7v"] }"#;
}

/// The answer of an action that has nothing else to say.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Success {
    /// Always true.
    pub success: bool,
}

crate::input! {
    /// A change of the account.
    pub struct AccountPatch {
        /// What it is called.
        name "name": change Name,
    }
    example r#"{ "name": "Acme Inc." }"#;
}

crate::text_enum! {
    /// The word that confirms a deletion.
    pub enum Confirmation {
        /// Yes.
        Delete = "DELETE",
    }
}

crate::input! {
    /// The end of the account.
    pub struct AccountDeletion {
        /// `DELETE`, so that nobody does it by mistake.
        confirmation "confirmation": required Confirmation,
    }
    example r#"{ "confirmation": "DELETE" }"#;
}

/// What went with the account.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountDeleted {
    /// Always true.
    pub success: bool,
    /// The brands that were deleted with it.
    pub deleted_brands: Vec<BrandId>,
    /// How many they are.
    pub deleted_brands_count: i64,
}

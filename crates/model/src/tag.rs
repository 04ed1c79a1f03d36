//! Tags (API 13): a ticket has many.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, TagId, Timestamp,
    limits::MERGE_SOURCES_MAX,
    text::{Color, Name, NonEmpty, Reference},
};

/// The color of a tag that is given none.
pub const DEFAULT_COLOR: &str = "#6b7280";

/// A tag of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Its name, unique in the brand whatever the case.
    pub name: String,
    /// Color for badges, `#rrggbb`.
    pub color: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

crate::input! {
    /// A new tag.
    pub struct NewTag {
        /// Its name, unique in the brand whatever the case.
        name "name": required Name,
        /// Color for badges; `#6b7280` when left out.
        color "color": optional Color,
    }
    example r##"{ "name": "feature", "color": "#3b82f6" }"##;
}

crate::input! {
    /// A change of a tag.
    pub struct TagPatch {
        /// Its name, unique in the brand whatever the case.
        name "name": change Name,
        /// Color for badges.
        color "color": change Color,
    }
    example r#"{ "name": "feature request" }"#;
}

crate::input! {
    /// The tags that another one takes in.
    pub struct TagMerge {
        /// 1 to 50 tags: their tickets get the target, and they vanish.
        source_tag_ids "sourceTagIds": required NonEmpty<Reference, MERGE_SOURCES_MAX>,
    }
    example r#"{ "sourceTagIds": ["tag_01kdyak43d7trmct2jayyxcg7v"] }"#;
}

/// How many tickets a tag has.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TagCount {
    /// Its id.
    pub tag_id: TagId,
    /// Its name.
    pub tag_name: String,
    /// Its color.
    pub color: String,
    /// Tickets that are neither spam nor deleted.
    pub count: i64,
    /// Those of them whose status is active.
    pub active_count: i64,
}

/// The target of a merge.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedTag {
    /// The target.
    #[serde(flatten)]
    pub tag: Tag,
    /// The tags that are gone.
    pub merged_tag_ids: Vec<TagId>,
}

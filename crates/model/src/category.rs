//! Categories (API 12): a ticket has at most one.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CategoryId, Timestamp,
    fold::unaccented,
    text::{Color, Description, Each, KEY_MAX, Key, Name, Reference},
};

/// The color of a category that is given none.
pub const DEFAULT_COLOR: &str = "#6b7280";

/// A category of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its brand.
    pub brand_id: BrandId,
    /// Display name, unique in the brand whatever the case.
    pub name: String,
    /// Unique identifier; never changes.
    pub key: String,
    /// Color for badges, `#rrggbb`.
    pub color: String,
    /// What it is for.
    pub description: Option<String>,
    /// Place in the display order, from 0.
    pub sort_order: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Category {
    /// Whether this is what a body or a filter names: by its id or its key (API 5.3, 5.4).
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.id.as_str() == text || self.key == text
    }
}

/// The key of a category that is given none: the slug of its name (API 1.6), with a number behind it while `taken` says
/// so. A reserved word counts as taken.
pub fn key_of_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for c in unaccented(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    let slug = slug.trim_end_matches('_');
    let slug = match slug.chars().next() {
        None => "category".to_owned(),
        Some(first) if first.is_ascii_alphabetic() => slug.to_owned(),
        Some(_) => format!("c_{slug}"),
    };
    let cut = |max: usize| slug[..slug.len().min(max)].trim_end_matches('_').to_owned();
    let free = |key: &String| Key::new(key).is_ok() && !taken(key);
    let numbered = (2_u32..).map(|number| {
        let end = format!("_{number}");
        cut(KEY_MAX - end.len()) + &end
    });
    let mut keys = std::iter::once(cut(KEY_MAX)).chain(numbered);
    // There are more numbers than categories.
    keys.find(free).unwrap_or_default()
}

crate::input! {
    /// A new category.
    pub struct NewCategory {
        /// Display name, unique in the brand whatever the case.
        name "name": required Name,
        /// Unique identifier, never changes; made from the name when left out.
        key "key": optional Key,
        /// Color for badges; `#6b7280` when left out.
        color "color": optional Color,
        /// What it is for.
        description "description": optional Description,
    }
    example r##"{ "name": "Billing", "color": "#22c55e", "description": "Invoices, refunds and plans" }"##;
}

crate::input! {
    /// A change of a category.
    pub struct CategoryPatch {
        /// Display name; the key stays.
        name "name": change Name,
        /// Color for badges.
        color "color": change Color,
        /// What it is for.
        description "description": patch Description,
        /// The key never changes: another one is refused.
        key "key": change Reference,
    }
    example r#"{ "name": "Billing and plans" }"#;
}

crate::input! {
    /// The display order of all categories.
    pub struct CategoryOrder {
        /// Every category of the brand once: ids or keys.
        category_ids "categoryIds": required Each<Reference, 1000>,
    }
    example r#"{ "categoryIds": ["billing", "technical", "feature_requests"] }"#;
}

crate::input! {
    /// What becomes of the tickets of a deleted category.
    pub struct CategoryReplacement {
        /// The category that they get, by id or key; none when left out.
        replacement_category_id "replacementCategoryId": optional Reference,
    }
    example r#"{ "replacementCategoryId": "technical" }"#;
}

/// How many tickets a category has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryCount {
    /// Tickets that are neither spam nor deleted.
    pub ticket_count: i64,
    /// Those of them whose status is active.
    pub active_count: i64,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Its color.
    pub color: String,
}

/// How many tickets each category has, by the category's id.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(transparent)]
pub struct CategoryStats(pub BTreeMap<String, CategoryCount>);

#[cfg(test)]
mod tests {
    use super::key_of_name;

    #[test]
    fn a_key_is_the_slug_of_the_name() {
        for (name, key) in [
            ("Billing", "billing"),
            ("  Café & Crème  ", "cafe_creme"),
            ("2nd level", "c_2nd_level"),
            ("___", "category"),
            ("日本", "category"),
            ("All", "all_2"),
            ("null", "null_2"),
        ] {
            assert_eq!(key_of_name(name, |_| false), key, "{name}");
        }
    }

    #[test]
    fn a_key_that_is_taken_gets_a_number_and_never_grows_too_long() {
        assert_eq!(key_of_name("Billing", |key| ["billing", "billing_2"].contains(&key)), "billing_3");
        let long = "a".repeat(49) + "-bc";
        assert_eq!(key_of_name(&long, |_| false), "a".repeat(49), "the underscore at the cut goes");
        assert_eq!(key_of_name(&long, |key| key.len() == 49), "a".repeat(48) + "_2");
    }
}

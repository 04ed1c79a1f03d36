//! The category and the tags of a ticket, as requests name them (API 5.3).

use std::sync::Arc;

use dispatch_model::{
    BrandId, Errors, TagId,
    category::Category,
    event::Act,
    fold::folded,
    id::{self, IdKind},
    limits::{TAGS_MAX, TICKET_TAGS_MAX},
    status::DEFAULT_COLOR,
    tag::Tag,
    text::{Name, Reference},
    ticket::{NewTicket, TicketPatch},
};
use dispatch_store::{self as store, Tx};

use crate::{
    Result,
    error::{conflict, invalid},
    payload,
};

/// The category with this id or key; what is wrong is added to `errors`.
pub(crate) async fn category(
    tx: &Tx,
    brand: &BrandId,
    text: &Reference,
    errors: &mut Errors,
) -> Result<Option<Arc<Category>>> {
    let found = match store::categories::by_id(tx, brand, text).await? {
        Some(found) => Some(found),
        None => store::categories::by_key(tx, brand, text).await?,
    };
    if found.is_none() {
        errors.push("categoryId", "unknown category");
    }
    Ok(found.map(Arc::new))
}

/// The tags that a request names, in its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TagWords<'a> {
    pub(crate) ids: Option<&'a [Reference]>,
    pub(crate) names: Option<&'a [Name]>,
    pub(crate) add: &'a [Reference],
    pub(crate) remove: &'a [Reference],
}

impl<'a> TagWords<'a> {
    pub(crate) fn of(patch: &'a TicketPatch) -> Self {
        Self {
            ids: patch.tag_ids.as_ref().map(|list| list.0.as_slice()),
            names: patch.tags.as_ref().map(|list| list.0.as_slice()),
            add: patch.add_tag_ids.as_ref().map_or(&[], |list| &list.0),
            remove: patch.remove_tag_ids.as_ref().map_or(&[], |list| &list.0),
        }
    }

    pub(crate) fn of_new(new: &'a NewTicket) -> Self {
        Self {
            ids: new.tag_ids.as_ref().map(|list| list.0.as_slice()),
            names: new.tags.as_ref().map(|list| list.0.as_slice()),
            ..Self::default()
        }
    }
}

/// What became of the words: tags that are there, and names that are not.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Whether the whole list is replaced.
    replaces: bool,
    /// The field of the request that is named when there are too many.
    field: &'static str,
    known: Vec<Arc<Tag>>,
    new_names: Vec<String>,
    add: Vec<Arc<Tag>>,
    remove: Vec<TagId>,
}

impl Wanted {
    /// The tags of the whole list that are there.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Arc<Tag>> {
        self.known.iter()
    }

    /// Takes out what is no name but the id of a tag that is gone: nobody means a tag of that name.
    pub(crate) fn forget_ids(&mut self) {
        self.new_names.retain(|name| id::decode(TagId::PREFIX, name).is_none());
    }

    /// Names that no tag has yet.
    pub(crate) fn new_names(&self) -> &[String] {
        &self.new_names
    }
}

/// Looks the tags up; what is wrong is added to `errors`. Nothing is created yet.
pub(crate) async fn wanted(tx: &Tx, brand: &BrandId, words: &TagWords<'_>, errors: &mut Errors) -> Result<Wanted> {
    let texts = [words.ids.unwrap_or_default(), words.add, words.remove];
    let names = words.names.unwrap_or_default();
    let ids: Vec<TagId> = texts
        .iter()
        .flat_map(|list| list.iter().map(|text| TagId::from(&**text)))
        .chain(names.iter().map(|name| TagId::from(&**name)))
        .collect();
    let field = match words {
        TagWords { ids: Some(_), .. } => "tagIds",
        TagWords { names: Some(_), .. } => "tags",
        _ => "addTagIds",
    };
    let mut wanted = Wanted { replaces: words.ids.is_some() || words.names.is_some(), field, ..Wanted::default() };
    if ids.is_empty() {
        return Ok(wanted);
    }
    let by_id: Vec<Arc<Tag>> = store::tags::by_ids(tx, brand, &ids).await?.into_iter().map(Arc::new).collect();
    let mut find = |list: &[Reference], field: &str| -> Vec<Arc<Tag>> {
        let mut found = Vec::new();
        for (at, text) in list.iter().enumerate() {
            match by_id.iter().find(|tag| tag.id.as_str() == &**text) {
                Some(tag) => found.push(tag.clone()),
                None => errors.push(format!("{field}[{at}]"), "unknown tag"),
            }
        }
        found
    };
    wanted.known = find(words.ids.unwrap_or_default(), "tagIds");
    wanted.add = find(words.add, "addTagIds");
    wanted.remove = find(words.remove, "removeTagIds").into_iter().map(|tag| tag.id.clone()).collect();
    let keys: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let by_name: Vec<Arc<Tag>> = if keys.is_empty() {
        Vec::new()
    } else {
        store::tags::by_names(tx, brand, &keys).await?.into_iter().map(Arc::new).collect()
    };
    for (name, key) in names.iter().zip(keys) {
        let known = by_id
            .iter()
            .find(|tag| tag.id.as_str() == &**name)
            .or_else(|| by_name.iter().find(|tag| folded(&tag.name) == key));
        match known {
            Some(tag) => wanted.known.push(tag.clone()),
            None if wanted.new_names.iter().any(|known| folded(known) == key) => {}
            None => wanted.new_names.push((**name).to_owned()),
        }
    }
    Ok(wanted)
}

/// The tags of a ticket after the request; new names become tags.
pub(crate) async fn applied(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    old: &[Arc<Tag>],
    wanted: Wanted,
) -> Result<Vec<Arc<Tag>>> {
    let Wanted { replaces, field, known, new_names, add, remove } = wanted;
    let mut all: Vec<Arc<Tag>> = if replaces { known } else { old.to_vec() };
    all.extend(created(tx, act, brand, new_names).await?);
    all.extend(add);
    all.retain(|tag| !remove.contains(&tag.id));
    all.sort_by_cached_key(|tag| (folded(&tag.name), tag.id.clone()));
    all.dedup_by(|one, two| one.id == two.id);
    if all.len() > TICKET_TAGS_MAX {
        return Err(invalid(field, format!("a ticket has at most {TICKET_TAGS_MAX} tags")));
    }
    Ok(all)
}

/// New tags with these names.
pub(crate) async fn created(tx: &Tx, act: &Act, brand: &BrandId, names: Vec<String>) -> Result<Vec<Arc<Tag>>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let there = store::tags::count(tx, brand).await?;
    if there + i64::try_from(names.len()).unwrap_or(i64::MAX) > TAGS_MAX {
        return Err(conflict(format!("The brand has {TAGS_MAX} tags, which is the limit.")));
    }
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        let tag = Tag {
            id: act.mint.id(),
            brand_id: brand.clone(),
            name,
            color: DEFAULT_COLOR.to_owned(),
            created_at: act.at,
            updated_at: act.at,
        };
        store::tags::insert(tx, &tag).await?;
        tx.record(act, brand, payload::object("tag.created", tag.id.as_str(), "tag", &tag, None));
        all.push(Arc::new(tag));
    }
    Ok(all)
}

//! What automations name and is another one now: they name that one from then on (API 11, 12, 13).

use dispatch_model::{
    BrandId,
    automation::{Action, Cond, Field},
    fold::folded,
};
use dispatch_store::{self as store, Tx};
use serde_json::Value;

use crate::Result;

/// What took the place of what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Replaced<'a> {
    /// The field of conditions that holds its id, and the one that holds its word: a key or a name.
    pub(crate) fields: [&'a Field; 2],
    /// The id and the word that are gone.
    pub(crate) old: [&'a str; 2],
    /// The id and the word instead of them.
    pub(crate) new: [&'a str; 2],
}

impl Replaced<'_> {
    /// Names the new one in a text that named the old one: by its id, or by its word in any case.
    fn text(&self, text: &mut String) {
        let [id, word] = self.old;
        if text == id {
            self.new[0].clone_into(text);
        } else if folded(text) == folded(word) {
            self.new[1].clone_into(text);
        }
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            _ => {}
        }
    }

    fn condition(&self, condition: &mut Cond) {
        if self.fields.contains(&&condition.field)
            && let Some(value) = &mut condition.value
        {
            self.value(value);
        }
    }

    fn action(&self, action: &mut Action) {
        let tags = *self.fields[0] == Field::TagIds;
        match action {
            Action::SetCategory { category_id: Some(text) } if !tags => self.text(text),
            Action::AddTags { tags: names } | Action::RemoveTags { tags: names } if tags => {
                names.iter_mut().for_each(|name| self.text(name));
            }
            _ => {}
        }
    }
}

/// Lets every automation of a brand that names the old one name the new one. A brand has few automations
/// (`AUTOMATIONS_MAX`); those that do not name it are not written.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn follow(tx: &Tx, brand: &BrandId, replaced: Replaced<'_>) -> Result<()> {
    for old in store::automations::all(tx, brand).await? {
        let mut new = old.clone();
        let conditions = &mut new.automation.conditions;
        conditions.all.iter_mut().chain(&mut conditions.any).for_each(|condition| replaced.condition(condition));
        new.automation.actions.iter_mut().for_each(|action| replaced.action(action));
        if new.automation.conditions != old.automation.conditions || new.automation.actions != old.automation.actions {
            store::automations::update(tx, &new).await?;
        }
    }
    Ok(())
}

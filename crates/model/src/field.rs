//! Definitions of custom fields (API 14): how `customFields` of tickets, customers and companies are shown and asked for.
//! They never refuse a value.

use serde::Serialize;
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    Errors, FieldId, JsonText, Timestamp,
    input::{Parse, schema},
    limits::{FIELD_DEFAULT_BYTES_MAX, FIELD_OPTIONS_MAX},
    text::{Description, Each, FieldKey, List, Name, Reference, Text, refuse_nul},
};

crate::text_enum! {
    /// What a custom field belongs to.
    pub enum FieldEntity {
        /// Tickets.
        Ticket = "ticket",
        /// Customers.
        Customer = "customer",
        /// Companies.
        Company = "company",
    }
}

impl FieldEntity {
    /// All of them, in the order of the contract.
    pub const EVERY: [Self; 3] = [Self::Ticket, Self::Customer, Self::Company];
}

crate::text_enum! {
    /// What a custom field holds.
    pub enum FieldType {
        /// A text.
        Text = "text",
        /// A number.
        Number = "number",
        /// True or false.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// One of the options.
        Select = "select",
        /// Some of the options.
        Multiselect = "multiselect",
        /// An address.
        Url = "url",
        /// A list.
        Array = "array",
        /// An object.
        Object = "object",
    }
}

impl FieldType {
    /// Whether it cannot do without options.
    #[must_use]
    pub const fn needs_options(self) -> bool {
        matches!(self, Self::Select | Self::Multiselect)
    }
}

/// The definition of a custom field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldDefinition {
    /// Its id.
    pub id: FieldId,
    /// What it belongs to.
    pub entity: FieldEntity,
    /// Its name in `customFields`; never changes.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it holds; never changes.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether dashboard and forms insist on a value.
    pub required: bool,
    /// Any JSON that a form begins with.
    #[schema(value_type = Option<Value>)]
    pub default_value: Option<JsonText>,
    /// What it is for.
    pub description: Option<String>,
    /// What stands in an empty input.
    pub placeholder: Option<String>,
    /// What can be chosen.
    pub options: Vec<String>,
    /// Whether dialogs and forms for something new show it.
    pub show_on_create: bool,
    /// Whether lists show it.
    pub show_in_table: bool,
    /// Whether the page of one thing shows it.
    pub show_in_detail: bool,
    /// Whether any of these three shows it.
    pub visible: bool,
    /// Place in the display order, from 0.
    pub sort_order: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl FieldDefinition {
    /// Applies what a body says about where it is shown: `visible` is for all three, then each for itself.
    pub fn show(
        &mut self,
        visible: Option<bool>,
        on_create: Option<bool>,
        in_table: Option<bool>,
        in_detail: Option<bool>,
    ) {
        self.show_on_create = on_create.or(visible).unwrap_or(self.show_on_create);
        self.show_in_table = in_table.or(visible).unwrap_or(self.show_in_table);
        self.show_in_detail = in_detail.or(visible).unwrap_or(self.show_in_detail);
        self.visible = self.show_on_create || self.show_in_table || self.show_in_detail;
    }
}

/// The definitions of a brand by what they belong to, each list in its display order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldDefinitions {
    /// Those of tickets.
    pub ticket: Vec<FieldDefinition>,
    /// Those of customers.
    pub customer: Vec<FieldDefinition>,
    /// Those of companies.
    pub company: Vec<FieldDefinition>,
}

impl FieldDefinitions {
    /// Sorts definitions that stand in their display order under what they belong to.
    pub fn add(&mut self, field: FieldDefinition) {
        match field.entity {
            FieldEntity::Ticket => self.ticket.push(field),
            FieldEntity::Customer => self.customer.push(field),
            FieldEntity::Company => self.company.push(field),
        }
    }
}

/// A default value: any JSON of at most 4 KB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultValue(pub JsonText);

impl Parse for DefaultValue {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let before = errors.len();
        refuse_nul(&value, at, errors);
        let text = JsonText::of(&value);
        if text.as_str().len() > FIELD_DEFAULT_BYTES_MAX {
            errors.push(at, "must have at most 4 KB");
        }
        (errors.len() == before).then_some(Self(text))
    }

    fn schema() -> RefOr<Schema> {
        schema::any()
    }
}

/// The choices of a custom field, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options(pub Vec<String>);

impl Parse for Options {
    fn parse(value: Value, at: &str, errors: &mut Errors) -> Option<Self> {
        let all: Vec<String> =
            List::<Name, FIELD_OPTIONS_MAX>::parse(value, at, errors)?.0.into_iter().map(String::from).collect();
        let before = errors.len();
        for (index, option) in all.iter().enumerate() {
            if all[..index].contains(option) {
                errors.push(format!("{at}[{index}]"), "repeated");
            }
        }
        (errors.len() == before).then_some(Self(all))
    }

    fn schema() -> RefOr<Schema> {
        schema::unique(List::<Name, FIELD_OPTIONS_MAX>::schema())
    }
}

/// What stands in an empty input.
pub type Placeholder = Text<0, 200>;

crate::input! {
    /// A new definition of a custom field.
    pub struct NewField {
        /// Its name in `customFields`; never changes.
        key "key": required FieldKey,
        /// What people call it.
        label "label": required Name,
        /// What it holds; never changes.
        kind "type": required FieldType,
        /// Whether dashboard and forms insist on a value; false when left out.
        required "required": optional bool,
        /// Any JSON that a form begins with.
        default_value "defaultValue": optional DefaultValue,
        /// What it is for.
        description "description": optional Description,
        /// What stands in an empty input.
        placeholder "placeholder": optional Placeholder,
        /// What can be chosen; select and multiselect need at least one.
        options "options": optional Options,
        /// Whether dialogs and forms for something new show it; true when left out.
        show_on_create "showOnCreate": optional bool,
        /// Whether lists show it; true when left out.
        show_in_table "showInTable": optional bool,
        /// Whether the page of one thing shows it; true when left out.
        show_in_detail "showInDetail": optional bool,
        /// Sets those of the three that are left out.
        visible "visible": optional bool,
    }
    rule r#"{
        "if": { "properties": { "type": { "enum": ["select", "multiselect"] } } },
        "then": { "required": ["options"], "properties": { "options": { "type": "array", "items": {}, "minItems": 1 } } }
    }"#;
    example r#"{
        "key": "orderId",
        "label": "Order",
        "type": "text",
        "placeholder": "ORD-1234",
        "showInTable": false
    }"#;
}

crate::input! {
    /// A change of a definition of a custom field.
    pub struct FieldPatch {
        /// What people call it.
        label "label": change Name,
        /// Whether dashboard and forms insist on a value.
        required "required": change bool,
        /// Any JSON that a form begins with.
        default_value "defaultValue": patch DefaultValue,
        /// What it is for.
        description "description": patch Description,
        /// What stands in an empty input.
        placeholder "placeholder": patch Placeholder,
        /// What can be chosen.
        options "options": change Options,
        /// Whether dialogs and forms for something new show it.
        show_on_create "showOnCreate": change bool,
        /// Whether lists show it.
        show_in_table "showInTable": change bool,
        /// Whether the page of one thing shows it.
        show_in_detail "showInDetail": change bool,
        /// Sets those of the three that are left out.
        visible "visible": change bool,
        /// The key never changes: another one is refused.
        key "key": change Reference,
        /// The type never changes: another one is refused.
        kind "type": change FieldType,
    }
    example r#"{ "label": "Order number", "required": true }"#;
}

crate::input! {
    /// The display order of the definitions of one entity.
    pub struct FieldOrder {
        /// Every key once.
        keys "keys": required Each<Reference, 400>,
    }
    example r#"{ "keys": ["orderId", "plan"] }"#;
}

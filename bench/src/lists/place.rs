//! The brand that is asked about, and the ids of what its questions name.

use serde_json::Value;

use crate::api::Api;
use crate::error::Result;
use crate::load::brands::text;
use crate::scale::ground::Ground;
use crate::scale::{fill, shape};

/// One brand of a filled database.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path.
    pub brand: String,
    /// A member with tickets.
    pub member: String,
    /// A customer with 30 tickets.
    pub customer: String,
    /// A company.
    pub company: String,
    /// A tag of many tickets.
    pub common_tag: String,
    /// A tag of few.
    pub rare_tag: String,
    /// From here to there the middle tenth of the tickets was created.
    pub created: (String, String),
    /// A value of a custom field that one ticket has.
    pub order: String,
}

impl Place {
    /// Looks everything up through the API.
    pub async fn find(api: &mut Api, ground: &Ground) -> Result<Self> {
        let id = ground.brand_ids.first().ok_or("the filled database has no brands")?;
        let brand = format!("/v1/brands/{id}");
        let each = ground.tickets / ground.brand_ids.len();
        let email = shape::customer_email(shape::BUSY_CUSTOMER);
        let customers = get(api, &format!("{brand}/customers?email={email}")).await?;
        let companies = get(api, &format!("{brand}/companies?limit=100")).await?;
        let tags = get(api, &format!("{brand}/tags")).await?;
        let [from, to] = [each * 45 / 100, each * 55 / 100];
        Ok(Self {
            member: ground.member_ids.first().ok_or("the filled database has no members")?.clone(),
            customer: named(&customers["data"], "email", &email)?,
            company: named(&companies["data"], "domain", &shape::company_domain(0))?,
            common_tag: named(&tags, "name", &shape::tag_name(0))?,
            rare_tag: named(&tags, "name", &shape::tag_name(shape::TAGS - 1))?,
            created: (created(api, &brand, from).await?, created(api, &brand, to).await?),
            order: fill::order_id(each / 2),
            brand,
        })
    }
}

/// The time of creation of the n-th ticket of a brand.
async fn created(api: &mut Api, brand: &str, place: usize) -> Result<String> {
    let ticket = get(api, &format!("{brand}/tickets/DT-{}", FIRST_NUMBER + place)).await?;
    text(&ticket, "createdAt")
}

/// The number of the first ticket of a brand.
const FIRST_NUMBER: usize = 1_001;

async fn get(api: &mut Api, path: &str) -> Result<Value> {
    api.get(path).await?.expect_success(path)?.json()
}

fn named(list: &Value, field: &str, value: &str) -> Result<String> {
    let found = list.as_array().and_then(|items| items.iter().find(|item| item[field] == value));
    text(found.ok_or_else(|| format!("nothing has the {field} {value}"))?, "id")
}

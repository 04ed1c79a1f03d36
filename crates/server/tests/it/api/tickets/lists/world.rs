//! Brands with random tickets, written past the API: few different values, so that many are the same.

use std::collections::HashMap;

use dispatch_testkit::TestApp;
use proptest::prelude::*;
use serde_json::json;

use crate::api::{given, labels::execute};

/// Key, whether it is active; the last one is replaced by `doing` once its tickets are there.
pub const STATUSES: [(&str, bool); 7] = [
    ("open", true),
    ("pending", true),
    ("resolved", false),
    ("closed", false),
    ("doing", true),
    ("parked", false),
    ("old", false),
];
pub const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];
pub const SOURCES: [&str; 3] = ["api", "sms", "web"];
pub const SOURCE_IDS: [&str; 2] = ["m1", "m2"];
pub const CREATORS: [&str; 2] = ["ann", "bo"];
pub const TITLES: [&str; 8] = ["b", "B", "a", "Ä", "ä", "Z", "straße", "日本"];
pub const PLANS: [&str; 3] = ["pro", "7", "true"];
/// Key and name; a ticket may also have one that became the first, or one that became none.
pub const CATEGORIES: [(&str, &str); 3] = [("billing", "Billing"), ("apples", "apples"), ("zoo", "Zoo")];
/// Tags that there are; a ticket may also have one that became the first, or one that became none.
pub const TAGS: usize = 3;
/// The last one is deleted.
pub const COMPANIES: [&str; 4] = ["Zeta", "alpha", "ALPHA", "gone"];
/// Address, name, company, whether deleted.
pub const CUSTOMERS: [(&str, Option<&str>, Option<usize>, bool); 9] = [
    ("a@x.example", Some("Ana"), Some(0), false),
    ("b@x.example", Some("ana"), Some(1), false),
    ("c@x.example", None, Some(2), false),
    ("d@x.example", Some("Éva"), None, false),
    ("e@x.example", Some("zoe"), Some(3), false),
    ("f@x.example", Some("Bob"), Some(0), true),
    ("f@x.example", None, Some(1), false),
    ("g@y.example", Some("gus"), None, false),
    ("h@y.example", None, None, false),
];
/// Joins [`JOINED`] by its domain, which its row does not say yet.
pub const JOINING: usize = 7;
pub const JOINED: usize = 1;
/// Of the same domain, but its row is younger: it has no company.
const YOUNGER: usize = 8;
/// Address and display name of members, the last of whom is gone; then addresses outside.
pub const ASSIGNEES: [(&str, Option<&str>); 6] = [
    ("ana@m.example", Some("Ana")),
    ("bo@m.example", None),
    ("cy@m.example", Some("TEAM@x.example")),
    ("gone@m.example", Some("Gone")),
    ("team@x.example", None),
    ("zed@x.example", None),
];
pub const MEMBERS: usize = 4;
pub const GONE: usize = 3;
/// A moment around the present of every test.
pub const NOW: i64 = 1_767_323_045_678;

/// A ticket.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub number: i64,
    pub created: i64,
    pub updated: i64,
    pub due: Option<i64>,
    pub status: usize,
    pub priority: usize,
    pub assignee: Option<usize>,
    pub customer: Option<usize>,
    pub category: Option<usize>,
    pub tags: Vec<usize>,
    pub source: usize,
    pub source_id: Option<usize>,
    pub creator: Option<usize>,
    pub title: usize,
    pub plan: Option<usize>,
    pub attachments: bool,
    pub merged: bool,
    pub spam: bool,
    pub deleted: bool,
}

/// What a ticket is made of.
pub fn seed() -> impl Strategy<Value = [u8; 24]> {
    any::<[u8; 24]>()
}

impl Row {
    /// The ticket that comes of these numbers, the `index`-th of its brand.
    pub fn of(seed: &[u8; 24], brand: &str, index: usize) -> Self {
        let of = |at: usize, count: usize| usize::from(seed[at]) % count;
        let maybe = |at: usize, count: usize| {
            let found = of(at, count + 1);
            (found < count).then_some(found)
        };
        let moment = |at: usize| NOW - 3_000 + 1_000 * i64::try_from(of(at, 7)).expect("few");
        let number = i64::try_from(index).expect("few") + 5_001;
        Self {
            // Neither in the order of the numbers nor in that of the brands.
            id: format!("tkt_{:02x}{:02x}{brand}{number}", seed[0], seed[1]),
            number,
            created: moment(2),
            updated: moment(3),
            due: maybe(4, 6).map(|_| moment(5)),
            status: of(6, STATUSES.len()),
            priority: of(7, PRIORITIES.len()),
            assignee: maybe(8, ASSIGNEES.len()),
            customer: maybe(9, CUSTOMERS.len()),
            category: maybe(10, CATEGORIES.len() + 2),
            tags: (0..TAGS + 2).filter(|tag| seed[11] & (1 << tag) != 0 && seed[12] & 1 == 0).collect(),
            source: of(13, SOURCES.len()),
            source_id: maybe(14, SOURCE_IDS.len()),
            creator: maybe(15, CREATORS.len()),
            title: of(16, TITLES.len()),
            plan: maybe(17, PLANS.len()),
            attachments: of(18, 4) == 0,
            merged: of(19, 5) == 0,
            spam: of(20, 6) == 0,
            deleted: of(21, 8) == 0,
        }
    }

    pub fn live(&self) -> bool {
        !self.spam && !self.deleted
    }
}

/// A brand and its tickets.
#[derive(Debug)]
pub struct World {
    /// Its path.
    pub brand: String,
    /// Its slug, in the ids of everything that it has.
    pub slug: String,
    pub rows: Vec<Row>,
    /// The place of each status in the order of display.
    pub order: HashMap<String, i64>,
    /// The ids of the members.
    pub members: Vec<String>,
}

fn or_null(value: Option<String>) -> String {
    value.map_or_else(|| "NULL".to_owned(), |value| format!("'{value}'"))
}

/// The members of every world; the last of them is no member any more.
pub async fn members(app: &TestApp) -> Vec<String> {
    let mut ids = Vec::new();
    for (email, name) in &ASSIGNEES[..MEMBERS] {
        let id = given::member(app, email, name.unwrap_or("-"), &[]).await;
        let name = or_null(name.map(str::to_owned));
        execute(app, &format!("UPDATE member SET display_name = {name} WHERE id = '{id}'")).await;
        ids.push(id);
    }
    execute(app, &format!("UPDATE member SET status = 'removed' WHERE id = '{}'", ids[GONE])).await;
    ids
}

impl World {
    pub async fn new(app: &TestApp, slug: &str, members: &[String], seeds: &[[u8; 24]]) -> Self {
        let brand = app.brand(slug).await;
        for (key, active) in &STATUSES[4..] {
            given::status(app, &brand, key, *active).await;
        }
        let known = app.get(&format!("{brand}/statuses")).await.ok();
        let ids: HashMap<&str, &str> = known
            .as_array()
            .expect("statuses")
            .iter()
            .map(|one| (given::text(one, "key"), given::text(one, "id")))
            .collect();
        let rows = seeds.iter().enumerate().map(|(index, seed)| Row::of(seed, slug, index)).collect();
        let mut world = Self {
            brand: brand.clone(),
            slug: slug.to_owned(),
            rows,
            order: HashMap::new(),
            members: members.to_vec(),
        };
        world.labels(app, &ids).await;
        world.tickets(app, &ids).await;
        let id = world.brand_id();
        execute(app, &format!("DELETE FROM ticket_count WHERE brand_id = '{id}'")).await;
        execute(
            app,
            &format!(
            "INSERT INTO ticket_count (brand_id, status_id, live, total) SELECT brand_id, status_id,
            count(CASE WHEN live THEN 1 END), count(*) FROM ticket WHERE brand_id = '{id}' GROUP BY brand_id, status_id"
        ),
        )
        .await;
        let replaced = json!({ "replacementStatusId": "doing" });
        let gone = app.call(&app.key, "DELETE", &format!("{brand}/statuses/old"), replaced).await;
        assert!(gone.status.is_success(), "{}", gone.text);
        for status in app.get(&format!("{brand}/statuses")).await.ok().as_array().expect("statuses") {
            world.order.insert(given::text(status, "key").to_owned(), status["sortOrder"].as_i64().expect("a number"));
        }
        world
    }

    pub fn brand_id(&self) -> &str {
        self.brand.trim_start_matches("/brands/")
    }

    pub fn id(&self, prefix: &str, index: usize) -> String {
        format!("{prefix}_{}{index}", self.slug)
    }

    /// What is stored for an assignee.
    fn assignee(&self, index: usize) -> String {
        self.members.get(index).cloned().unwrap_or_else(|| ASSIGNEES[index].0.to_owned())
    }

    /// Categories, tags, companies, customers, and what is being rewritten.
    async fn labels(&self, app: &TestApp, statuses: &HashMap<&str, &str>) {
        let brand = self.brand_id();
        for (index, (key, name)) in CATEGORIES.iter().enumerate() {
            let (id, folded) = (self.id("cat", index), name.to_lowercase());
            execute(
                app,
                &format!(
                "INSERT INTO category (brand_id, id, name, name_key, key, color, sort_order, created_at, updated_at)
                VALUES ('{brand}', '{id}', '{name}', '{folded}', '{key}', '#6b7280', 0, 0, 0)"
            ),
            )
            .await;
        }
        for index in 0..TAGS {
            let id = self.id("tag", index);
            execute(
                app,
                &format!(
                    "INSERT INTO tag (brand_id, id, name, name_key, color, created_at, updated_at)
                VALUES ('{brand}', '{id}', '{id}', '{id}', '#6b7280', 0, 0)"
                ),
            )
            .await;
        }
        for (index, name) in COMPANIES.iter().enumerate() {
            let (id, folded, deleted) =
                (self.id("co", index), name.to_lowercase(), if index == 3 { "1" } else { "NULL" });
            execute(app, &format!(
                "INSERT INTO company (brand_id, id, name, name_key, metadata, settings, created_at, updated_at, deleted_at)
                VALUES ('{brand}', '{id}', '{name}', '{folded}', '{{}}', '{{}}', 0, 0, {deleted})"
            )).await;
        }
        for (index, (email, name, company, is_deleted)) in CUSTOMERS.iter().enumerate() {
            let (id, sort_key) = (self.id("cus", index), name.unwrap_or(email).to_lowercase());
            let younger = (index == YOUNGER).then(|| "rw_y.example".to_owned());
            let company = or_null(company.map(|company| self.id("co", company)).or(younger));
            let domain = email.split('@').next_back().expect("one");
            let (name, deleted) = (or_null(name.map(str::to_owned)), if *is_deleted { "1" } else { "NULL" });
            execute(
                app,
                &format!(
                "INSERT INTO customer (brand_id, id, email, domain, name, sort_key, company_id, custom_fields, metadata,
                    notify_email, is_blocked, created_at, updated_at, deleted_at)
                VALUES ('{brand}', '{id}', '{email}', '{domain}', {name}, '{sort_key}', {company}, '{{}}', '{{}}',
                    TRUE, FALSE, 0, 0, {deleted})"
            ),
            )
            .await;
        }
        let (category, tag) = (self.id("cat", 0), self.id("tag", 0));
        let active: Vec<&str> =
            STATUSES.iter().filter(|(key, active)| *active || *key == "old").map(|(key, _)| statuses[key]).collect();
        for (kind, subject, target) in [
            ("category", self.id("cat", 3), Some(category)),
            ("category", self.id("cat", 4), None),
            ("tag", self.id("tag", TAGS), Some(tag)),
            ("tag", self.id("tag", TAGS + 1), None),
            ("member", self.members[GONE].clone(), Some(active.join(" "))),
            ("domain", "y.example".to_owned(), Some(self.id("co", JOINED))),
        ] {
            let target = or_null(target);
            execute(
                app,
                &format!(
                    "INSERT INTO rewrite (brand_id, id, kind, subject, target, created_at)
                VALUES ('{brand}', 'rw_{subject}', '{kind}', '{subject}', {target}, 0)"
                ),
            )
            .await;
        }
        execute(app, &format!("UPDATE brand SET rewriting = TRUE WHERE id = '{brand}'")).await;
    }

    async fn tickets(&self, app: &TestApp, statuses: &HashMap<&str, &str>) {
        let brand = self.brand_id();
        let (mut tickets, mut tags, mut fields) = (Vec::new(), Vec::new(), Vec::new());
        for row in &self.rows {
            let listed: Vec<String> = row.tags.iter().map(|tag| self.id("tag", *tag)).collect();
            tags.extend(listed.iter().map(|tag| format!("('{brand}', '{tag}', '{}')", row.id)));
            fields.extend(row.plan.map(|plan| format!("('{brand}', 'plan', '{}', '{}')", PLANS[plan], row.id)));
            let title = TITLES[row.title];
            let values = [
                format!("'{}'", row.id),
                row.number.to_string(),
                "'DT'".to_owned(),
                row.live().to_string(),
                format!("'{}'", statuses[STATUSES[row.status].0]),
                row.priority.to_string(),
                or_null(row.assignee.map(|index| self.assignee(index))),
                or_null(row.customer.map(|index| self.id("cus", index))),
                or_null(row.category.map(|index| self.id("cat", index))),
                format!("'{}'", SOURCES[row.source]),
                or_null(row.source_id.map(|index| SOURCE_IDS[index].to_owned())),
                or_null(row.creator.map(|index| CREATORS[index].to_owned())),
                or_null(row.merged.then(|| "tkt_target".to_owned())),
                i64::from(row.attachments).to_string(),
                row.spam.to_string(),
                row.due.map_or_else(|| "NULL".to_owned(), |due| due.to_string()),
                row.created.to_string(),
                row.updated.to_string(),
                if row.deleted { "1".to_owned() } else { "NULL".to_owned() },
                format!("'{title}'"),
                format!("'{}'", title.to_lowercase()),
                format!("'{}'", json!(listed)),
                row.plan.map_or_else(|| "'{}'".to_owned(), |plan| format!("'{}'", json!({ "plan": PLANS[plan] }))),
            ];
            tickets.push(format!("('{brand}', 0, '[]', '[]', '{{}}', {})", values.join(", ")));
        }
        for (into, values) in [
            ("ticket (brand_id, comment_count, cc, links, metadata, id, number, prefix, live, status_id, priority, assignee,
                customer_id, category_id, source, source_id, created_by, merged_into_id, attachment_count, is_spam, due_at,
                created_at, updated_at, deleted_at, title, title_key, tag_ids, custom_fields)", tickets),
            ("ticket_tag (brand_id, tag_id, ticket_id)", tags),
            ("ticket_field (brand_id, key, value, ticket_id)", fields),
        ] {
            if !values.is_empty() {
                execute(app, &format!("INSERT INTO {into} VALUES {}", values.join(", "))).await;
            }
        }
    }
}

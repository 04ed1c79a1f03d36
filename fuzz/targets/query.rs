//! Whatever stands behind the question mark: it is read into bounded lists, and nothing of it is lost from sight.
#![no_main]

#[path = "../../crates/http/src/query.rs"]
mod query;

use dispatch_model::{
    Timestamp,
    input::{Errors, PREFIXED_MAX},
    limits::{ERRORS_MAX, QUERY_LIST_MAX},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (mut params, mut errors) = (query::params(text), Errors::default());
    let known = ["status", "limit", "cursor", "createdAfter", "createdBefore", "isSpam", "q", "customFields"];
    params.refuse_unknown(&known, &mut errors);
    if let Some(values) = params.list("status", &mut errors) {
        assert!((1..=QUERY_LIST_MAX).contains(&values.len()));
        assert!(values.iter().all(|value| !value.is_empty() && !value.contains('\0')));
    }
    let _limit: Option<i64> = params.parsed("limit", &mut errors);
    let _after: Option<Timestamp> = params.parsed("createdAfter", &mut errors);
    let _before: Option<Timestamp> = params.end_date("createdBefore", &mut errors);
    let _spam: Option<bool> = params.parsed("isSpam", &mut errors);
    for name in ["cursor", "q"] {
        if let Some(value) = params.one(name, &mut errors) {
            assert!(!value.is_empty() && !value.contains('\0'));
        }
    }
    assert!(params.prefixed("customFields.", &mut errors).len() <= PREFIXED_MAX);
    assert!(errors.len() <= ERRORS_MAX);
});

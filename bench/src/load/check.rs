//! The check at the end: the statistics of each brand must have grown by what was created.

use serde_json::Value;

use super::play::Played;
use crate::api::Api;
use crate::error::Result;

/// Tickets of each brand by `GET /v1/brands/{id}/statuses/stats`, summed over the statuses.
pub async fn ticket_counts(api: &mut Api, brand_ids: &[String]) -> Result<Vec<u64>> {
    let mut counts = Vec::with_capacity(brand_ids.len());
    for id in brand_ids {
        let answer = api.get(&format!("/v1/brands/{id}/statuses/stats")).await?;
        counts.push(sum(&answer.expect_success("reading statistics")?.json()?)?);
    }
    Ok(counts)
}

fn sum(stats: &Value) -> Result<u64> {
    let rows = stats.as_array().ok_or("the statistics are not a list")?;
    rows.iter().map(|row| row["count"].as_u64().ok_or_else(|| "a status has no count".into())).sum()
}

/// Prints a line per brand; true when every brand agrees.
pub fn compare(names: &[String], before: &[u64], after: &[u64], played: &Played) -> bool {
    let mut good = true;
    println!("statistics of the server:");
    for (brand, name) in names.iter().enumerate() {
        let sent = &played.brands[brand];
        let least = before[brand] + sent.created;
        let agrees = (least..=least + sent.uncertain).contains(&after[brand]);
        let verdict = if agrees { "ok" } else { "WRONG" };
        println!(
            "  {name:<12} {:>7} tickets, of which {} from this run, {} from an earlier one: {verdict}",
            after[brand], sent.created, sent.replayed
        );
        good &= agrees;
    }
    good
}

#[cfg(test)]
mod tests {
    use super::super::play::BrandCounts;
    use super::*;
    use serde_json::json;

    fn one_brand(created: u64, replayed: u64, uncertain: u64) -> Played {
        let mut played = Played::empty(1);
        played.brands[0] = BrandCounts { created, replayed, uncertain };
        played
    }

    #[test]
    fn counts_of_all_statuses_are_summed() {
        let stats = json!([{ "count": 3 }, { "count": 0 }, { "count": 4 }]);
        assert_eq!(sum(&stats).unwrap(), 7);
        assert!(sum(&json!([{ "number": 3 }])).is_err());
    }

    #[test]
    fn a_missing_or_a_doubled_ticket_is_noticed() {
        let names = ["airline".to_owned()];
        assert!(compare(&names, &[0], &[5], &one_brand(5, 0, 0)));
        assert!(compare(&names, &[5], &[5], &one_brand(0, 5, 0)));
        assert!(!compare(&names, &[5], &[10], &one_brand(0, 5, 0)));
        assert!(!compare(&names, &[0], &[4], &one_brand(5, 0, 0)));
        assert!(compare(&names, &[0], &[6], &one_brand(5, 1, 1)));
    }
}

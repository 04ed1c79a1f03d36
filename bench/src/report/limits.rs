//! The tables of limits.

use std::fmt::Write;

use crate::run::limits::Limits;

/// What the raw engine did.
pub fn tables(limits: &Limits) -> String {
    match limits {
        Limits::Sqlite { creates, list, .. } => {
            let mut text = String::from(
                "\nRaw SQLite in one process, one thread:\n\n\
                 | statements of | per commit | per second | CPU ms each |\n|---|--:|--:|--:|\n",
            );
            for raw in creates {
                let _ = writeln!(text, "| create | {} | {:.0} | {:.3} |", raw.batch, raw.rate(), raw.cpu_each_ms());
            }
            let _ = writeln!(
                text,
                "| list of 50, {} bytes of JSON | - | {:.0} | {:.3} |",
                list.json_bytes,
                list.rate(),
                list.cpu_ms()
            );
            text
        }
        Limits::Postgres { creates } => {
            let mut text = String::from(
                "\npgbench with an equivalent create, prepared and pipelined, on the same database:\n\n\
                 | clients | per second | average ms | database CPU ms each |\n|--:|--:|--:|--:|\n",
            );
            for raw in creates {
                let cpu = raw.postgres_cpu_ms.map_or_else(|| "-".to_owned(), |ms| format!("{ms:.3}"));
                let _ = writeln!(text, "| {} | {:.0} | {:.2} | {cpu} |", raw.clients, raw.rate, raw.latency_ms);
            }
            text
        }
    }
}

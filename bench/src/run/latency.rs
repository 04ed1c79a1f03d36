//! Latencies of a cell and their percentiles.

/// Percentiles in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Percentiles {
    /// Half of the requests were faster.
    pub p50_ms: f64,
    /// 99 of 100 requests were faster.
    pub p99_ms: f64,
}

/// Percentiles of `latencies_us` (microseconds), which is sorted on the way.
pub fn percentiles(latencies_us: &mut [u32]) -> Percentiles {
    latencies_us.sort_unstable();
    Percentiles { p50_ms: at(latencies_us, 50), p99_ms: at(latencies_us, 99) }
}

/// What `percent` of 100 sorted latencies (microseconds) do not exceed, in milliseconds.
pub fn at(sorted_us: &[u32], percent: usize) -> f64 {
    let place = (sorted_us.len() * percent).div_ceil(100).max(1) - 1;
    sorted_us.get(place).map_or(0.0, |latency| f64::from(*latency) / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_list() {
        let mut latencies: Vec<u32> = (1..=100).rev().map(|ms| ms * 1_000).collect();
        let found = percentiles(&mut latencies);
        assert_eq!((found.p50_ms, found.p99_ms), (50.0, 99.0));
        assert_eq!(percentiles(&mut [7_000]).p99_ms, 7.0);
        assert_eq!(percentiles(&mut []), Percentiles::default());
    }
}

//! Places for what is under way to others: so many in all, so many to one target, and for each brand no more than are left for
//! the others. A brand whose receivers hang takes half of them, two such brands two thirds: whoever comes next finds a place.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use dispatch_model::BrandId;

/// Brands without room that a question for more leaves out: those with the most under way.
const BRANDS_LEFT_OUT: usize = 16;

/// What is under way in this process.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    in_all: usize,
    per_target: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    brands: HashMap<BrandId, usize>,
    targets: HashMap<String, usize>,
}

/// Those for whom there is no room now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Full {
    pub(crate) brands: Vec<BrandId>,
    pub(crate) targets: Vec<String>,
}

impl Places {
    pub(crate) fn new(in_all: usize, per_target: usize) -> Self {
        Self { in_all, per_target, taken: Arc::default() }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is to be left out of the next look; nobody needs to look when there is no place at all.
    pub(crate) fn full(&self) -> Option<Full> {
        let taken = self.taken();
        let free = self.in_all.saturating_sub(taken.all);
        if free == 0 {
            return None;
        }
        let targets = taken.targets.iter().filter(|(_, count)| **count >= self.per_target);
        let targets = targets.map(|(target, _)| target.clone()).collect();
        let mut brands: Vec<_> = taken.brands.iter().filter(|(_, count)| **count >= free).collect();
        brands.sort_unstable_by(|one, other| other.1.cmp(one.1));
        let brands = brands.into_iter().take(BRANDS_LEFT_OUT).map(|(brand, _)| brand.clone()).collect();
        Some(Full { brands, targets })
    }

    /// Takes up to `most` places, as many as there are.
    pub(crate) fn take(&self, brand: &BrandId, target: &str, most: usize) -> usize {
        let mut taken = self.taken();
        let free = self.in_all.saturating_sub(taken.all);
        let held = taken.brands.get(brand).copied().unwrap_or(0);
        // Each place taken leaves one less for the others.
        let brand_room = free.saturating_sub(held).div_ceil(2);
        let target_room = self.per_target.saturating_sub(taken.targets.get(target).copied().unwrap_or(0));
        let room = most.min(brand_room).min(target_room);
        if room > 0 {
            taken.all += room;
            *taken.brands.entry(brand.clone()).or_default() += room;
            *taken.targets.entry(target.to_owned()).or_default() += room;
        }
        room
    }

    /// Gives places back.
    pub(crate) fn give_back(&self, brand: &BrandId, target: &str, places: usize) {
        let mut taken = self.taken();
        taken.all = taken.all.saturating_sub(places);
        if let Some(count) = taken.brands.get_mut(brand) {
            *count = count.saturating_sub(places);
        }
        if let Some(count) = taken.targets.get_mut(target) {
            *count = count.saturating_sub(places);
        }
        taken.brands.retain(|_, count| *count > 0);
        taken.targets.retain(|_, count| *count > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brand(name: &str) -> BrandId {
        BrandId(name.to_owned())
    }

    #[test]
    fn a_brand_leaves_as_much_as_it_takes() {
        let places = Places::new(256, 16);
        let taken =
            |name: &str| (0..50).map(|hook| places.take(&brand(name), &format!("{name}{hook}"), 16)).sum::<usize>();
        assert_eq!(taken("a"), 128);
        assert_eq!(taken("a"), 0, "its share is used up");
        assert_eq!(taken("b"), 64);
        assert!(taken("c") > 0 && taken("d") > 0, "whoever comes next finds a place");
        let full = places.full().expect("a place is left");
        assert!(full.brands.contains(&brand("a")) && full.targets.contains(&"a0".to_owned()));
    }

    #[test]
    fn a_target_has_so_many_and_they_come_back() {
        let places = Places::new(8, 2);
        assert_eq!([places.take(&brand("a"), "x", 5), places.take(&brand("a"), "x", 1)], [2, 0]);
        places.give_back(&brand("a"), "x", 2);
        assert_eq!(places.full(), Some(Full::default()));
        assert_eq!(places.take(&brand("a"), "x", 1), 1);
    }

    #[test]
    fn nobody_looks_when_there_is_no_place() {
        let places = Places::new(2, 2);
        assert_eq!((places.take(&brand("a"), "x", 2), places.take(&brand("b"), "y", 2)), (1, 1));
        assert_eq!(places.full(), None);
        places.give_back(&brand("a"), "x", 1);
        assert!(places.full().is_some());
    }
}

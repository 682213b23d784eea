//! The plan cut into parts that take about as long, for several machines.
//!
//! Every machine has to come to the same parts by itself, so they depend on nothing but the plan and the recorded durations.

/// The part that each item belongs to, counted from 0: the longest items first, each into the part that takes the least time
/// so far. `items` are names with durations in seconds; what is the same in both is interchangeable.
pub fn parts(items: &[(String, f64)], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)),
        _ => a.cmp(&b),
    });
    // Whole microseconds, so that sums do not depend on the order in which they are made.
    let mut loads = vec![0_u64; count.max(1)];
    let mut parts = vec![0; items.len()];
    for index in order {
        let part = (0..loads.len()).min_by_key(|&part| loads.get(part).copied()).unwrap_or(0);
        let duration = items.get(index).map_or(0.0, |item| item.1);
        if let (Some(load), Some(place)) = (loads.get_mut(part), parts.get_mut(index)) {
            *load = load.saturating_add((duration * 1e6) as u64);
            *place = part;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items() -> impl Strategy<Value = Vec<(String, f64)>> {
        prop::collection::vec(0.0..20.0_f64, 0..80).prop_map(|durations| {
            durations.into_iter().enumerate().map(|(index, duration)| (format!("case{index}"), duration)).collect()
        })
    }

    proptest! {
        #[test]
        fn every_item_is_in_one_part_and_none_is_too_long(items in items(), count in 1_usize..9) {
            let parts = parts(&items, count);
            prop_assert_eq!(parts.len(), items.len());
            prop_assert!(parts.iter().all(|&part| part < count));
            let load = |part| items.iter().zip(&parts).filter(|(_, at)| **at == part).map(|(item, _)| item.1).sum::<f64>();
            let total: f64 = items.iter().map(|item| item.1).sum();
            let longest = items.iter().map(|item| item.1).fold(0.0, f64::max);
            for part in 0..count {
                // What greedy scheduling guarantees, with something for rounding.
                prop_assert!(load(part) <= total / count as f64 + longest + 1e-3);
            }
        }

        #[test]
        fn the_order_of_the_plan_does_not_matter(items in items(), count in 1_usize..9) {
            let mut reversed = items.clone();
            reversed.reverse();
            let mut again = parts(&reversed, count);
            again.reverse();
            prop_assert_eq!(parts(&items, count), again);
        }
    }

    #[test]
    fn equal_durations_are_spread() {
        let items: Vec<_> = (0..6).map(|index| (format!("{index}"), 1.0)).collect();
        let parts = parts(&items, 3);
        for part in 0..3 {
            assert_eq!(parts.iter().filter(|&&at| at == part).count(), 2);
        }
    }
}

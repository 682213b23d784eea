//! Which cases a campaign has, in batches. It knows no verdict: the sequence is a pure function of the seed and the targets, so that
//! shards need nothing of each other, and a campaign that is interrupted goes on where it was.
//!
//! Batches come in rounds, in each of which every target has one batch, in an order drawn for the round: whatever part of the batches a
//! shard takes, it comes to all targets alike. How many cases a batch has depends on the target alone; slow targets have few, so that
//! each takes about as long.

use crate::fuzz::Target;
use crate::generate::case_seed;
use crate::report::campaign::Shard;

/// So many cases of a target, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its place in the sequence of all batches.
    pub number: u64,
    pub target: Target,
    /// The first case's place in the series.
    pub first: u64,
    pub count: u64,
}

/// The sequence of batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    seed: u64,
    /// In their order, each once.
    targets: Vec<Target>,
    shard: Shard,
    /// How many cases all shards have together.
    cases: u64,
}

impl Plan {
    /// The batches of these targets, or of this shard of them, until there are so many cases in all shards. Targets that are named
    /// twice, or in another order, change nothing.
    ///
    /// `None` if there are no targets, or there is no such shard.
    pub fn new(seed: u64, targets: &[Target], shard: Option<Shard>, cases: Option<u64>) -> Option<Self> {
        let targets: Vec<Target> = Target::ALL.into_iter().filter(|target| targets.contains(target)).collect();
        let shard = shard.unwrap_or(Shard { index: 1, count: 1 });
        let is_good = !targets.is_empty() && (1..=shard.count).contains(&shard.index);
        is_good.then_some(Self { seed, targets, shard, cases: cases.unwrap_or(u64::MAX) })
    }

    /// The targets, in their order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The seed of the series.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The `turn`-th batch of the shard, from 0; `None` if there are not so many.
    pub fn batch(&self, turn: u64) -> Option<Batch> {
        let number = turn.checked_mul(self.shard.count)?.checked_add(self.shard.index - 1)?;
        let round = number / self.targets.len() as u64;
        let order = self.order(round);
        let place = usize::try_from(number % self.targets.len() as u64).ok()?;
        let (before, rest) = order.split_at(place);
        let target = *rest.first()?;
        let of_round: u64 = order.iter().copied().map(batch_size).sum();
        let earlier = of_round.checked_mul(round)?.checked_add(before.iter().copied().map(batch_size).sum())?;
        let count = batch_size(target).min(self.cases.checked_sub(earlier)?);
        let first = round.checked_mul(batch_size(target))?;
        (count > 0).then_some(Batch { number, target, first, count })
    }

    /// The targets in the order of a round.
    fn order(&self, round: u64) -> Vec<Target> {
        let mut order = self.targets.clone();
        // Another series than that of the cases.
        let series = case_seed(!self.seed, round);
        for last in (1..order.len()).rev() {
            let other = case_seed(series, last as u64) % (last as u64 + 1);
            order.swap(last, other as usize);
        }
        order
    }
}

/// How many cases a batch of a target has: as many as take about as long as a batch of any other, twice as long where programs run.
pub fn batch_size(target: Target) -> u64 {
    match target {
        Target::Library | Target::Heap => 1024,
        Target::Chunk => 512,
        Target::Parse | Target::Bytecode => 256,
        Target::Roundtrip => 128,
        Target::Execute => 64,
        Target::Clone => 32,
        Target::Trace => 16,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn plan(shard: Option<Shard>, cases: Option<u64>) -> Plan {
        Plan::new(7, &Target::ALL, shard, cases).expect("there is such a plan")
    }

    fn batches(plan: &Plan) -> Vec<Batch> {
        (0..).map_while(|turn| plan.batch(turn)).collect()
    }

    /// Every case, as often as it is in a batch.
    fn cases(batches: &[Batch]) -> Vec<(&'static str, u64)> {
        batches
            .iter()
            .flat_map(|batch| (batch.first..batch.first + batch.count).map(|index| (batch.target.name(), index)))
            .collect()
    }

    #[test]
    fn every_target_goes_on_from_where_it_was() {
        let all = batches(&plan(None, Some(30_000)));
        for target in Target::ALL {
            let of_target: Vec<Batch> = all.iter().copied().filter(|batch| batch.target == target).collect();
            assert!(of_target.len() > 3, "{target}");
            let mut next = 0;
            for batch in of_target {
                assert_eq!(batch.first, next, "{target}");
                next += batch.count;
            }
        }
    }

    #[test]
    fn seeds_and_targets_decide_and_their_order_does_not() {
        let of = |seed, targets: &[Target]| batches(&Plan::new(seed, targets, None, Some(5000)).expect("a plan"));
        let (one, other) = ([Target::Heap, Target::Parse, Target::Heap], [Target::Parse, Target::Heap]);
        assert_eq!(of(1, &one), of(1, &other));
        assert_ne!(of(1, &one), of(2, &one));
        assert!(of(1, &one).iter().all(|batch| one.contains(&batch.target)));
    }

    #[test]
    fn what_cannot_be_is_no_plan() {
        let shard = |index, count| Some(Shard { index, count });
        assert_eq!(Plan::new(1, &[], None, None), None);
        for wrong in [shard(0, 2), shard(3, 2), shard(1, 0)] {
            assert_eq!(Plan::new(1, &[Target::Heap], wrong, None), None);
        }
    }

    #[test]
    fn a_plan_without_a_bound_goes_on() {
        assert!(plan(None, None).batch(1 << 40).is_some());
        assert_eq!(plan(None, Some(1000)).batch(1 << 40), None);
    }

    #[test]
    fn a_shard_comes_to_all_targets_soon() {
        for count in 1..=20 {
            let plan = plan(Some(Shard { index: count, count }), None);
            let targets: BTreeSet<Target> =
                (0..60).filter_map(|turn| plan.batch(turn)).map(|batch| batch.target).collect();
            assert_eq!(targets.len(), Target::ALL.len(), "{count} shards");
        }
    }

    proptest! {
        #[test]
        fn shards_have_every_case_once(count in 1_u64..7, number in 1_u64..12_000) {
            let whole = cases(&batches(&plan(None, Some(number))));
            prop_assert_eq!(whole.len() as u64, number);
            let parts = (1..=count).map(|index| batches(&plan(Some(Shard { index, count }), Some(number))));
            let mut parts: Vec<Batch> = parts.flatten().collect();
            parts.sort_by_key(|batch| batch.number);
            prop_assert_eq!(cases(&parts), whole.clone());
            prop_assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len());
        }
    }
}

//! Which cases are to be run here: what the user selects of the plan, and of that the part that is this machine's.

use super::durations::Durations;
use super::engines::{EngineKind, EngineSpec};
use super::plan::{Collection, Selection, Unit};
use super::shard;
use crate::report::conformance::{CaseId, Shard};

/// Where the reference is among the engines. It is always there, since it decides.
pub const REFERENCE_INDEX: usize = 0;

/// A unit, and which engines' cases of it are wanted.
#[derive(Clone, Debug)]
pub struct Work {
    pub unit: Unit,
    /// Indices into the engines of the agenda.
    pub wanted: Vec<usize>,
}

/// What is to be run.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// The reference first.
    pub engines: Vec<EngineSpec>,
    /// The ids of all selected cases, over all shards, sorted.
    pub plan: Vec<CaseId>,
    /// This shard's part of it.
    pub work: Vec<Work>,
}

impl Agenda {
    /// Selects cases of these units on these engines, and cuts the plan if there are shards. All cases of a unit are in the same
    /// shard, because all are compared with one run of the reference.
    pub fn new(
        units: &[Unit],
        engines: &[EngineSpec],
        selection: &Selection,
        shard: Option<Shard>,
        durations: &Durations,
    ) -> Self {
        let others = engines.iter().filter(|engine| engine.kind != EngineKind::Reference);
        let mut agenda = Self {
            engines: std::iter::once(EngineSpec::reference()).chain(others.cloned()).collect(),
            plan: Vec::new(),
            work: Vec::new(),
        };
        for unit in units {
            let selected =
                |name: &str| engines.iter().any(|engine| engine.name == name) && selection.selects(unit, name);
            let wanted: Vec<usize> =
                (0..agenda.engines.len()).filter(|&engine| selected(agenda.name(engine))).collect();
            if !wanted.is_empty() {
                agenda.work.push(Work { unit: unit.clone(), wanted });
            }
        }
        agenda.plan = agenda.cases();
        if let Some(shard) = shard {
            agenda.cut(shard, durations);
        }
        agenda
    }

    fn cut(&mut self, shard: Shard, durations: &Durations) {
        let seconds = |work: &Work| self.ids(work).map(|id| durations.of(&id.0)).sum();
        let items: Vec<(String, f64)> = self.work.iter().map(|work| (work.unit.id("").0, seconds(work))).collect();
        let mut parts = shard::parts(&items, shard.count).into_iter();
        self.work.retain(|_| parts.next().is_some_and(|part| part + 1 == shard.index));
    }

    /// The name of an engine.
    pub fn name(&self, engine: usize) -> &str {
        self.engines.get(engine).map_or("", |engine| &engine.name)
    }

    /// Whether an engine is a command.
    pub fn is_command(&self, engine: usize) -> bool {
        self.engines.get(engine).is_some_and(|engine| matches!(engine.kind, EngineKind::Command(_)))
    }

    fn ids(&self, work: &Work) -> impl Iterator<Item = CaseId> {
        work.wanted.iter().map(|&engine| work.unit.id(self.name(engine)))
    }

    /// The ids of this shard's cases, sorted.
    pub fn cases(&self) -> Vec<CaseId> {
        let mut ids: Vec<CaseId> = self.work.iter().flat_map(|work| self.ids(work)).collect();
        ids.sort();
        ids
    }

    /// Whether any selected case is of a collection. All shards have the same answer: their reports have to fit together.
    pub fn includes(&self, collection: Collection) -> bool {
        self.plan.iter().any(|id| id.collection() == collection.as_str())
    }

    /// Whether any selected case is on an engine. All shards have the same answer.
    pub fn involves(&self, engine: usize) -> bool {
        self.plan.iter().any(|id| id.engine() == self.name(engine))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::conformance::plan::official;
    use crate::report::conformance::Mode;

    fn engines() -> Vec<EngineSpec> {
        vec![EngineSpec::ferrous(), EngineSpec::reference(), EngineSpec::parse("mine=lua").expect("it is an engine")]
    }

    fn agenda(files: usize, shard: Option<Shard>, durations: &Durations) -> Agenda {
        let paths: Vec<String> = (0..files).map(|index| format!("{index}.lua")).collect();
        let units = official(paths.iter().map(String::as_str));
        Agenda::new(&units, &engines(), &Selection::default(), shard, durations)
    }

    proptest! {
        #[test]
        fn shards_together_are_the_plan_and_do_not_overlap(
            files in 0_usize..12,
            count in 1_usize..7,
            recorded in prop::collection::vec(0.0..9.0_f64, 0..12),
        ) {
            let mut durations = Durations::default();
            for (index, seconds) in recorded.iter().enumerate() {
                durations.record(&format!("official/{index}.lua/source/ferrous"), *seconds);
            }
            let mut joined = Vec::new();
            for index in 1..=count {
                let part = agenda(files, Some(Shard { index, count }), &durations);
                prop_assert_eq!(&part.plan, &agenda(files, None, &durations).plan);
                joined.extend(part.cases());
            }
            joined.sort();
            prop_assert_eq!(joined.len(), files * Mode::ALL.len() * engines().len());
            prop_assert_eq!(joined, agenda(files, None, &durations).plan);
        }
    }

    #[test]
    fn the_reference_is_first_and_its_cases_are_only_wanted_if_it_was_named() {
        let units = official(["a.lua"].into_iter());
        let only = [EngineSpec::ferrous()];
        let agenda = Agenda::new(&units, &only, &Selection::default(), None, &Durations::default());
        assert_eq!(agenda.engines, [EngineSpec::reference(), EngineSpec::ferrous()]);
        assert!(agenda.plan.iter().all(|id| id.0.ends_with("/ferrous")) && agenda.plan.len() == Mode::ALL.len());
        assert!(!agenda.involves(REFERENCE_INDEX) && agenda.involves(1));
        assert!(agenda.includes(Collection::Official) && !agenda.includes(Collection::Programs));
    }

    #[test]
    fn a_selection_of_one_engine_leaves_the_others_out() {
        let units = official(["a.lua", "b.lua"].into_iter());
        let selection = Selection { filters: vec!["b.lua/*/mine".into(), "**/a.lua/dump/mine".into()], modes: vec![] };
        let agenda = Agenda::new(&units, &engines(), &selection, None, &Durations::default());
        assert_eq!(agenda.plan, [CaseId("official/a.lua/dump/mine".into())]);
    }
}

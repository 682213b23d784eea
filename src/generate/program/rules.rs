//! What programs may not show because engines are free in it, each as a rule with a name.
//!
//! A rule is counted each time the generator applies it, so that nobody takes what is left out for what is compared.

use std::collections::BTreeMap;

/// A value that a program does not show as it is, or a thing that it does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Objects are shown by their type, tables by their entries: addresses differ from run to run.
    Addresses,
    /// NaNs are shown without their sign, which C compilers are free in.
    NanSign,
    /// How much memory is held is shown by its type.
    MemoryInUse,
    /// Times of now and of the processor are shown by their type.
    Clock,
    /// Names of temporary files are shown by their type; the files are removed.
    TemporaryName,
    /// What a collection does is shown after a full one only.
    CollectorMoment,
    /// Count hooks come at every instruction: while instructions are counted, other periods are counted otherwise.
    CountHookPeriod,
    /// What the system's loader says is shown by its type.
    DynamicLibraries,
    /// What the system and its environment are is shown by its type.
    System,
    /// Tables with objects for keys are shown by how many entries they have: their order depends on addresses.
    ObjectKeys,
    /// Options of `debug.getinfo` never begin with `>`: the reference then takes the options themselves for a function.
    InfoOptions,
    /// Numbers out of the range of C's integers are not given where it is undefined what becomes of them.
    IntegerRange,
    /// Numbers that say how often a library function loops, where no budget counts it, are some thousands at most.
    LoopCount,
    /// Subjects are so short that all ways in which a pattern could match them can be tried.
    PatternCost,
    /// `load` gets readers that come to an end.
    EndlessReader,
    /// Files keep their environment: the reference takes from it what closes them, and calls it whatever it is.
    FileEnvironment,
    /// A state that is to be copied has no files: copies would share them.
    SharedFiles,
    /// Nobody moves about in the standard input: whether that is possible depends on what it is.
    InputSeek,
    /// Keys that are strings are not removed from tables whose order may be shown: whether such a key takes a new place when it comes back
    /// depends on whether garbage was collected since.
    DeadKeys,
}

impl Rule {
    /// The name for reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::NanSign => "nan-sign",
            Self::MemoryInUse => "memory-in-use",
            Self::Clock => "clock",
            Self::TemporaryName => "temporary-name",
            Self::CollectorMoment => "collector-moment",
            Self::CountHookPeriod => "count-hook-period",
            Self::DynamicLibraries => "dynamic-libraries",
            Self::System => "system",
            Self::ObjectKeys => "object-keys",
            Self::InfoOptions => "info-options",
            Self::IntegerRange => "integer-range",
            Self::LoopCount => "loop-count",
            Self::PatternCost => "pattern-cost",
            Self::EndlessReader => "endless-reader",
            Self::FileEnvironment => "file-environment",
            Self::SharedFiles => "shared-files",
            Self::InputSeek => "input-seek",
            Self::DeadKeys => "dead-keys",
        }
    }
}

/// How often each rule was applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleCounts(BTreeMap<Rule, u64>);

impl RuleCounts {
    /// Counts one application.
    pub fn apply(&mut self, rule: Rule) {
        *self.0.entry(rule).or_default() += 1;
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (rule, count) in &other.0 {
            *self.0.entry(*rule).or_default() += count;
        }
    }

    /// The rules that were applied, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (Rule, u64)> + '_ {
        self.0.iter().map(|(rule, count)| (*rule, *count))
    }
}

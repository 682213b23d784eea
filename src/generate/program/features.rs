//! Which parts of the language a program uses: a subset that is drawn first, because programs that use everything a little reach less than
//! programs that use some things a lot.

use super::super::Choices;

/// A part of the language that a program may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Feature {
    Tables,
    Loops,
    Functions,
    Varargs,
    Strings,
    EdgeNumbers,
    Metatables,
    Coroutines,
    Errors,
    /// Expressions that press on registers and constants.
    Depth,
    ManyLocals,
    Library,
    Hostile,
    Patterns,
    Formats,
    Files,
    System,
    Debug,
    Environments,
    Collector,
    Load,
    Modules,
    /// Errors that nobody catches.
    Uncaught,
    /// What only large sources and deep recursion reach.
    Limits,
}

impl Feature {
    /// Every feature, by its bit.
    pub const ALL: [Feature; 24] = [
        Feature::Tables,
        Feature::Loops,
        Feature::Functions,
        Feature::Varargs,
        Feature::Strings,
        Feature::EdgeNumbers,
        Feature::Metatables,
        Feature::Coroutines,
        Feature::Errors,
        Feature::Depth,
        Feature::ManyLocals,
        Feature::Library,
        Feature::Hostile,
        Feature::Patterns,
        Feature::Formats,
        Feature::Files,
        Feature::System,
        Feature::Debug,
        Feature::Environments,
        Feature::Collector,
        Feature::Load,
        Feature::Modules,
        Feature::Uncaught,
        Feature::Limits,
    ];

    /// In how many of 256 programs it is used.
    fn share(self) -> u8 {
        match self {
            Self::Tables | Self::Loops | Self::Functions => 210,
            Self::Strings | Self::Varargs | Self::Metatables | Self::Coroutines | Self::Errors | Self::Library => 150,
            Self::Files | Self::System | Self::Uncaught => 40,
            Self::Limits => 24,
            Self::ManyLocals | Self::Depth => 50,
            _ => 100,
        }
    }
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features(u32);

impl Features {
    /// Draws a set: none of them where the bytes are 0.
    pub fn draw(choices: &mut Choices<'_>) -> Self {
        Self::from_iter(Feature::ALL.into_iter().filter(|feature| choices.chance(feature.share())))
    }

    /// The set but for this one.
    pub fn without(self, feature: Feature) -> Self {
        Self(self.0 & !(1 << feature as u8))
    }

    /// Whether a program uses this.
    pub fn has(self, feature: Feature) -> bool {
        self.0 & 1 << feature as u8 != 0
    }
}

impl FromIterator<Feature> for Features {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        Self(features.into_iter().fold(0, |set, feature| set | 1 << feature as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_bytes_are_no_features_and_large_bytes_are_all() {
        assert_eq!(Features::draw(&mut Choices::new(&[])), Features::default());
        let all = Features::draw(&mut Choices::new(&[255; 24]));
        assert!(Feature::ALL.into_iter().all(|feature| all.has(feature)));
        for (index, feature) in Feature::ALL.into_iter().enumerate() {
            assert_eq!(feature as usize, index, "the bits are the order of the list");
        }
    }
}

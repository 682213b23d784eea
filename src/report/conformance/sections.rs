//! The sections of the reference manual of Lua 5.1 that programs are filed under. It knows nothing of reports.

/// The numbers and titles of the sections of chapters 2 and 5, and of those that deal with programs as a whole.
const TITLES: [(&str, &str); 49] = [
    ("2", "The Language"),
    ("2.1", "Lexical Conventions"),
    ("2.2", "Values and Types"),
    ("2.2.1", "Coercion"),
    ("2.3", "Variables"),
    ("2.4", "Statements"),
    ("2.4.1", "Chunks"),
    ("2.4.2", "Blocks"),
    ("2.4.3", "Assignment"),
    ("2.4.4", "Control Structures"),
    ("2.4.5", "For Statement"),
    ("2.4.6", "Function Calls as Statements"),
    ("2.4.7", "Local Declarations"),
    ("2.5", "Expressions"),
    ("2.5.1", "Arithmetic Operators"),
    ("2.5.2", "Relational Operators"),
    ("2.5.3", "Logical Operators"),
    ("2.5.4", "Concatenation"),
    ("2.5.5", "The Length Operator"),
    ("2.5.6", "Precedence"),
    ("2.5.7", "Table Constructors"),
    ("2.5.8", "Function Calls"),
    ("2.5.9", "Function Definitions"),
    ("2.6", "Visibility Rules"),
    ("2.7", "Error Handling"),
    ("2.8", "Metatables"),
    ("2.9", "Environments"),
    ("2.10", "Garbage Collection"),
    ("2.10.1", "Garbage-Collection Metamethods"),
    ("2.10.2", "Weak Tables"),
    ("2.11", "Coroutines"),
    ("5", "Standard Libraries"),
    ("5.1", "Basic Functions"),
    ("5.2", "Coroutine Manipulation"),
    ("5.3", "Modules"),
    ("5.4", "String Manipulation"),
    ("5.4.1", "Patterns"),
    ("5.5", "Table Manipulation"),
    ("5.6", "Mathematical Functions"),
    ("5.7", "Input and Output Facilities"),
    ("5.8", "Operating System Facilities"),
    ("5.9", "The Debug Library"),
    ("6", "Lua Stand-alone"),
    ("7", "Incompatibilities with the Previous Version"),
    ("7.1", "Changes in the Language"),
    ("7.2", "Changes in the Libraries"),
    ("7.3", "Changes in the API"),
    ("8", "The Complete Syntax of Lua"),
    ("3", "The Application Program Interface"),
];

/// The title of a section, if the manual has it.
pub(super) fn title(section: &str) -> Option<&'static str> {
    TITLES.iter().find(|(number, _)| *number == section).map(|(_, title)| *title)
}

/// What sections are sorted by: their numbers as numbers, and what is no number after them.
pub(super) fn order(section: &str) -> (Vec<u32>, &str) {
    let number = |part: &str| part.parse().unwrap_or(u32::MAX);
    (section.split('.').map(number).collect(), section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_in_the_order_of_the_manual() {
        let mut sections = ["x", "5.10", "2.10.1", "5.9", "2.2", "2.10", "5", "5.4.1", "5.4"];
        sections.sort_by(|left, right| order(left).cmp(&order(right)));
        assert_eq!(sections, ["2.2", "2.10", "2.10.1", "5", "5.4", "5.4.1", "5.9", "5.10", "x"]);
    }

    #[test]
    fn titles_are_found() {
        assert_eq!(title("5.4.1"), Some("Patterns"));
        assert_eq!(title("5.4.9"), None);
    }
}

//! The faults of the exam, each with a program that shows it and what is to be found out about it.

use lockstep::diagnose::Fault;

use crate::compilers::{self, Wrong};
use crate::vms::{self, Rule};

pub const LEDGER: &str = include_str!("programs/ledger.lua");
pub const WORDS: &str = include_str!("programs/words.lua");
const COUNTED: &str = concat!(include_str!("programs/ledger.lua"), "print(collectgarbage('count') > 0)\n");

/// One question of the exam.
pub struct Row {
    /// What is wrong, as founding notes on this VM's predecessor describe it.
    pub fault: &'static str,
    pub program: &'static str,
    pub half: Half,
    /// Who is at fault.
    pub verdict: Fault,
    /// Where it first goes wrong: the line of the program, and the instruction or what of the function differs.
    pub line: u32,
    pub at: &'static str,
}

/// Which half is wrong, and how.
#[derive(Clone, Copy)]
pub enum Half {
    Compiler(Wrong),
    Vm(Rule),
    Both(Wrong, Rule),
    Neither,
}

impl Half {
    pub fn compiler(self) -> Wrong {
        match self {
            Self::Compiler(wrong) | Self::Both(wrong, _) => wrong,
            Self::Vm(_) | Self::Neither => Wrong::Not,
        }
    }

    pub fn vm(self) -> Rule {
        match self {
            Self::Vm(rule) | Self::Both(_, rule) => rule,
            Self::Compiler(_) | Self::Neither => |_| Vec::new(),
        }
    }
}

fn compiler(
    fault: &'static str,
    program: &'static str,
    change: fn(&mut lockstep::lua::bytecode::Prototype),
    line: u32,
    at: &'static str,
) -> Row {
    Row { fault, program, half: Half::Compiler(Wrong::Function(change)), verdict: Fault::Compiler, line, at }
}

fn vm(fault: &'static str, program: &'static str, rule: Rule, line: u32, at: &'static str) -> Row {
    Row { fault, program, half: Half::Vm(rule), verdict: Fault::Vm, line, at }
}

/// All of them.
pub fn rows() -> Vec<Row> {
    vec![
        compiler("opcode numbers off by one: ADD encoded as SUB", LEDGER, compilers::add_is_encoded_as_sub, 15, "ADD"),
        compiler(
            "opcode numbers off by one: RETURN encoded as FORPREP",
            WORDS,
            compilers::return_is_encoded_as_forprep,
            13,
            "RETURN",
        ),
        vm("opcode numbers off by one: ADD executed as SUB", WORDS, vms::add_subtracts, 11, "ADD"),
        compiler("missing stack space", LEDGER, compilers::stack_space_is_missing, 20, "max_stack_size"),
        vm("missing stack space: no registers above the first six", LEDGER, vms::registers_are_missing, 90, "LOADK"),
        compiler("lost prototypes", WORDS, compilers::prototypes_are_lost, 0, "prototypes"),
        compiler("misnumbered prototypes", LEDGER, compilers::prototypes_are_misnumbered, 9, "CLOSURE"),
        Row {
            fault: "`return` treated as a block end: refused",
            program: LEDGER,
            half: Half::Compiler(Wrong::Refuses(compilers::return_ends_a_block)),
            verdict: Fault::Compiler,
            line: 6,
            at: "message",
        },
        compiler(
            "`return` treated as a block end: values dropped",
            WORDS,
            compilers::returned_values_are_dropped,
            13,
            "RETURN",
        ),
        compiler("registers freed too early", LEDGER, compilers::registers_are_freed_too_early, 50, "GETTABLE"),
        compiler(
            "call function overwritten by a concatenation result",
            LEDGER,
            compilers::concatenation_overwrites_the_function,
            100,
            "CONCAT",
        ),
        vm(
            "call function overwritten by a concatenation result",
            WORDS,
            vms::concatenation_overwrites_the_function,
            90,
            "CONCAT",
        ),
        vm("call function overwritten by an argument", WORDS, vms::a_load_overwrites_the_function, 10, "LOADK"),
        vm("CONCAT deferred", LEDGER, vms::concatenation_is_deferred, 100, "CONCAT"),
        compiler(
            "upvalues captured from the wrong slot",
            WORDS,
            compilers::upvalues_are_captured_from_the_wrong_slot,
            57,
            "MOVE",
        ),
        vm("upvalues read as nil", LEDGER, vms::upvalues_are_nil, 22, "GETUPVAL"),
        vm("closures not made", WORDS, vms::closures_are_not_made, 14, "CLOSURE"),
        compiler("TFORLOOP as call plus test", WORDS, compilers::tforloop_is_a_call_and_a_test, 10, "TFORLOOP"),
        vm("loop variables left nil", LEDGER, vms::loop_variables_are_nil, 48, "TFORLOOP"),
        compiler("wrong result counts", LEDGER, compilers::a_result_is_missing, 48, "CALL"),
        vm("wrong result counts", WORDS, vms::a_result_is_missing, 89, "CALL"),
        Row {
            fault: "a library function (how much memory is held is free to differ)",
            program: COUNTED,
            half: Half::Neither,
            verdict: Fault::Library("collectgarbage".into()),
            line: 124,
            at: "CALL",
        },
    ]
}

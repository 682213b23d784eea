//! The verdicts that no single fault leads to.

use lockstep::{
    diagnose::{Cell, CellOutcome, Fault, Located},
    lua::{
        bytecode::{Opcode, Prototype},
        heap::Value,
        vm::View,
    },
};

use crate::{
    compilers::{self, Wrong},
    diagnosed,
    engines::Engines,
    program,
    rows::Half,
    vms::{self, Change},
};

const PROGRAM: &str = "local a, b = 1, 2\nlocal c = a + b\nlocal d = 'x' .. c\nprint(d)\n";

/// The verdict, and whether each cell differs: the VM's, the compiler's, the product.
fn verdict(half: Half) -> (Fault, Vec<(Cell, bool)>) {
    let mut engines = Engines::start(half).expect("the engines start");
    let diagnosis = diagnosed(&mut engines, &program(PROGRAM)).expect("they differ");
    let differs = |outcome: &CellOutcome| match outcome {
        CellOutcome::Run(located) => matches!(**located, Located::Diverged(_)),
        CellOutcome::SameBytecode => false,
    };
    let cells = diagnosis.attribution.cells.iter().map(|cell| (cell.cell, differs(&cell.result))).collect();
    (diagnosis.attribution.fault, cells)
}

#[test]
fn engines_that_are_right_do_not_differ() {
    let mut engines = Engines::start(Half::Neither).expect("the engines start");
    assert!(diagnosed(&mut engines, &program(PROGRAM)).is_none());
}

#[test]
fn a_half_is_at_fault_that_differs_for_itself() {
    let compiler = Wrong::Function(compilers::add_is_encoded_as_sub);
    assert_eq!(
        verdict(Half::Compiler(compiler)),
        (Fault::Compiler, vec![(Cell::IsolatesVm, false), (Cell::IsolatesCompiler, true), (Cell::Product, true)])
    );
    assert_eq!(
        verdict(Half::Vm(vms::concatenation_is_deferred)),
        (Fault::Vm, vec![(Cell::IsolatesVm, true), (Cell::IsolatesCompiler, false), (Cell::Product, true)])
    );
}

#[test]
fn both_are_at_fault_if_both_differ_for_themselves() {
    let compiler = Wrong::Function(compilers::add_is_encoded_as_sub);
    assert_eq!(
        verdict(Half::Both(compiler, vms::concatenation_is_deferred)),
        (Fault::Both, vec![(Cell::IsolatesVm, true), (Cell::IsolatesCompiler, true), (Cell::Product, true)])
    );
}

/// Harmless, but for a VM that makes something of it.
fn larger_stack(function: &mut Prototype) {
    function.max_stack_size += 40;
}

fn wrong_in_large_stacks(view: &View<'_>) -> Vec<Change> {
    if view.prototype().max_stack_size > 40 && view.pc() == 2 {
        return vec![Change::Value(view.word().a() as u8, Value::number(7.0))];
    }
    Vec::new()
}

#[test]
fn what_differs_only_together_is_not_separable() {
    assert_eq!(
        verdict(Half::Both(Wrong::Function(larger_stack), wrong_in_large_stacks)),
        (Fault::NotSeparable, vec![(Cell::IsolatesVm, false), (Cell::IsolatesCompiler, false), (Cell::Product, true)])
    );
}

/// A VM that panics in a concatenation: before anybody has seen what comes after it.
fn concatenation_panics(view: &View<'_>) -> Vec<Change> {
    let before = view.pc().checked_sub(1).and_then(|pc| view.prototype().code.get(pc));
    assert!(before.and_then(|word| word.opcode()) != Some(Opcode::Concat), "no concatenation 12");
    Vec::new()
}

#[test]
fn a_crash_is_located_like_any_other_difference() {
    let mut engines = Engines::start(Half::Vm(concatenation_panics)).expect("the engines start");
    let diagnosis = diagnosed(&mut engines, &program(PROGRAM)).expect("they differ");
    assert_eq!(diagnosis.fingerprint, "CONCAT(string,number): one ends, panicked: no concatenation _");
    assert_eq!(diagnosis.attribution.fault, Fault::Vm);
    let moment = diagnosis.examination.divergence().and_then(|found| found.left.moment(found.culprit));
    assert_eq!(moment.map(|moment| moment.facts.lines[moment.pc as usize]), Some(3));
}

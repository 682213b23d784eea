//! Whose fault a difference is: the four cells of two compilers and two VMs.
//!
//! The reference's compiler on the reference's VM is the truth. Each half of the engine under test is put in the place of the reference's
//! alone: if that makes a difference, the half is at fault.

use std::io;

use serde::Serialize;

use super::locate::{Located, Subject, locate};
use crate::engine::{CompileFailure, Engine, Limits, Program, TraceEngine};

/// One engine, taken apart.
pub struct Halves<'a> {
    pub compiler: &'a mut dyn Engine,
    pub vm: &'a dyn TraceEngine,
}

/// One of the four combinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The reference's compiler, the VM under test.
    IsolatesVm,
    /// The compiler under test, the reference's VM.
    IsolatesCompiler,
    /// Both under test.
    Product,
}

/// What a cell did, beside the truth.
#[derive(Debug)]
pub struct CellResult {
    pub cell: Cell,
    pub result: Located,
}

/// Who is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nobody: all cells agree.
    None,
    Compiler,
    Vm,
    /// The VM's side, in this library function.
    Library(String),
    Both,
    /// The product differs, and neither half alone.
    NotSeparable,
    /// The compilers do not accept the same programs; there is nothing to run.
    Acceptance,
}

/// The verdict, and what it rests on.
#[derive(Debug)]
pub struct Attribution {
    pub fault: Fault,
    pub cells: Vec<CellResult>,
}

/// Runs the cells and says who is at fault.
///
/// # Errors
/// A run that broke off; a compiler that came to no answer.
pub fn attribute(
    reference: Halves<'_>,
    tested: Halves<'_>,
    program: &Program,
    limits: &Limits,
) -> io::Result<Attribution> {
    let compiled = |engine: &mut dyn Engine| -> io::Result<Option<Program>> {
        if program.is_binary() {
            return Ok(Some(program.clone()));
        }
        match engine.compile(&program.chunk, &program.name) {
            Ok(chunk) => Ok(Some(Program { chunk, ..program.clone() })),
            Err(CompileFailure::Refused(_)) => Ok(None),
            Err(failure) => Err(io::Error::other(format!("{} did not compile it: {failure:?}", engine.name()))),
        }
    };
    let (by_reference, by_tested) = (compiled(reference.compiler)?, compiled(tested.compiler)?);
    let (Some(by_reference), Some(by_tested)) = (by_reference, by_tested) else {
        return Ok(Attribution { fault: Fault::Acceptance, cells: Vec::new() });
    };
    let truth = Subject { engine: reference.vm, program: &by_reference };
    let cells = [
        (Cell::IsolatesVm, Subject { engine: tested.vm, program: &by_reference }),
        (Cell::IsolatesCompiler, Subject { engine: reference.vm, program: &by_tested }),
        (Cell::Product, Subject { engine: tested.vm, program: &by_tested }),
    ];
    let cells = cells
        .into_iter()
        .map(|(cell, subject)| Ok(CellResult { cell, result: locate(truth, subject, limits)? }))
        .collect::<io::Result<Vec<_>>>()?;
    Ok(Attribution { fault: verdict(&cells), cells })
}

fn verdict(cells: &[CellResult]) -> Fault {
    let differs =
        |wanted: Cell| cells.iter().any(|cell| cell.cell == wanted && !matches!(cell.result, Located::Same { .. }));
    match (differs(Cell::IsolatesVm), differs(Cell::IsolatesCompiler), differs(Cell::Product)) {
        (true, true, _) => Fault::Both,
        (true, false, _) => library(cells).map_or(Fault::Vm, Fault::Library),
        (false, true, _) => Fault::Compiler,
        (false, false, true) => Fault::NotSeparable,
        (false, false, false) => Fault::None,
    }
}

/// The library function that the VM's first divergence is a call of.
fn library(cells: &[CellResult]) -> Option<String> {
    cells.iter().find(|cell| cell.cell == Cell::IsolatesVm).and_then(|cell| match &cell.result {
        Located::Diverged(divergence) => divergence.callee.clone(),
        _ => None,
    })
}

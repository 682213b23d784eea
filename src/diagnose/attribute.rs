//! Whose fault a difference is: the four cells of two compilers and two VMs.
//!
//! The reference's compiler on the reference's VM is the truth. Each half of the engine under test is put in the place of the reference's
//! alone: if that makes a difference, the half is at fault.

use std::io;
use std::sync::Arc;

use super::compiled::Compiled;
use super::locate::{Located, Subject, locate};
use crate::engine::{Limits, TraceEngine};

/// One of the combinations that are compared with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub result: CellOutcome,
}

/// What came of a cell.
#[derive(Clone, Debug)]
pub enum CellOutcome {
    /// It was run beside the truth.
    Run(Arc<Located>),
    /// Its compiler gives what the reference's gives, so it is the truth itself.
    SameBytecode,
}

impl CellOutcome {
    fn differs(&self) -> bool {
        matches!(self, Self::Run(located) if !matches!(**located, Located::Same { .. }))
    }

    fn is_flaky(&self) -> bool {
        matches!(self, Self::Run(located) if matches!(**located, Located::Flaky { .. }))
    }
}

/// Who is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody: all cells agree, and so do the compilers.
    None,
    Compiler,
    Vm,
    /// The VM's side, in this library function.
    Library(String),
    Both,
    /// The product differs, and neither half alone; or a run does not repeat itself.
    NotSeparable,
}

/// The verdict, and what it rests on.
#[derive(Debug)]
pub struct Attribution {
    pub fault: Fault,
    /// No cells: there is nothing to run if a compiler refuses the program.
    pub cells: Vec<CellResult>,
}

/// Runs the cells that have not been run and says who is at fault. `product` is what the compiler and the VM under test came to.
///
/// # Errors
/// A run that broke off.
pub fn attribute(
    compiled: &Compiled,
    product: &Arc<Located>,
    (reference, tested): (&dyn TraceEngine, &dyn TraceEngine),
    limits: &Limits,
) -> io::Result<Attribution> {
    let (by_reference, by_tested) = match compiled {
        Compiled::Accepted { reference, tested, .. } => (reference, tested),
        Compiled::Refused { reference, tested } => {
            let fault = if reference == tested { Fault::None } else { Fault::Compiler };
            return Ok(Attribution { fault, cells: Vec::new() });
        }
    };
    let product = CellOutcome::Run(Arc::clone(product));
    let (vm, compiler) = if by_reference.chunk == by_tested.chunk {
        (product.clone(), CellOutcome::SameBytecode)
    } else {
        let truth = Subject { engine: reference, program: by_reference };
        let run = |engine, program| -> io::Result<CellOutcome> {
            Ok(CellOutcome::Run(Arc::new(locate(truth, Subject { engine, program }, limits)?)))
        };
        (run(tested, by_reference)?, run(reference, by_tested)?)
    };
    let cells = vec![
        CellResult { cell: Cell::IsolatesVm, result: vm },
        CellResult { cell: Cell::IsolatesCompiler, result: compiler },
        CellResult { cell: Cell::Product, result: product },
    ];
    Ok(Attribution { fault: verdict(&cells, compiled.agree()), cells })
}

fn verdict(cells: &[CellResult], compilers_agree: bool) -> Fault {
    let differs = |wanted: Cell| cells.iter().any(|cell| cell.cell == wanted && cell.result.differs());
    if cells.iter().any(|cell| cell.result.is_flaky()) {
        return Fault::NotSeparable;
    }
    match (differs(Cell::IsolatesVm), differs(Cell::IsolatesCompiler), differs(Cell::Product)) {
        (true, true, _) => Fault::Both,
        (true, false, _) => library(cells).map_or(Fault::Vm, Fault::Library),
        (false, true, _) => Fault::Compiler,
        (false, false, true) => Fault::NotSeparable,
        // Bytecode that differs is a fault although nothing came of it here.
        (false, false, false) if !compilers_agree => Fault::Compiler,
        (false, false, false) => Fault::None,
    }
}

/// The library function that the VM's first divergence is a call of.
fn library(cells: &[CellResult]) -> Option<String> {
    let isolated = cells.iter().find(|cell| cell.cell == Cell::IsolatesVm)?;
    let CellOutcome::Run(located) = &isolated.result else { return None };
    match &**located {
        // What differs before the call is not the function's.
        Located::Diverged(divergence) => divergence.callee.clone().filter(|_| divergence.field.is_a_result()),
        Located::Same { .. } | Located::Flaky { .. } => None,
    }
}

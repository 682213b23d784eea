//! A function while it is being compiled (`FuncState` of the reference): its code so far, scopes and registers.
//!
//! Plain data with bookkeeping that cannot fail or emit; whoever emits code or reports errors does it in `codegen` or `parser`.

mod constant_table;

use std::sync::Arc;

pub(super) use constant_table::{ConstantKey, ConstantTable};

use super::codegen::NO_JUMP;
use super::lexer::{Interner, NameId};
use crate::lua::bytecode::{Bytes, Instruction, LocalVariable, Prototype};

/// A block in the source: a scope, or a loop that `break` can leave.
pub(super) struct Block {
    /// The jumps out of this loop.
    pub break_list: i32,
    /// How many variables were active outside.
    pub active_count: usize,
    /// Whether a variable of the block is an upvalue of some function.
    pub has_upvalue: bool,
    pub is_loop: bool,
}

/// Debug information of a local variable, by the order of declaration.
pub(super) struct LocalRecord {
    pub name: NameId,
    pub start_pc: i32,
    pub end_pc: i32,
}

/// A declared variable; its position in the list is its register.
pub(super) struct DeclaredVariable {
    pub name: NameId,
    /// Index of its [`LocalRecord`].
    pub record: usize,
}

/// Where a closure takes an upvalue from when it is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UpvalueSource {
    /// A register of the enclosing function.
    Register(u32),
    /// An upvalue of the enclosing function.
    Upvalue(u32),
}

/// An upvalue of the function.
pub(super) struct UpvalueRecord {
    pub name: NameId,
    pub source: UpvalueSource,
}

/// The state of one function.
pub(super) struct FunctionState {
    pub line_defined: i32,
    pub last_line_defined: i32,
    pub parameter_count: u8,
    pub vararg_flags: u8,
    pub max_stack_size: u32,
    pub code: Vec<Instruction>,
    pub lines: Vec<i32>,
    pub constants: ConstantTable,
    pub prototypes: Vec<Arc<Prototype>>,
    pub locals: Vec<LocalRecord>,
    /// The variables in scope, and after them those that are declared but not in scope yet.
    pub declared: Vec<DeclaredVariable>,
    /// How many of `declared` are in scope; they own the registers below this.
    pub active_count: usize,
    pub upvalues: Vec<UpvalueRecord>,
    pub blocks: Vec<Block>,
    /// The position that was last marked as a jump target: code around it must not be merged.
    pub last_target: i32,
    /// The jumps to the next instruction.
    pub pending_jumps: i32,
    pub free_register: u32,
}

impl FunctionState {
    /// The state of an empty function.
    pub fn new() -> Box<Self> {
        Box::new(Self {
            line_defined: 0,
            last_line_defined: 0,
            parameter_count: 0,
            vararg_flags: 0,
            max_stack_size: 2,
            code: Vec::new(),
            lines: Vec::new(),
            constants: ConstantTable::default(),
            prototypes: Vec::new(),
            locals: Vec::new(),
            declared: Vec::new(),
            active_count: 0,
            upvalues: Vec::new(),
            blocks: Vec::new(),
            last_target: -1,
            pending_jumps: NO_JUMP,
            free_register: 0,
        })
    }

    /// Makes this the state of an empty function again, keeping the memory that it has grown.
    pub fn reset(&mut self) {
        self.line_defined = 0;
        self.last_line_defined = 0;
        self.parameter_count = 0;
        self.vararg_flags = 0;
        self.max_stack_size = 2;
        self.code.clear();
        self.lines.clear();
        self.constants.clear();
        self.prototypes.clear();
        self.locals.clear();
        self.declared.clear();
        self.active_count = 0;
        self.upvalues.clear();
        self.blocks.clear();
        self.last_target = -1;
        self.pending_jumps = NO_JUMP;
        self.free_register = 0;
    }

    /// The position of the next instruction.
    pub fn pc(&self) -> i32 {
        self.code.len() as i32
    }

    /// The register of the variable in scope with this name (`searchvar`): the one declared last.
    pub fn find_local(&self, name: NameId) -> Option<u32> {
        self.declared[..self.active_count].iter().rposition(|variable| variable.name == name).map(|index| index as u32)
    }

    /// The upvalue that comes from `source`, if there is one already.
    pub fn find_upvalue(&self, source: UpvalueSource) -> Option<u32> {
        self.upvalues.iter().position(|upvalue| upvalue.source == source).map(|index| index as u32)
    }

    /// Notes that the variable in this register is an upvalue of an inner function, so its block must close it.
    pub fn mark_upvalue(&mut self, register: u32) {
        if let Some(block) = self.blocks.iter_mut().rev().find(|block| block.active_count <= register as usize) {
            block.has_upvalue = true;
        }
    }

    /// Brings the next `count` declared variables into scope (`adjustlocalvars`).
    pub fn activate_locals(&mut self, count: usize) {
        let pc = self.pc();
        for variable in &self.declared[self.active_count..self.active_count + count] {
            self.locals[variable.record].start_pc = pc;
        }
        self.active_count += count;
    }

    /// Ends the scope of all but the first `count` variables (`removevars`).
    pub fn remove_locals(&mut self, count: usize) {
        let pc = self.pc();
        for variable in &self.declared[count..self.active_count] {
            self.locals[variable.record].end_pc = pc;
        }
        self.declared.truncate(count);
        self.active_count = count;
    }

    /// Whether `register` holds no variable in scope.
    pub fn is_temporary(&self, register: u32) -> bool {
        register as usize >= self.active_count
    }

    /// Moves what has been compiled into a prototype; the state is then fit for [`FunctionState::reset`] only.
    pub fn take_prototype(&mut self, names: &Interner, source: &Bytes) -> Prototype {
        let text = |name: NameId| Some(Arc::clone(names.bytes(name)));
        Prototype {
            source: Some(Arc::clone(source)),
            line_defined: self.line_defined,
            last_line_defined: self.last_line_defined,
            upvalue_count: self.upvalues.len() as u8,
            parameter_count: self.parameter_count,
            vararg_flags: self.vararg_flags,
            max_stack_size: self.max_stack_size as u8,
            code: self.code.clone(),
            constants: self.constants.take_values(),
            prototypes: self.prototypes.drain(..).collect(),
            line_info: self.lines.clone(),
            locals: self
                .locals
                .iter()
                .map(|local| LocalVariable { name: text(local.name), start_pc: local.start_pc, end_pc: local.end_pc })
                .collect(),
            upvalue_names: self.upvalues.iter().map(|upvalue| text(upvalue.name)).collect(),
        }
    }
}

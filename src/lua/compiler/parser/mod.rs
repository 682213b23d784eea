//! The parser (`lparser.c`): the grammar by recursive descent, which drives the code generator as it goes.
//!
//! It knows tokens, scopes and functions; it leaves instructions and registers to `codegen`. Every recursion goes through
//! [`Compiler::enter_level`], so it is at most 200 levels deep.
//!
//! * `statements`, `loops`, `assignment`: what stands in a block;
//! * `expressions`, `constructor`: what has a value;
//! * `functions`: function bodies and their states;
//! * `scopes`: variables and blocks.

mod assignment;
mod constructor;
mod expressions;
mod functions;
mod loops;
mod scopes;
mod statements;

use super::codegen::Expression;
use super::error::{Parse, SyntaxError};
use super::function_state::FunctionState;
use super::lexer::{Kind, Lexer, NameId};
use crate::lua::bytecode::Bytes;

/// Syntax levels and C calls together may not be more than this (`LUAI_MAXCCALLS`).
const MAX_LEVELS: u32 = 200;

/// A compilation.
pub(super) struct Compiler<'a> {
    pub(super) lexer: Lexer<'a>,
    /// The function being compiled.
    pub(super) function: Box<FunctionState>,
    /// The functions around it, the main one first.
    #[expect(clippy::vec_box, reason = "a state takes turns with the current one, which must not copy it")]
    enclosing: Vec<Box<FunctionState>>,
    /// States that are not in use, for their memory.
    #[expect(clippy::vec_box, reason = "as above")]
    spare: Vec<Box<FunctionState>>,
    /// The left-hand sides of the assignments being parsed; an inner function's follow those of the outer one.
    targets: Vec<Expression>,
    levels: u32,
    chunk_name: Bytes,
}

impl<'a> Compiler<'a> {
    /// A compilation that has read nothing yet, with `levels` levels in use.
    pub fn new(source: &'a [u8], chunk_name: &[u8], levels: u32) -> Self {
        let chunk_name = Bytes::from(super::chunk_id::until_zero(chunk_name));
        Self {
            lexer: Lexer::new(source, Bytes::clone(&chunk_name)),
            function: FunctionState::new(),
            enclosing: Vec::new(),
            spare: Vec::new(),
            targets: Vec::new(),
            levels,
            chunk_name,
        }
    }

    /// Counts a level of nesting; every recursive rule does.
    fn enter_level(&mut self) -> Parse<()> {
        self.levels = self.levels.saturating_add(1);
        if self.levels > MAX_LEVELS {
            return Err(self.lexer.error(b"chunk has too many syntax levels", None));
        }
        Ok(())
    }

    /// How many levels are in use, those of the caller among them.
    pub fn levels(&self) -> u32 {
        self.levels
    }

    fn leave_level(&mut self) {
        self.levels -= 1;
    }

    fn kind(&self) -> Kind {
        self.lexer.token.kind
    }

    fn is_at(&self, byte: u8) -> bool {
        self.kind() == Kind::Char(byte)
    }

    /// Skips the current token if it is of this kind.
    fn skip_if(&mut self, kind: Kind) -> Parse<bool> {
        let found = self.kind() == kind;
        if found {
            self.lexer.advance()?;
        }
        Ok(found)
    }

    /// Demands that the current token is of this kind.
    fn check(&self, kind: Kind) -> Parse<()> {
        if self.kind() != kind { Err(self.expected(kind)) } else { Ok(()) }
    }

    /// Skips a token that must be of this kind.
    fn skip(&mut self, kind: Kind) -> Parse<()> {
        self.check(kind)?;
        self.lexer.advance()
    }

    /// Skips the token that closes what `opener` opened at `line`.
    fn skip_closing(&mut self, kind: Kind, opener: Kind, line: i32) -> Parse<()> {
        if self.skip_if(kind)? {
            return Ok(());
        }
        if line == self.lexer.line {
            return Err(self.expected(kind));
        }
        let place = format!("' at line {line})");
        let message =
            [b"'", &*kind.spelling(), b"' expected (to close '", &opener.spelling(), place.as_bytes()].concat();
        Err(self.lexer.error_near_token(&message))
    }

    /// Skips a name and gives it.
    fn skip_name(&mut self) -> Parse<NameId> {
        self.check(Kind::Name)?;
        let name = self.lexer.token.text;
        self.lexer.advance()?;
        Ok(name)
    }

    #[cold]
    fn expected(&self, kind: Kind) -> Box<SyntaxError> {
        self.lexer.error_near_token(&[b"'", &*kind.spelling(), b"' expected"].concat())
    }

    /// Rejects more than `limit` of something in the function being compiled.
    fn check_limit(&self, value: i32, limit: i32, what: &str) -> Parse<()> {
        if value > limit { Err(self.limit_error(&self.function, limit, what)) } else { Ok(()) }
    }

    /// The error of a function that has too much of something.
    #[cold]
    fn limit_error(&self, function: &FunctionState, limit: i32, what: &str) -> Box<SyntaxError> {
        let message = match function.line_defined {
            0 => format!("main function has more than {limit} {what}"),
            line => format!("function at line {line} has more than {limit} {what}"),
        };
        self.lexer.error(message.as_bytes(), None)
    }
}

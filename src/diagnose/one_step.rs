//! A script that does one instruction with the values that it took: the smallest program that shows a VM's fault, if nothing but
//! the instruction and its values has to do with it.
//!
//! It is a proposal: whether it shows the fault is for the caller to find out by running it.

use super::locate::Divergence;
use crate::lua::bytecode::{Instruction, Opcode};
use crate::trace::{Datum, Field, Kind};

/// The script; `None` where the instruction or its values cannot be put into one.
pub fn one_step(divergence: &Divergence) -> Option<String> {
    let word = Instruction(divergence.word?);
    let step = Step { word, divergence };
    step.script().map(|script| script + "\n")
}

struct Step<'d> {
    word: Instruction,
    divergence: &'d Divergence,
}

impl Step<'_> {
    fn script(&self) -> Option<String> {
        use Opcode::*;
        let opcode = self.word.opcode()?;
        match opcode {
            Add => self.binary("+"),
            Sub => self.binary("-"),
            Mul => self.binary("*"),
            Div => self.binary("/"),
            Mod => self.binary("%"),
            Pow => self.binary("^"),
            Eq => self.binary("=="),
            Lt => self.binary("<"),
            Le => self.binary("<="),
            Unm => self.unary("-"),
            Not => self.unary("not "),
            Len => self.unary("#"),
            Move => Some(format!("local a = {}\nlocal b = a\nreturn b", self.value(0)?)),
            LoadK => Some(format!("return {}", self.value(0)?)),
            LoadBool => Some(format!("local a = {}\nreturn a", self.word.b() != 0)),
            LoadNil => Some("local a, b, c\nreturn a, b, c".into()),
            Concat => Some(format!("{}return {}", self.locals(0)?, self.names(0).join(" .. "))),
            Test => Some(format!("local a = {}\nif a then return 1 end", self.value(0)?)),
            TestSet => Some(format!("local a = {}\nlocal b = a or 1\nlocal c = a and 1\nreturn b, c", self.value(0)?)),
            GetUpval => Some(self.upvalue("return b")?),
            SetUpval => Some(self.upvalue("b = b")?),
            Closure => Some("local a, b = 1, 2\nlocal function f() return a, b end\nreturn f()".into()),
            GetGlobal => self.get_global(),
            SetGlobal => Some(format!("{} = {}", self.identifier(0)?, self.value(1)?)),
            GetTable => self.get_table(),
            SetTable => Some(format!("local t = {{}}\nt[{}] = {}", self.value(1)?, self.value(2)?)),
            SelfOp => self.method(),
            NewTable => Some("local t = {}\nreturn t".into()),
            SetList => Some(format!("local t = {{{}}}\nreturn t", self.values(1)?.join(", "))),
            ForPrep | ForLoop => {
                Some(format!("for i = {}, {}, {} do local j = i end", self.value(0)?, self.value(1)?, self.value(2)?))
            }
            TForLoop => self.generic_for(),
            Call | TailCall => self.call(),
            Return => Some(format!("local function f() return {} end\nreturn f()", self.values(0)?.join(", "))),
            VarArg => {
                Some("local function f(...)\n  local a, b = ...\n  return a, b, ...\nend\nreturn f(1, 2, 3)".into())
            }
            Close => Some("local f\ndo local a = 1; f = function() return a end end\nreturn f()".into()),
            Jmp => None,
        }
    }

    /// What was taken, as an expression.
    fn value(&self, at: usize) -> Option<String> {
        expression(self.divergence.operands.get(at)?, &self.divergence.left.labels)
    }

    fn values(&self, from: usize) -> Option<Vec<String>> {
        (from..self.divergence.operands.len()).map(|at| self.value(at)).collect()
    }

    /// `local a, b = 1, 2`, for what was taken from here on.
    fn locals(&self, from: usize) -> Option<String> {
        let values = self.values(from)?;
        let names = self.names(from);
        Some(if names.is_empty() {
            String::new()
        } else {
            format!("local {} = {}\n", names.join(", "), values.join(", "))
        })
    }

    fn names(&self, from: usize) -> Vec<String> {
        (from..self.divergence.operands.len()).map(|at| format!("v{at}")).collect()
    }

    /// Constants stand where they stood, so that the instruction is the same.
    fn binary(&self, operator: &str) -> Option<String> {
        let is_constant = [self.word.b(), self.word.c()].map(|operand| operand & 256 != 0);
        let mut locals = String::new();
        let mut sides = [String::new(), String::new()];
        for (at, side) in sides.iter_mut().enumerate() {
            let value = self.value(at)?;
            if is_constant[at] && !is_constant[1 - at] {
                *side = value;
            } else {
                *side = format!("v{at}");
                locals.push_str(&format!("local {side} = {value}\n"));
            }
        }
        Some(format!("{locals}return {} {operator} {}", sides[0], sides[1]))
    }

    fn unary(&self, operator: &str) -> Option<String> {
        Some(format!("local a = {}\nreturn {operator}a", self.value(0)?))
    }

    /// An upvalue beside another one.
    fn upvalue(&self, body: &str) -> Option<String> {
        Some(format!("local a, b = {{}}, {}\nlocal function f() {body} end\nreturn f()", self.value(0)?))
    }

    fn identifier(&self, at: usize) -> Option<String> {
        match self.divergence.operands.get(at)? {
            Datum::String { start, hash: None, .. } if is_name(start) => String::from_utf8(start.clone()).ok(),
            _ => None,
        }
    }

    fn get_global(&self) -> Option<String> {
        let name = self.identifier(0)?;
        match self.right_value() {
            Some(value) if value != name => Some(format!("{name} = {value}\nreturn {name}")),
            _ => Some(format!("return {name}")),
        }
    }

    /// What the instruction gives where it is right.
    fn right_value(&self) -> Option<String> {
        match &self.divergence.field {
            Field::Register(_, right, _) => expression(right, &self.divergence.left.labels),
            _ => None,
        }
    }

    fn get_table(&self) -> Option<String> {
        let (object, key) = (self.value(0)?, self.value(1)?);
        let entry = match self.right_value() {
            Some(value) if object == "{}" && value != "nil" => format!("t[{key}] = {value}\n"),
            _ => String::new(),
        };
        Some(format!("local t = {object}\n{entry}return t[{key}]"))
    }

    fn method(&self) -> Option<String> {
        let (object, name) = (self.value(0)?, self.identifier(1)?);
        let entry = if object == "{}" { format!("function t:{name}() end\n") } else { String::new() };
        Some(format!("local t = {object}\n{entry}return t:{name}()"))
    }

    fn generic_for(&self) -> Option<String> {
        let names = ["k", "v", "w"][..(self.word.c() as usize).clamp(1, 3)].join(", ");
        let (state, control) = (self.value(1)?, self.value(2)?);
        let (once, iterator) = match self.label(0) {
            Some("next") => return Some(format!("for {names} in next, {{0}} do end")),
            Some(label) => ("", label),
            None => ("local done\n", "function() if not done then done = true return 1, 2, 3 end end"),
        };
        Some(format!("{once}for {names} in {iterator}, {state}, {control} do end"))
    }

    fn label(&self, at: usize) -> Option<&str> {
        match self.divergence.operands.get(at)? {
            Datum::Object(_, number) => self.divergence.left.labels.get(*number as usize).map(String::as_str),
            _ => None,
        }
    }

    fn call(&self) -> Option<String> {
        let arguments = self.values(1)?.join(", ");
        let callee = match (self.label(0), self.divergence.operands.first()?) {
            (Some(label), _) => label.to_owned(),
            (None, Datum::Object(Kind::Function, _)) => "f".into(),
            (None, other) => format!("({})", expression(other, &self.divergence.left.labels)?),
        };
        let definition = if callee == "f" { "local function f(...) return 1, 2, 3, 4 end\n" } else { "" };
        if self.word.opcode() == Some(Opcode::TailCall) {
            return Some(format!("{definition}return {callee}({arguments})"));
        }
        let results = match self.word.c() {
            0 => return Some(format!("{definition}return ({{{callee}({arguments})}})")),
            1 => return Some(format!("{definition}{callee}({arguments})").replace("\n(", "\n;(")),
            count => (1..count).map(|at| format!("r{at}")).collect::<Vec<_>>().join(", "),
        };
        Some(format!("{definition}local {results} = {callee}({arguments})\nreturn {results}"))
    }
}

/// A value as an expression of Lua that makes one like it.
fn expression(datum: &Datum, labels: &[String]) -> Option<String> {
    Some(match datum {
        Datum::Nil => "nil".into(),
        Datum::Boolean(truth) => truth.to_string(),
        Datum::Number(bits) => number(f64::from_bits(*bits)),
        Datum::String { start, hash: None, .. } => literal(start),
        Datum::String { length, .. } => format!("(\"x\"):rep({length})"),
        Datum::Object(kind, number) => match (labels.get(*number as usize), kind) {
            (Some(label), _) if label.split('.').all(|part| is_name(part.as_bytes())) => label.clone(),
            (_, Kind::Table) => "{}".into(),
            (_, Kind::Function) => "function() end".into(),
            (_, Kind::Thread) => "coroutine.create(function() end)".into(),
            (_, Kind::Userdata) => "newproxy()".into(),
            (_, Kind::LightUserdata) => return None,
        },
    })
}

fn number(number: f64) -> String {
    match number {
        number if number.is_nan() => if number.is_sign_negative() { "(0/0)" } else { "-(0/0)" }.into(),
        number if number.is_infinite() => if number < 0.0 { "-1e999" } else { "1e999" }.into(),
        number => format!("{number:?}").trim_end_matches(".0").to_owned(),
    }
}

fn literal(text: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => quoted.push(char::from(*byte)),
            other => quoted.push_str(&format!("\\{other:03}")),
        }
    }
    quoted + "\""
}

fn is_name(text: &[u8]) -> bool {
    const KEYWORDS: [&[u8]; 21] = [
        b"and",
        b"break",
        b"do",
        b"else",
        b"elseif",
        b"end",
        b"false",
        b"for",
        b"function",
        b"if",
        b"in",
        b"local",
        b"nil",
        b"not",
        b"or",
        b"repeat",
        b"return",
        b"then",
        b"true",
        b"until",
        b"while",
    ];
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    text.first().is_some_and(is_letter)
        && text.iter().all(|byte| is_letter(byte) || byte.is_ascii_digit())
        && !KEYWORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::compiler::{CompileOptions, compile};

    #[test]
    fn values_are_written_so_that_they_come_back() {
        for (datum, text) in [
            (Datum::Number((-0.0_f64).to_bits()), "-0"),
            (Datum::Number(0.1_f64.to_bits()), "0.1"),
            (Datum::Number(1e300_f64.to_bits()), "1e300"),
            (Datum::Number(f64::INFINITY.to_bits()), "1e999"),
            (Datum::Number(f64::NAN.copysign(-1.0).to_bits()), "(0/0)"),
            (Datum::String { start: b"a\"\n\xff".to_vec(), length: 4, hash: None }, "\"a\\\"\\010\\255\""),
            (Datum::Object(Kind::Function, 0), "string.rep"),
            (Datum::Object(Kind::Table, 1), "{}"),
        ] {
            let labels = ["string.rep".to_owned()];
            assert_eq!(expression(&datum, &labels).as_deref(), Some(text));
            let source = format!("return {text}");
            assert!(compile(source.as_bytes(), b"=text", CompileOptions { levels: 0 }).is_ok(), "{source}");
        }
    }

    #[test]
    fn keywords_are_no_names() {
        assert!(is_name(b"ending") && is_name(b"_1"));
        assert!(!is_name(b"end") && !is_name(b"1a") && !is_name(b""));
    }
}

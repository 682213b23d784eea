//! A readable listing of a function and all that is nested in it, in the manner of `luac -l`.
//!
//! The text is luac's, byte for byte, except that luac prints addresses: here functions are numbered in the order in which they
//! are listed, and marked as [`Marks`] says. It must not require valid code: a listing is most needed for a function that was rejected.

use std::fmt::Arguments;
use std::io::Write;

use super::{ArgumentMode, Bytes, Constant, Format, Instruction, Opcode, Prototype, RK_CONSTANT};
use crate::lua::c_string;
use crate::lua::number::format_number;

/// How much a listing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Headers and instructions, as `luac -l`.
    Code,
    /// Also tables of the constants, locals and upvalues, as `luac -l -l`.
    Full,
}

/// What a listing puts where luac puts the address of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Its number: `#1`.
    Numbers,
    /// Its number in the form of an address, for programs that read luac's listings: `0x1`.
    Addresses,
}

/// The listing of `prototype` and, after it, of the functions nested in it. Names are written as they are, so it need not be text.
pub fn list(prototype: &Prototype, detail: Detail, marks: Marks) -> Vec<u8> {
    let mut listing = Listing { out: Vec::new(), detail, marks, sizes: Vec::new() };
    listing.measure(prototype);
    listing.function(prototype, 0);
    listing.out
}

/// The operands of an instruction as listings show them: constants are negative, from -1.
pub fn operands_text(opcode: Opcode, word: Instruction) -> String {
    let a = word.a();
    match opcode.format() {
        Format::Abc => {
            let mut text = a.to_string();
            for (operand, mode) in [(word.b(), opcode.b_mode()), (word.c(), opcode.c_mode())] {
                if mode != ArgumentMode::Unused {
                    text.push_str(&format!(" {}", signed_operand(operand)));
                }
            }
            text
        }
        Format::Abx if opcode.b_mode() == ArgumentMode::ConstantOrRegister => {
            format!("{a} {}", -1 - word.bx() as i32)
        }
        Format::Abx => format!("{a} {}", word.bx()),
        Format::Asbx if opcode == Opcode::Jmp => word.sbx().to_string(),
        Format::Asbx => format!("{a} {}", word.sbx()),
    }
}

struct Listing {
    out: Vec<u8>,
    detail: Detail,
    marks: Marks,
    /// How many functions each one comprises, itself included, in the order of the listing.
    sizes: Vec<usize>,
}

impl Listing {
    /// What stands for the function with this number.
    fn mark(&self, number: usize) -> String {
        match self.marks {
            Marks::Numbers => format!("#{number}"),
            Marks::Addresses => format!("{number:#x}"),
        }
    }

    fn measure(&mut self, prototype: &Prototype) {
        let number = self.sizes.len();
        self.sizes.push(0);
        for nested in &prototype.prototypes {
            self.measure(nested);
        }
        self.sizes[number] = self.sizes.len() - number;
    }

    /// The positions in the listing of the functions nested directly in the one at `position`.
    fn nested_positions(&self, prototype: &Prototype, position: usize) -> Vec<usize> {
        let mut next = position + 1;
        let mut positions = Vec::with_capacity(prototype.prototypes.len());
        for _ in &prototype.prototypes {
            positions.push(next);
            next += self.sizes.get(next).copied().unwrap_or(1);
        }
        positions
    }

    fn function(&mut self, prototype: &Prototype, position: usize) {
        let nested_positions = self.nested_positions(prototype, position);
        self.header(prototype, position + 1);
        self.code(prototype, &nested_positions);
        if self.detail == Detail::Full {
            self.constants(prototype, position + 1);
            self.locals(prototype, position + 1);
            self.upvalues(prototype, position + 1);
        }
        for (nested, position) in prototype.prototypes.iter().zip(nested_positions) {
            self.function(nested, position);
        }
    }

    fn header(&mut self, prototype: &Prototype, number: usize) {
        self.text(if prototype.line_defined == 0 { "\nmain <" } else { "\nfunction <" });
        self.bytes(displayed_source(prototype.source.as_deref()));
        let size = prototype.code.len();
        let mark = self.mark(number);
        self.write(format_args!(
            ":{},{}> ({}, {} bytes at {mark})\n",
            prototype.line_defined,
            prototype.last_line_defined,
            plural(size, "instruction"),
            size * size_of::<Instruction>(),
        ));
        let parameters = prototype.parameter_count;
        self.write(format_args!(
            "{parameters}{} param{}, {}, {}, ",
            if prototype.vararg_flags == 0 { "" } else { "+" },
            if parameters == 1 { "" } else { "s" },
            plural(prototype.max_stack_size.into(), "slot"),
            plural(prototype.upvalue_count.into(), "upvalue"),
        ));
        self.write(format_args!(
            "{}, {}, {}\n",
            plural(prototype.locals.len(), "local"),
            plural(prototype.constants.len(), "constant"),
            plural(prototype.prototypes.len(), "function"),
        ));
    }

    fn code(&mut self, prototype: &Prototype, nested_positions: &[usize]) {
        let mut words = prototype.code.iter().copied().enumerate();
        while let Some((pc, word)) = words.next() {
            self.write(format_args!("\t{}\t", pc + 1));
            match prototype.line_info.get(pc) {
                Some(line) if *line > 0 => self.write(format_args!("[{line}]\t")),
                _ => self.text("[-]\t"),
            }
            match word.opcode() {
                Some(Opcode::SetList) if word.c() == 0 => {
                    self.operands(Opcode::SetList, word);
                    let count = words.next().map_or(0, |(_, count)| count.0 as i32);
                    self.write(format_args!("\t; {count}"));
                }
                Some(opcode) => {
                    self.operands(opcode, word);
                    self.comment(prototype, nested_positions, pc, opcode, word);
                }
                None => self.write(format_args!("?{:<8}\t{:#010x}", word.opcode_number(), word.0)),
            }
            self.text("\n");
        }
    }

    fn operands(&mut self, opcode: Opcode, word: Instruction) {
        self.write(format_args!("{:<9}\t{}", opcode.name(), operands_text(opcode, word)));
    }

    fn comment(
        &mut self,
        prototype: &Prototype,
        nested_positions: &[usize],
        pc: usize,
        opcode: Opcode,
        word: Instruction,
    ) {
        match opcode {
            Opcode::LoadK => {
                self.text("\t; ");
                self.constant(prototype, word.bx());
            }
            Opcode::GetUpval | Opcode::SetUpval => {
                self.text("\t; ");
                if prototype.upvalue_names.is_empty() {
                    self.text("-");
                } else {
                    self.name(prototype.upvalue_names.get(word.b() as usize).and_then(Option::as_ref));
                }
            }
            Opcode::GetGlobal | Opcode::SetGlobal => {
                self.text("\t; ");
                let constant = prototype.constants.get(word.bx() as usize);
                self.name(
                    constant.and_then(|constant| if let Constant::String(name) = constant { Some(name) } else { None }),
                );
            }
            Opcode::GetTable | Opcode::SelfOp if word.c() & RK_CONSTANT != 0 => {
                self.text("\t; ");
                self.constant(prototype, word.c() & !RK_CONSTANT);
            }
            // luac has no comment for MOD.
            Opcode::SetTable | Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Div | Opcode::Pow => {
                self.constant_operands(prototype, word);
            }
            Opcode::Eq | Opcode::Lt | Opcode::Le => self.constant_operands(prototype, word),
            Opcode::Jmp | Opcode::ForLoop | Opcode::ForPrep => {
                self.write(format_args!("\t; to {}", pc as i64 + 2 + i64::from(word.sbx())));
            }
            Opcode::Closure => match nested_positions.get(word.bx() as usize) {
                Some(position) => {
                    let mark = self.mark(position + 1);
                    self.write(format_args!("\t; {mark}"));
                }
                None => self.text("\t; ?"),
            },
            Opcode::SetList => self.write(format_args!("\t; {}", word.c())),
            _ => {}
        }
    }

    fn constant_operands(&mut self, prototype: &Prototype, word: Instruction) {
        if (word.b() | word.c()) & RK_CONSTANT == 0 {
            return;
        }
        self.text("\t;");
        for operand in [word.b(), word.c()] {
            self.text(" ");
            if operand & RK_CONSTANT == 0 {
                self.text("-");
            } else {
                self.constant(prototype, operand & !RK_CONSTANT);
            }
        }
    }

    fn title(&mut self, table: &str, length: usize, number: usize) {
        let mark = self.mark(number);
        self.write(format_args!("{table} ({length}) for {mark}:\n"));
    }

    fn constants(&mut self, prototype: &Prototype, number: usize) {
        self.title("constants", prototype.constants.len(), number);
        for index in 0..prototype.constants.len() {
            self.write(format_args!("\t{}\t", index + 1));
            self.constant(prototype, index as u32);
            self.text("\n");
        }
    }

    fn locals(&mut self, prototype: &Prototype, number: usize) {
        self.title("locals", prototype.locals.len(), number);
        for (index, local) in prototype.locals.iter().enumerate() {
            self.write(format_args!("\t{index}\t"));
            self.name(local.name.as_ref());
            let shown = |pc: i32| i64::from(pc) + 1;
            self.write(format_args!("\t{}\t{}\n", shown(local.start_pc), shown(local.end_pc)));
        }
    }

    fn upvalues(&mut self, prototype: &Prototype, number: usize) {
        self.title("upvalues", prototype.upvalue_names.len(), number);
        for (index, name) in prototype.upvalue_names.iter().enumerate() {
            self.write(format_args!("\t{index}\t"));
            self.name(name.as_ref());
            self.text("\n");
        }
    }

    fn constant(&mut self, prototype: &Prototype, index: u32) {
        match prototype.constants.get(index as usize) {
            Some(Constant::Nil) => self.text("nil"),
            Some(Constant::Boolean(value)) => self.write(format_args!("{value}")),
            Some(Constant::Number(value)) => self.text(&format_number(*value)),
            Some(Constant::String(value)) => self.quoted(value),
            Some(Constant::NullString) | None => self.text("?"),
        }
    }

    fn quoted(&mut self, string: &[u8]) {
        self.text("\"");
        for byte in string {
            match byte {
                b'"' => self.text("\\\""),
                b'\\' => self.text("\\\\"),
                0x07 => self.text("\\a"),
                0x08 => self.text("\\b"),
                0x0C => self.text("\\f"),
                b'\n' => self.text("\\n"),
                b'\r' => self.text("\\r"),
                b'\t' => self.text("\\t"),
                0x0B => self.text("\\v"),
                b' '..=b'~' => self.bytes(&[*byte]),
                _ => self.write(format_args!("\\{byte:03}")),
            }
        }
        self.text("\"");
    }

    fn name(&mut self, name: Option<&Bytes>) {
        self.bytes(name.map_or(b"?", |name| c_string(name)));
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn write(&mut self, arguments: Arguments) {
        // Writing to memory does not fail.
        let _ = self.out.write_fmt(arguments);
    }
}

/// A register as it is, a constant as a negative number: -1 is the first.
fn signed_operand(operand: u32) -> i32 {
    if operand & RK_CONSTANT == 0 { operand as i32 } else { -1 - (operand & !RK_CONSTANT) as i32 }
}

fn displayed_source(source: Option<&[u8]>) -> &[u8] {
    match source {
        None => b"?",
        Some([b'@' | b'=', name @ ..]) => c_string(name),
        Some([0x1B, ..]) => b"(bstring)",
        Some(_) => b"(string)",
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const LISTING: &str = r#"
main <stdin:0,0> (5 instructions, 20 bytes at #1)
0+ params, 2 slots, 0 upvalues, 1 local, 2 constants, 1 function
	1	[1]	LOADK    	0 -1	; -0.5
	2	[5]	CLOSURE  	1 0	; #2
	3	[5]	MOVE     	0 0
	4	[2]	SETGLOBAL	1 -2	; global
	5	[5]	RETURN   	0 1
constants (2) for #1:
	1	-0.5
	2	"global"
locals (1) for #1:
	0	up	2	5
upvalues (0) for #1:

function <stdin:2,5> (13 instructions, 52 bytes at #2)
1+ param, 7 slots, 1 upvalue, 3 locals, 4 constants, 0 functions
	1	[3]	NEWTABLE 	2 4 0
	2	[3]	GETUPVAL 	3 0	; up
	3	[3]	LOADNIL  	4 4
	4	[3]	LOADBOOL 	5 1 0
	5	[3]	LOADK    	6 -1	; "q\000\n\255"
	6	[3]	SETLIST  	2 4 1	; 1
	7	[4]	GETTABLE 	3 2 -2	; "field"
	8	[4]	GETTABLE 	4 2 -3	; 1
	9	[4]	CALL     	3 2 2
	10	[4]	SELF     	4 0 -4	; "method"
	11	[4]	CALL     	4 2 0
	12	[4]	RETURN   	3 0
	13	[5]	RETURN   	0 1
constants (4) for #2:
	1	"q\000\n\255"
	2	"field"
	3	1
	4	"method"
locals (3) for #2:
	0	self	1	13
	1	arg	1	13
	2	t	7	13
upvalues (1) for #2:
	0	up
"#;

    #[test]
    fn the_full_listing_is_that_of_luac() {
        assert_eq!(String::from_utf8_lossy(&list(&sample::main_function(), Detail::Full, Marks::Numbers)), LISTING);
    }

    #[test]
    fn marks_may_have_the_form_of_addresses() {
        let with_addresses = String::from_utf8(list(&sample::main_function(), Detail::Full, Marks::Addresses));
        assert_eq!(with_addresses.expect("text"), LISTING.replace('#', "0x"));
    }

    #[test]
    fn the_short_listing_leaves_out_the_tables() {
        let table = |line: &&str| ["constants", "locals", "upvalues"].iter().any(|title| line.starts_with(title));
        let mut expected = String::new();
        let mut in_tables = false;
        for line in LISTING.lines() {
            in_tables = table(&line) || in_tables && !line.is_empty();
            if !in_tables {
                expected.push_str(line);
                expected.push('\n');
            }
        }
        assert_eq!(String::from_utf8_lossy(&list(&sample::main_function(), Detail::Code, Marks::Numbers)), expected);
    }

    #[test]
    fn closures_name_their_function_by_its_place_in_the_listing() {
        let leaf = Prototype { line_defined: 1, ..Prototype::default() };
        let with = |prototypes: Vec<Prototype>| Prototype {
            code: (0..prototypes.len()).map(|index| Instruction::abx(Opcode::Closure, 0, index as u32)).collect(),
            prototypes: prototypes.into_iter().map(Into::into).collect(),
            ..leaf.clone()
        };
        let main = with(vec![leaf.clone(), with(vec![leaf.clone(), leaf.clone()]), leaf.clone()]);
        let listing = String::from_utf8(list(&main, Detail::Code, Marks::Numbers)).expect("text");
        let targets: Vec<&str> =
            listing.lines().filter_map(|line| line.split_once("; ")).map(|(_, target)| target).collect();
        assert_eq!(targets, ["#2", "#3", "#6", "#4", "#5"]);
    }

    #[test]
    fn invalid_code_is_listed_all_the_same() {
        let broken = Prototype {
            code: vec![
                Instruction::abx(Opcode::LoadK, 0, 9),
                Instruction::abx(Opcode::Closure, 0, 9),
                Instruction(63),
                Instruction::abc(Opcode::SetList, 0, 0, 0),
            ],
            ..Prototype::default()
        };
        let listing = String::from_utf8(list(&broken, Detail::Full, Marks::Numbers)).expect("text");
        assert!(listing.contains("LOADK    \t0 -10\t; ?\n"), "{listing}");
        assert!(listing.contains("CLOSURE  \t0 9\t; ?\n"), "{listing}");
        assert!(listing.contains("\t3\t[-]\t?63"), "{listing}");
        assert!(listing.contains("SETLIST  \t0 0 0\t; 0\n"), "{listing}");
    }

    #[test]
    fn the_count_of_a_list_is_not_an_instruction() {
        let code = vec![
            Instruction::abc(Opcode::SetList, 0, 1, 0),
            Instruction(512),
            Instruction::abc(Opcode::Return, 0, 1, 0),
        ];
        let listing =
            String::from_utf8(list(&Prototype { code, ..Prototype::default() }, Detail::Code, Marks::Numbers))
                .expect("text");
        assert!(listing.ends_with("\t1\t[-]\tSETLIST  \t0 1 0\t; 512\n\t3\t[-]\tRETURN   \t0 1\n"), "{listing}");
    }
}

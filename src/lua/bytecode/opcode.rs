//! The 38 opcodes of Lua 5.1, their numbers and operand modes (`lopcodes.h` and `lopcodes.c` of the reference).
//!
//! The number of an opcode is what the table below says, and is written out: the order of a declaration must never be able
//! to leak into the encoding.

/// How the operand bits of an instruction are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `A` 8 bits, `B` 9 bits, `C` 9 bits.
    Abc,
    /// `A` 8 bits, `Bx` 18 bits unsigned.
    Abx,
    /// `A` 8 bits, `sBx` 18 bits in excess 131071.
    Asbx,
}

/// What an operand `B` or `C` means (`OpArgMask`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentMode {
    /// Not used; must be zero.
    Unused,
    /// A number whose meaning is the instruction's own.
    Used,
    /// A register, or a jump offset.
    RegisterOrJump,
    /// A constant, or a register or constant.
    ConstantOrRegister,
}

macro_rules! opcodes {
    ($($variant:ident = $number:literal, $name:literal, $test:literal, $sets_a:literal, $b:ident, $c:ident, $format:ident;)*) => {
        /// An operation of the virtual machine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Opcode {
            $(#[doc = $name] $variant = $number,)*
        }

        impl Opcode {
            /// Every opcode, in the order of its number.
            pub const ALL: [Opcode; 38] = [$(Opcode::$variant,)*];

            /// The number that stands for this opcode in an instruction word.
            pub const fn number(self) -> u8 {
                match self { $(Opcode::$variant => $number,)* }
            }

            /// The opcode with this number, if there is one (0 to 37).
            pub const fn from_number(number: u8) -> Option<Opcode> {
                match number { $($number => Some(Opcode::$variant),)* _ => None }
            }

            /// The name that listings print, as `luac -l` writes it.
            pub const fn name(self) -> &'static str {
                match self { $(Opcode::$variant => $name,)* }
            }

            /// Whether the next instruction must be a jump.
            pub const fn is_test(self) -> bool {
                match self { $(Opcode::$variant => $test,)* }
            }

            /// Whether the instruction writes register `A`.
            pub const fn sets_a(self) -> bool {
                match self { $(Opcode::$variant => $sets_a,)* }
            }

            /// What operand `B` (or `Bx`, `sBx`) means.
            pub const fn b_mode(self) -> ArgumentMode {
                match self { $(Opcode::$variant => ArgumentMode::$b,)* }
            }

            /// What operand `C` means.
            pub const fn c_mode(self) -> ArgumentMode {
                match self { $(Opcode::$variant => ArgumentMode::$c,)* }
            }

            /// How the operand bits are divided.
            pub const fn format(self) -> Format {
                match self { $(Opcode::$variant => Format::$format,)* }
            }
        }
    };
}

opcodes! {
    //        number  name      test   sets A  B                   C                   format
    Move     = 0, "MOVE",      false, true,  RegisterOrJump,     Unused,             Abc;
    LoadK    = 1, "LOADK",     false, true,  ConstantOrRegister, Unused,             Abx;
    LoadBool = 2, "LOADBOOL",  false, true,  Used,               Used,               Abc;
    LoadNil  = 3, "LOADNIL",   false, true,  RegisterOrJump,     Unused,             Abc;
    GetUpval = 4, "GETUPVAL",  false, true,  Used,               Unused,             Abc;
    GetGlobal = 5, "GETGLOBAL", false, true, ConstantOrRegister, Unused,             Abx;
    GetTable = 6, "GETTABLE",  false, true,  RegisterOrJump,     ConstantOrRegister, Abc;
    SetGlobal = 7, "SETGLOBAL", false, false, ConstantOrRegister, Unused,            Abx;
    SetUpval = 8, "SETUPVAL",  false, false, Used,               Unused,             Abc;
    SetTable = 9, "SETTABLE",  false, false, ConstantOrRegister, ConstantOrRegister, Abc;
    NewTable = 10, "NEWTABLE", false, true,  Used,               Used,               Abc;
    SelfOp   = 11, "SELF",     false, true,  RegisterOrJump,     ConstantOrRegister, Abc;
    Add      = 12, "ADD",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Sub      = 13, "SUB",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Mul      = 14, "MUL",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Div      = 15, "DIV",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Mod      = 16, "MOD",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Pow      = 17, "POW",      false, true,  ConstantOrRegister, ConstantOrRegister, Abc;
    Unm      = 18, "UNM",      false, true,  RegisterOrJump,     Unused,             Abc;
    Not      = 19, "NOT",      false, true,  RegisterOrJump,     Unused,             Abc;
    Len      = 20, "LEN",      false, true,  RegisterOrJump,     Unused,             Abc;
    Concat   = 21, "CONCAT",   false, true,  RegisterOrJump,     RegisterOrJump,     Abc;
    Jmp      = 22, "JMP",      false, false, RegisterOrJump,     Unused,             Asbx;
    Eq       = 23, "EQ",       true,  false, ConstantOrRegister, ConstantOrRegister, Abc;
    Lt       = 24, "LT",       true,  false, ConstantOrRegister, ConstantOrRegister, Abc;
    Le       = 25, "LE",       true,  false, ConstantOrRegister, ConstantOrRegister, Abc;
    Test     = 26, "TEST",     true,  true,  RegisterOrJump,     Used,               Abc;
    TestSet  = 27, "TESTSET",  true,  true,  RegisterOrJump,     Used,               Abc;
    Call     = 28, "CALL",     false, true,  Used,               Used,               Abc;
    TailCall = 29, "TAILCALL", false, true,  Used,               Used,               Abc;
    Return   = 30, "RETURN",   false, false, Used,               Unused,             Abc;
    ForLoop  = 31, "FORLOOP",  false, true,  RegisterOrJump,     Unused,             Asbx;
    ForPrep  = 32, "FORPREP",  false, true,  RegisterOrJump,     Unused,             Asbx;
    TForLoop = 33, "TFORLOOP", true,  false, Unused,             Used,               Abc;
    SetList  = 34, "SETLIST",  false, false, Used,               Used,               Abc;
    Close    = 35, "CLOSE",    false, false, Unused,             Unused,             Abc;
    Closure  = 36, "CLOSURE",  false, true,  Used,               Unused,             Abx;
    VarArg   = 37, "VARARG",   false, true,  Used,               Unused,             Abc;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_table_s_and_come_back() {
        for (position, opcode) in Opcode::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(opcode.number()), position);
            assert_eq!(Opcode::from_number(opcode.number()), Some(opcode));
        }
        assert_eq!(Opcode::from_number(38), None);
    }
}

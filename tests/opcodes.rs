//! The numbers of the opcodes against what the reference writes into its binary chunks: all 38 of them.
#![cfg(feature = "lockstep")]

use std::collections::BTreeSet;

use lockstep::{
    engine::{Engine, reference::ReferenceEngine},
    lua::bytecode::{Opcode, Prototype, undump},
};

/// Snippets, and the names of the instructions that `luac -l` shows for their main functions (and `/` before those of the
/// function nested in it).
const LISTINGS: [(&str, &str); 12] = [
    ("local a = b + 1; c = a", "GETGLOBAL ADD SETGLOBAL RETURN"),
    ("local a, b = 1, nil; a = b", "LOADK LOADNIL MOVE RETURN"),
    ("local a, t = true, {}; t[a] = t.x", "LOADBOOL NEWTABLE GETTABLE SETTABLE RETURN"),
    ("local t = ...; t:m(); return t()", "VARARG SELF CALL MOVE TAILCALL RETURN RETURN"),
    ("local a = ...; a = a - a; a = a * a; a = a / a; a = a % a; a = a ^ a", "VARARG SUB MUL DIV MOD POW RETURN"),
    ("local a = ...; a = -a; a = not a; a = #a; a = a .. a", "VARARG UNM NOT LEN MOVE MOVE CONCAT RETURN"),
    ("local a = ...; if a == 1 then a = 2 end", "VARARG EQ JMP LOADK RETURN"),
    ("local a, b = ...; if a < b then a = b end if a <= b then b = a end", "VARARG LT JMP MOVE LE JMP MOVE RETURN"),
    ("local a, b = ...; if a then b = a end b = a or b", "VARARG TEST JMP MOVE TESTSET JMP RETURN"),
    ("for i = 1, 2 do local x = {i} end", "LOADK LOADK LOADK FORPREP NEWTABLE MOVE SETLIST FORLOOP RETURN"),
    (
        "for k in f do local u; g = function() return u end end",
        "GETGLOBAL LOADNIL JMP LOADNIL CLOSURE MOVE SETGLOBAL CLOSE TFORLOOP JMP RETURN / GETUPVAL RETURN RETURN",
    ),
    ("local u; local function f() u = 1 end", "CLOSURE MOVE RETURN / LOADK SETUPVAL RETURN"),
];

fn names(prototype: &Prototype) -> Vec<&'static str> {
    // The words as the reference wrote them: the number is their lowest six bits.
    prototype.code.iter().map(|word| Opcode::from_number((word.0 & 0x3F) as u8).map_or("none", Opcode::name)).collect()
}

#[test]
fn every_number_is_the_one_that_the_reference_writes() {
    let mut seen = BTreeSet::new();
    for (source, listing) in LISTINGS {
        let chunk = ReferenceEngine::new().compile(source.as_bytes(), b"=snippet").expect("a valid snippet");
        let main = undump(&chunk, b"=snippet", 0).expect("the reference's own chunk");
        let mut found = names(&main);
        for nested in &main.prototypes {
            found.push("/");
            found.extend(names(nested));
        }
        assert_eq!(found.join(" "), listing, "{source}");
        seen.extend(found.into_iter().filter(|name| *name != "/"));
    }
    let all: BTreeSet<_> = Opcode::ALL.into_iter().map(Opcode::name).collect();
    assert_eq!(seen, all, "every opcode is in a listing");
}

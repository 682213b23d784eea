//! The 8-byte value: a double, or a tag and a payload in the space of the NaNs that no hardware makes.
//!
//! The layout is this file's business alone; everything else sees [`Value`] through its accessors and [`Unpacked`].
//!
//! Bits below `0xFFF9 << 48` are an `f64` as it is (the default NaN of the hardware is `0xFFF8…`, so real NaNs keep their
//! sign). The seven tags from there on carry a 32-bit arena index; strings carry 16 bits of their hash as well, which saves
//! a table look-up the trip to the string.

use super::object::{ClosureRef, NativeRef, StringRef, TableRef, ThreadRef, UserdataRef};

const SINGLETON: u64 = 0xFFF9;
const STRING: u64 = 0xFFFA;
const TABLE: u64 = 0xFFFB;
const CLOSURE: u64 = 0xFFFC;
const NATIVE: u64 = 0xFFFD;
const USERDATA: u64 = 0xFFFE;
const THREAD: u64 = 0xFFFF;

const FIRST_TAG: u64 = SINGLETON << 48;
/// The NaN that the hardware makes.
const NEGATIVE_NAN: u64 = 0xFFF8 << 48;
/// Set in a singleton that carries a light userdata.
const LIGHT: u64 = 1 << 40;
/// Set in a singleton that stands for the dead key of a table; the tag of the key that it was is above the index.
const DEAD: u64 = 1 << 41;

/// A Lua value. `==` compares bits; Lua's own equality is [`Value::raw_equals`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value(u64);

/// A value taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unpacked {
    Nil,
    Boolean(bool),
    Number(f64),
    String(StringRef),
    Table(TableRef),
    Closure(ClosureRef),
    Native(NativeRef),
    Userdata(UserdataRef),
    Thread(ThreadRef),
    /// A light userdata: a bare number that a host gave a meaning to.
    Light(u32),
}

/// The types of Lua, with the reference's numbers (`lua.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Nil = 0,
    Boolean = 1,
    LightUserdata = 2,
    Number = 3,
    String = 4,
    Table = 5,
    Function = 6,
    Userdata = 7,
    Thread = 8,
}

impl Type {
    /// The name that `type` gives.
    pub const fn name(self) -> &'static str {
        match self {
            Type::Nil => "nil",
            Type::Boolean => "boolean",
            Type::LightUserdata | Type::Userdata => "userdata",
            Type::Number => "number",
            Type::String => "string",
            Type::Table => "table",
            Type::Function => "function",
            Type::Thread => "thread",
        }
    }
}

impl Value {
    pub const NIL: Value = Value(FIRST_TAG);
    pub const FALSE: Value = Value(FIRST_TAG | 1);
    pub const TRUE: Value = Value(FIRST_TAG | 2);

    const fn tagged(tag: u64, payload: u64) -> Self {
        Value(tag << 48 | payload)
    }

    /// A number. The result of arithmetic never collides with the tags; use [`Value::foreign_number`] for bits from outside.
    #[inline(always)]
    pub const fn number(n: f64) -> Self {
        Value(n.to_bits())
    }

    /// A number whose bits come from outside arithmetic (a binary chunk, a host, text): a NaN becomes the one that
    /// hardware makes, of the same sign, because others may read as tags, or may after a negation.
    pub const fn foreign_number(n: f64) -> Self {
        match (n.is_nan(), n.is_sign_negative()) {
            (false, _) => Value(n.to_bits()),
            (true, true) => Value(NEGATIVE_NAN),
            (true, false) => Value(NEGATIVE_NAN ^ 1 << 63),
        }
    }

    #[inline(always)]
    pub const fn boolean(b: bool) -> Self {
        if b { Self::TRUE } else { Self::FALSE }
    }

    #[inline(always)]
    pub const fn string(s: StringRef) -> Self {
        Self::tagged(STRING, s.packed())
    }

    #[inline(always)]
    pub const fn table(t: TableRef) -> Self {
        Self::tagged(TABLE, t.0 as u64)
    }

    #[inline(always)]
    pub const fn closure(c: ClosureRef) -> Self {
        Self::tagged(CLOSURE, c.0 as u64)
    }

    pub const fn native(n: NativeRef) -> Self {
        Self::tagged(NATIVE, n.0 as u64)
    }

    pub const fn userdata(u: UserdataRef) -> Self {
        Self::tagged(USERDATA, u.0 as u64)
    }

    pub const fn thread(t: ThreadRef) -> Self {
        Self::tagged(THREAD, t.0 as u64)
    }

    pub const fn light(payload: u32) -> Self {
        Self::tagged(SINGLETON, LIGHT | payload as u64)
    }

    /// What a table keeps of an object that was a key, once the key is dead: it equals no value, and tells which object it
    /// was as long as that object's index is not given to another one. `None` for what is not an object.
    pub(super) const fn dead_key(self) -> Option<Self> {
        match self.tag() {
            STRING | TABLE | CLOSURE | NATIVE | USERDATA | THREAD => {
                Some(Self::tagged(SINGLETON, DEAD | (self.tag() & 7) << 32 | self.0 & 0xFFFF_FFFF))
            }
            _ => None,
        }
    }

    /// The bits of all objects are at least these, and those of everything else are less.
    pub(super) const FIRST_OBJECT: u64 = STRING << 48;

    /// The bits, for identity and for hashing.
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }

    #[inline(always)]
    pub const fn is_nil(self) -> bool {
        self.0 == Self::NIL.0
    }

    /// Whether the value counts as false: `nil` or `false`.
    #[inline(always)]
    pub const fn is_falsy(self) -> bool {
        self.0.wrapping_sub(FIRST_TAG) <= 1
    }

    #[inline(always)]
    pub const fn is_number(self) -> bool {
        self.0 < FIRST_TAG
    }

    /// Whether it is a number other than the negative NaN: sums and products of such have the same bits whichever operand the
    /// machine takes first.
    #[inline(always)]
    pub const fn is_commuting_number(self) -> bool {
        self.0 < NEGATIVE_NAN
    }

    #[inline(always)]
    const fn tag(self) -> u64 {
        self.0 >> 48
    }

    #[inline(always)]
    pub const fn is_string(self) -> bool {
        self.tag() == STRING
    }

    #[inline(always)]
    pub const fn is_function(self) -> bool {
        matches!(self.tag(), CLOSURE | NATIVE)
    }

    /// The number, if it is one.
    #[inline(always)]
    pub const fn as_number(self) -> Option<f64> {
        if self.is_number() { Some(f64::from_bits(self.0)) } else { None }
    }

    /// The bits read as a double: a NaN for everything that is not a number, so that comparisons with it fail.
    #[inline(always)]
    pub const fn number_or_nan(self) -> f64 {
        f64::from_bits(self.0)
    }

    #[inline(always)]
    pub const fn as_string(self) -> Option<StringRef> {
        if self.tag() == STRING { Some(StringRef::unpack(self.0)) } else { None }
    }

    #[inline(always)]
    pub const fn as_table(self) -> Option<TableRef> {
        if self.tag() == TABLE { Some(TableRef(self.0 as u32)) } else { None }
    }

    #[inline(always)]
    pub const fn as_closure(self) -> Option<ClosureRef> {
        if self.tag() == CLOSURE { Some(ClosureRef(self.0 as u32)) } else { None }
    }

    #[inline(always)]
    pub const fn as_native(self) -> Option<NativeRef> {
        if self.tag() == NATIVE { Some(NativeRef(self.0 as u32)) } else { None }
    }

    pub const fn as_userdata(self) -> Option<UserdataRef> {
        if self.tag() == USERDATA { Some(UserdataRef(self.0 as u32)) } else { None }
    }

    pub const fn as_thread(self) -> Option<ThreadRef> {
        if self.tag() == THREAD { Some(ThreadRef(self.0 as u32)) } else { None }
    }

    /// The value taken apart.
    pub const fn unpack(self) -> Unpacked {
        match self.tag() {
            STRING => Unpacked::String(StringRef::unpack(self.0)),
            TABLE => Unpacked::Table(TableRef(self.0 as u32)),
            CLOSURE => Unpacked::Closure(ClosureRef(self.0 as u32)),
            NATIVE => Unpacked::Native(NativeRef(self.0 as u32)),
            USERDATA => Unpacked::Userdata(UserdataRef(self.0 as u32)),
            THREAD => Unpacked::Thread(ThreadRef(self.0 as u32)),
            SINGLETON if self.0 & LIGHT != 0 => Unpacked::Light(self.0 as u32),
            SINGLETON if self.is_nil() => Unpacked::Nil,
            SINGLETON => Unpacked::Boolean(self.0 == Self::TRUE.0),
            _ => Unpacked::Number(f64::from_bits(self.0)),
        }
    }

    /// The type of the value.
    pub const fn kind(self) -> Type {
        match self.unpack() {
            Unpacked::Nil => Type::Nil,
            Unpacked::Boolean(_) => Type::Boolean,
            Unpacked::Number(_) => Type::Number,
            Unpacked::String(_) => Type::String,
            Unpacked::Table(_) => Type::Table,
            Unpacked::Closure(_) | Unpacked::Native(_) => Type::Function,
            Unpacked::Userdata(_) => Type::Userdata,
            Unpacked::Thread(_) => Type::Thread,
            Unpacked::Light(_) => Type::LightUserdata,
        }
    }

    /// Equality without metamethods: numbers by value, everything else by identity (strings are interned).
    #[inline(always)]
    pub fn raw_equals(self, other: Value) -> bool {
        if self.is_number() { f64::from_bits(self.0) == f64::from_bits(other.0) } else { self.0 == other.0 }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.unpack().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_went_in() {
        let string = StringRef::new(0xDEAD_BEEF, 0x1234_5678);
        let all = [
            (Value::NIL, Unpacked::Nil),
            (Value::TRUE, Unpacked::Boolean(true)),
            (Value::FALSE, Unpacked::Boolean(false)),
            (Value::number(-0.5), Unpacked::Number(-0.5)),
            (Value::number(f64::NEG_INFINITY), Unpacked::Number(f64::NEG_INFINITY)),
            (Value::string(string), Unpacked::String(string)),
            (Value::table(TableRef(7)), Unpacked::Table(TableRef(7))),
            (Value::closure(ClosureRef(u32::MAX)), Unpacked::Closure(ClosureRef(u32::MAX))),
            (Value::native(NativeRef(1)), Unpacked::Native(NativeRef(1))),
            (Value::userdata(UserdataRef(2)), Unpacked::Userdata(UserdataRef(2))),
            (Value::thread(ThreadRef(3)), Unpacked::Thread(ThreadRef(3))),
            (Value::light(0), Unpacked::Light(0)),
            (Value::light(u32::MAX), Unpacked::Light(u32::MAX)),
        ];
        for (value, unpacked) in all {
            assert_eq!(value.unpack(), unpacked);
        }
    }

    #[test]
    fn dead_keys_equal_no_value_and_tell_objects_apart() {
        let keys = [Value::string(StringRef::new(7, 9)), Value::table(TableRef(7)), Value::native(NativeRef(7))];
        let dead: Vec<Value> = keys.iter().filter_map(|key| key.dead_key()).collect();
        assert_eq!(dead.len(), 3);
        assert!(dead[0] != dead[1] && dead[1] != dead[2] && dead[0] != dead[2]);
        assert!(
            dead.iter()
                .all(|key| !key.is_nil() && !key.is_number() && key.as_string().is_none() && !keys.contains(key))
        );
        assert!(
            [Value::NIL, Value::TRUE, Value::number(7.0), Value::light(7)].iter().all(|key| key.dead_key().is_none())
        );
    }

    #[test]
    fn nans_keep_their_sign_and_never_read_as_tags() {
        for bits in [0x7FF8 << 48, 0xFFF8 << 48] {
            let value = Value::number(f64::from_bits(bits));
            assert!(value.is_number() && !value.raw_equals(value));
            assert_eq!(value.bits(), bits);
        }
        assert!(Value::foreign_number(f64::from_bits(u64::MAX)).is_number());
    }

    #[test]
    fn all_numbers_but_the_negative_nan_commute() {
        assert!([0.0, -0.0, f64::NEG_INFINITY, f64::INFINITY].iter().all(|n| Value::number(*n).is_commuting_number()));
        assert!(Value::number(f64::from_bits(0x7FF8 << 48)).is_commuting_number());
        assert!(!Value::number(f64::from_bits(0xFFF8 << 48)).is_commuting_number());
        assert!(!Value::NIL.is_commuting_number() && !Value::table(TableRef(0)).is_commuting_number());
    }

    #[test]
    fn zero_equals_minus_zero_and_nothing_equals_another_type() {
        assert!(Value::number(0.0).raw_equals(Value::number(-0.0)));
        assert!(!Value::number(0.0).raw_equals(Value::NIL) && !Value::NIL.raw_equals(Value::FALSE));
        assert!(Value::NIL.is_falsy() && Value::FALSE.is_falsy());
        assert!(!Value::TRUE.is_falsy() && !Value::number(0.0).is_falsy() && !Value::light(0).is_falsy());
    }
}

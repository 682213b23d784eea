//! Numbers to machine integers, as the reference compiled for x86-64 casts them.
//!
//! C leaves the cast of an out-of-range `double` undefined, so what a program sees is what the processor does: SSE2's
//! truncating conversion gives the "integer indefinite" value, the most negative one, for everything that does not fit
//! and for NaN. Must not know about Lua values: callers have already decided that there is a number.

/// 2^63, the first number that a signed 64-bit integer cannot hold.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// 2^31, the first number that a signed 32-bit integer cannot hold.
const TWO_TO_31: f64 = 2_147_483_648.0;

/// `lua_Number` to `lua_Integer` (`lua_number2integer`): truncates toward zero; NaN and numbers out of range give
/// `i64::MIN`. This is also the cast behind `%d` and `%i` of `string.format`.
#[inline]
pub fn to_integer(n: f64) -> i64 {
    // Rust's cast saturates, which differs only at and above the upper end, and for NaN.
    if n < TWO_TO_63 { n as i64 } else { i64::MIN }
}

/// What `luaL_checkint` and `luaL_optint` make of a number: the low 32 bits of [`to_integer`].
#[inline]
pub fn to_int(n: f64) -> i32 {
    to_integer(n) as i32
}

/// A direct cast to a 32-bit `int` (`lua_number2int`, and `%c` of `string.format`): NaN and numbers out of range give
/// `i32::MIN`, whereas [`to_int`] would keep their low bits.
#[inline]
pub fn to_i32(n: f64) -> i32 {
    if n < TWO_TO_31 { n as i32 } else { i32::MIN }
}

/// The cast to `unsigned long long` behind `%u`, `%o`, `%x` and `%X` of `string.format`.
///
/// The instruction set has only the signed conversion, so numbers from 2^63 upwards are converted less 2^63 and get
/// their top bit back afterwards; a negative number wraps around, and one from 2^64 upwards gives 0.
#[inline]
pub fn to_unsigned(n: f64) -> u64 {
    if n >= TWO_TO_63 { to_integer(n - TWO_TO_63) as u64 ^ (1 << 63) } else { to_integer(n) as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_truncate_and_out_of_range_is_the_most_negative() {
        assert_eq!(to_integer(-1.9), -1);
        assert_eq!(to_integer(2f64.powi(53) + 2.0), (1 << 53) + 2);
        for n in [TWO_TO_63, -1e30, 1e30, f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(to_integer(n), i64::MIN, "{n}");
        }
        assert_eq!(to_integer(-TWO_TO_63), i64::MIN);
        assert_eq!(to_integer(9_223_372_036_854_774_784.0), 9_223_372_036_854_774_784);
    }

    #[test]
    fn the_two_roads_to_int_differ_out_of_range() {
        let n = 2f64.powi(32) + 65.0;
        assert_eq!(to_int(n), 65);
        assert_eq!(to_i32(n), i32::MIN);
        assert_eq!(to_int(1e30), 0);
        assert_eq!((to_i32(-2.5), to_int(-2.5)), (-2, -2));
        assert_eq!(to_i32(f64::NAN), i32::MIN);
        assert_eq!(to_i32(-2_147_483_648.9), i32::MIN);
    }

    #[test]
    fn unsigned_follows_the_compilers_sequence() {
        assert_eq!(to_unsigned(-1.0), u64::MAX);
        assert_eq!(to_unsigned(-0.5), 0);
        assert_eq!(to_unsigned(TWO_TO_63), 1 << 63);
        assert_eq!(to_unsigned(TWO_TO_63 + 2048.0), (1 << 63) + 2048);
        for n in [2.0 * TWO_TO_63, 1e30, f64::INFINITY] {
            assert_eq!(to_unsigned(n), 0, "{n}");
        }
        for n in [-1e30, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(to_unsigned(n), 1 << 63, "{n}");
        }
    }
}

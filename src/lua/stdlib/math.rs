//! The library `math` (`lmathlib.c`): the functions of the C library, with arguments checked as the reference checks
//! them.
//!
//! Results are those of the C library to the bit, the sign of a NaN included, so the functions of `f64` that are the C
//! library's own do the work; the few that Rust does not have are here. Knows nothing of calls: no function here makes
//! one.

use super::random::{RANDOM_MAX, Random};
use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, State, Step};

const RADIANS_PER_DEGREE: f64 = std::f64::consts::PI / 180.0;

/// Opens the library.
pub(super) fn open(state: &mut State) {
    let library = state.open_library("math", FUNCTIONS);
    state.set_field(library, "pi", Value::number(std::f64::consts::PI));
    state.set_field(library, "huge", Value::number(f64::INFINITY));
    let key = state.heap.string(b"fmod");
    let remainder = state.heap.raw_get(library, key);
    state.set_field(library, "mod", remainder);
}

const FUNCTIONS: &super::Functions = &[
    ("abs", |call| unary(call, f64::abs)),
    ("acos", |call| unary(call, f64::acos)),
    ("asin", |call| unary(call, f64::asin)),
    ("atan2", |call| binary(call, f64::atan2)),
    ("atan", |call| unary(call, f64::atan)),
    ("ceil", |call| unary(call, f64::ceil)),
    ("cosh", |call| unary(call, f64::cosh)),
    ("cos", |call| unary(call, f64::cos)),
    ("deg", |call| unary(call, |x| x / RADIANS_PER_DEGREE)),
    ("exp", |call| unary(call, f64::exp)),
    ("floor", |call| unary(call, f64::floor)),
    ("fmod", |call| binary(call, |x, y| x % y)),
    ("frexp", frexp),
    ("ldexp", ldexp),
    ("log10", |call| unary(call, f64::log10)),
    ("log", |call| unary(call, f64::ln)),
    ("max", |call| extreme(call, |candidate, best| candidate > best)),
    ("min", |call| extreme(call, |candidate, best| candidate < best)),
    ("modf", modf),
    ("pow", |call| binary(call, f64::powf)),
    ("rad", |call| unary(call, |x| x * RADIANS_PER_DEGREE)),
    ("random", random),
    ("randomseed", seed_random),
    ("sinh", |call| unary(call, f64::sinh)),
    ("sin", |call| unary(call, f64::sin)),
    ("sqrt", |call| unary(call, f64::sqrt)),
    ("tanh", |call| unary(call, f64::tanh)),
    ("tan", |call| unary(call, f64::tan)),
];

/// Returns a number that the C library may have made: its NaNs need not be those of the hardware.
#[inline(always)]
fn give_number(call: &mut Call<'_>, n: f64) -> Result<Step, Error> {
    call.give(Value::foreign_number(n))
}

#[inline(always)]
fn unary(call: &mut Call<'_>, function: impl Fn(f64) -> f64) -> Result<Step, Error> {
    let x = call.check_number(1)?;
    give_number(call, function(x))
}

/// The compiled reference checks the second argument first: the order is the C compiler's to choose.
#[inline(always)]
fn binary(call: &mut Call<'_>, function: impl Fn(f64, f64) -> f64) -> Result<Step, Error> {
    let y = call.check_number(2)?;
    let x = call.check_number(1)?;
    give_number(call, function(x, y))
}

/// The first of the arguments that no later one beats.
#[inline(always)]
fn extreme(call: &mut Call<'_>, beats: impl Fn(f64, f64) -> bool) -> Result<Step, Error> {
    let mut best = call.check_number(1)?;
    for place in 2..=call.count() {
        let candidate = call.check_number(place)?;
        if beats(candidate, best) {
            best = candidate;
        }
    }
    give_number(call, best)
}

fn frexp(call: &mut Call<'_>) -> Result<Step, Error> {
    let (fraction, exponent) = split_exponent(call.check_number(1)?);
    call.push(Value::foreign_number(fraction));
    call.push(Value::number(f64::from(exponent)));
    Ok(Step::Return(2))
}

fn ldexp(call: &mut Call<'_>) -> Result<Step, Error> {
    let exponent = call.check_int(2)?;
    let x = call.check_number(1)?;
    give_number(call, scale(x, exponent))
}

fn modf(call: &mut Call<'_>) -> Result<Step, Error> {
    let x = call.check_number(1)?;
    let whole = x.trunc();
    let rest = if x.is_infinite() { 0.0 } else { x - whole };
    call.push(Value::foreign_number(whole));
    call.push(Value::foreign_number(if x.is_nan() { x } else { rest.copysign(x) }));
    Ok(Step::Return(2))
}

fn random(call: &mut Call<'_>) -> Result<Step, Error> {
    // The number is drawn before anything is checked.
    let number = call.state.random.next_number() % RANDOM_MAX;
    let r = f64::from(number) / f64::from(RANDOM_MAX);
    match call.count() {
        0 => give_number(call, r),
        1 => {
            let high = call.check_int(1)?;
            if high < 1 {
                return Err(call.argument_error(1, "interval is empty"));
            }
            give_number(call, (r * f64::from(high)).floor() + 1.0)
        }
        2 => {
            let low = call.check_int(1)?;
            let high = call.check_int(2)?;
            if low > high {
                return Err(call.argument_error(2, "interval is empty"));
            }
            let size = high.wrapping_sub(low).wrapping_add(1);
            give_number(call, (r * f64::from(size)).floor() + f64::from(low))
        }
        _ => Err(call.error("wrong number of arguments")),
    }
}

fn seed_random(call: &mut Call<'_>) -> Result<Step, Error> {
    let seed = call.check_int(1)?;
    call.state.random = Random::with_seed(seed as u32);
    Ok(Step::Return(0))
}

const EXPONENT_MASK: u64 = 0x7FF << 52;

/// A number as a fraction from 0.5 to below 1, with its sign, and a power of two; zero, infinities and NaN as they are,
/// with 0.
fn split_exponent(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    // Numbers below the normal range get there first.
    let (x, shift) = if x.is_subnormal() { (x * 2f64.powi(54), 54) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = ((bits & EXPONENT_MASK) >> 52) as i32;
    (f64::from_bits(bits & !EXPONENT_MASK | 1022 << 52), exponent - 1022 - shift)
}

/// `x * 2 ^ exponent`, rounded once.
fn scale(x: f64, exponent: i32) -> f64 {
    let (mut x, mut exponent) = (x, exponent);
    for _ in 0..2 {
        if exponent > 1023 {
            x *= 2f64.powi(1023);
            exponent -= 1023;
        } else if exponent < -1022 {
            // Not the whole way down, lest a result below the normal range be rounded twice.
            x *= 2f64.powi(-1022 + 53);
            exponent += 1022 - 53;
        }
    }
    x * f64::from_bits(((exponent.clamp(-1022, 1023) + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_and_exponents_make_up_the_number() {
        for x in [1.0, -0.75, 3e300, f64::MIN_POSITIVE, 5e-324, -1.5e-310, f64::MAX, -1e-5] {
            let (fraction, exponent) = split_exponent(x);
            assert!((0.5..1.0).contains(&fraction.abs()), "{x}");
            assert_eq!(scale(fraction, exponent), x);
        }
        assert_eq!(split_exponent(8.0), (0.5, 4));
        assert_eq!(split_exponent(5e-324), (0.5, -1073));
    }

    #[test]
    fn numbers_without_an_exponent_stay_as_they_are() {
        for x in [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let (fraction, exponent) = split_exponent(x);
            assert_eq!((fraction.to_bits(), exponent), (x.to_bits(), 0));
        }
    }

    #[test]
    fn scaling_below_the_normal_range_rounds_once_and_to_even() {
        let smallest = 5e-324;
        assert_eq!(scale(1.0, -1074), smallest);
        assert_eq!(scale(1.0, -1075), 0.0);
        assert_eq!(scale(1.0 + f64::EPSILON, -1075), smallest);
        assert_eq!(scale(1.5, -1074), 2.0 * smallest);
        assert_eq!(scale(2.5 - 4.0 * f64::EPSILON, -1074), 2.0 * smallest);
        assert_eq!(scale(smallest, 2097), 2f64.powi(1023));
    }

    #[test]
    fn scaling_by_far_too_much_ends_at_zero_or_infinity() {
        assert_eq!(scale(1.0, i32::MAX), f64::INFINITY);
        assert_eq!(scale(-1.0, i32::MAX), f64::NEG_INFINITY);
        assert_eq!(scale(-1.0, i32::MIN).to_bits(), (-0.0f64).to_bits());
        assert_eq!(scale(0.0, i32::MAX), 0.0);
        assert_eq!(scale(f64::INFINITY, i32::MIN), f64::INFINITY);
    }
}

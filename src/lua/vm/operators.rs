//! Arithmetic, comparison, length and concatenation beyond numbers: coercions and metamethods.

use super::calls::Request;
use super::error::Error;
use super::events::Event;
use super::state::{Flow, State};
use crate::lua::heap::{Type, Value};
use crate::lua::number::{parse_number, write_number};

/// The remainder as Lua defines it: with the sign of the divisor.
#[inline]
pub fn modulo(a: f64, b: f64) -> f64 {
    a - floor(a / b) * b
}

/// The largest integer that is not greater: `f64::floor` without a call of the C library where the number is small.
#[inline]
pub fn floor(n: f64) -> f64 {
    // Beyond 2^51, adding and subtracting 1.5 * 2^52 no longer leaves the nearest integer.
    const LIMIT: f64 = 2_251_799_813_685_248.0;
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    if n.abs() < LIMIT {
        let nearest = ((n + SHIFT) - SHIFT).copysign(n);
        // Without a branch: which way it would go is as good as random.
        return nearest - f64::from(u8::from(nearest > n));
    }
    n.floor()
}

/// The operand that a sum or a product is, sign and all, if one of them is not a number. Left to the compiler, which may swap
/// the operands of what commutes, it could be the second of two.
fn first_nan(a: f64, b: f64) -> Option<f64> {
    [a, b].into_iter().find(|operand| operand.is_nan())
}

/// The result of an arithmetic event on two numbers.
fn compute(event: Event, a: f64, b: f64) -> f64 {
    match event {
        Event::Add => first_nan(a, b).unwrap_or(a + b),
        Event::Sub => a - b,
        Event::Mul => first_nan(a, b).unwrap_or(a * b),
        Event::Div => a / b,
        Event::Mod => modulo(a, b),
        Event::Pow => a.powf(b),
        _ => -a,
    }
}

/// What a comparison came to.
pub(super) enum Compared {
    Result(bool),
    /// A metamethod decides; its call is under way.
    Flow(Flow),
}

impl State {
    /// The number that a value is or converts to.
    pub fn to_number(&self, value: Value) -> Option<f64> {
        match value.as_string() {
            Some(string) => parse_number(self.heap.bytes(string)).and_then(|n| Value::foreign_number(n).as_number()),
            None => value.as_number(),
        }
    }

    /// Does an arithmetic instruction whose operands are not both numbers; its result goes to `register` (a place of the stack).
    #[cold]
    pub(super) fn arithmetic(&mut self, event: Event, a: Value, b: Value, register: usize) -> Result<Flow, Error> {
        if let (Some(x), Some(y)) = (self.to_number(a), self.to_number(b)) {
            self.execution.stack[register] = Value::number(compute(event, x, y));
            return Ok(Flow::Continue);
        }
        let metamethod = self.binary_metamethod(event, a, b);
        if metamethod.is_nil() {
            return Err(self.arithmetic_error(a, b));
        }
        self.call_metamethod(metamethod, &[a, b])
    }

    fn binary_metamethod(&self, event: Event, a: Value, b: Value) -> Value {
        let first = self.metamethods.of(&self.heap, a, event);
        if first.is_nil() { self.metamethods.of(&self.heap, b, event) } else { first }
    }

    /// The length of a value that is not a table.
    pub(super) fn length(&mut self, value: Value, place: usize, register: usize) -> Result<Flow, Error> {
        if let Some(string) = value.as_string() {
            self.execution.stack[register] = Value::number(self.heap.bytes(string).len() as f64);
            return Ok(Flow::Continue);
        }
        let metamethod = self.metamethods.of(&self.heap, value, Event::Len);
        if metamethod.is_nil() {
            return Err(self.type_error(value, Some(place), "get length of"));
        }
        self.call_metamethod(metamethod, &[value, Value::NIL])
    }

    /// The metamethod that decides whether two different values of the same type are equal.
    pub(in crate::lua) fn equality_metamethod(&mut self, a: Value, b: Value) -> Option<Value> {
        if a.kind() != b.kind() || !matches!(a.kind(), Type::Table | Type::Userdata) || a == b {
            return None;
        }
        let first = self.metamethods.metatable(&self.heap, a)?;
        let one = self.metamethods.fast(&mut self.heap, first, Event::Eq);
        if one.is_nil() {
            return None;
        }
        let second = self.metamethods.metatable(&self.heap, b)?;
        if first == second {
            return Some(one);
        }
        let two = self.metamethods.fast(&mut self.heap, second, Event::Eq);
        one.raw_equals(two).then_some(one)
    }

    /// The order of two values without metamethods: of numbers, or of strings.
    pub(in crate::lua) fn plain_order(&self, a: Value, b: Value) -> Option<Option<std::cmp::Ordering>> {
        if let (Some(x), Some(y)) = (a.as_number(), b.as_number()) {
            return Some(x.partial_cmp(&y));
        }
        let (x, y) = (a.as_string()?, b.as_string()?);
        Some(Some(self.heap.bytes(x).cmp(self.heap.bytes(y))))
    }

    /// The metamethod for an order, if both values agree on it.
    pub(in crate::lua) fn order_metamethod(&self, event: Event, a: Value, b: Value) -> Option<Value> {
        let one = self.metamethods.of(&self.heap, a, event);
        if one.is_nil() {
            return None;
        }
        let two = self.metamethods.of(&self.heap, b, event);
        one.raw_equals(two).then_some(one)
    }

    #[cold]
    pub(super) fn less_than(&mut self, a: Value, b: Value) -> Result<Compared, Error> {
        if let Some(order) = self.plain_order(a, b) {
            return Ok(Compared::Result(order.is_some_and(|order| order.is_lt())));
        }
        if a.kind() == b.kind()
            && let Some(metamethod) = self.order_metamethod(Event::Lt, a, b)
        {
            return self.call_metamethod(metamethod, &[a, b]).map(Compared::Flow);
        }
        Err(self.order_error(a, b))
    }

    #[cold]
    pub(super) fn less_equal(&mut self, a: Value, b: Value) -> Result<Compared, Error> {
        if let Some(order) = self.plain_order(a, b) {
            return Ok(Compared::Result(order.is_some_and(|order| order.is_le())));
        }
        if a.kind() == b.kind() {
            if let Some(metamethod) = self.order_metamethod(Event::Le, a, b) {
                return self.call_metamethod(metamethod, &[a, b]).map(Compared::Flow);
            }
            if let Some(metamethod) = self.order_metamethod(Event::Lt, b, a) {
                if let Some(frame) = self.execution.frames.last_mut() {
                    frame.progress = 1;
                }
                return self.call_metamethod(metamethod, &[b, a]).map(Compared::Flow);
            }
        }
        Err(self.order_error(a, b))
    }

    /// Concatenates the values at `first..=last` of the stack, from the end. Gives the call that has to be made first, if any; when
    /// it is done, its result replaces the last two of what is left, and this goes on.
    pub(super) fn concatenate(&mut self, first: usize, mut last: usize) -> Result<Option<Request>, Error> {
        while last > first {
            let (a, b) = (self.execution.stack[last - 1], self.execution.stack[last]);
            let joinable = |value: Value| value.is_string() || value.is_number();
            if !joinable(a) || !joinable(b) {
                let metamethod = self.binary_metamethod(Event::Concat, a, b);
                if metamethod.is_nil() {
                    return Err(self.concatenation_error(last - 1));
                }
                if let Some(frame) = self.execution.frames.last_mut() {
                    frame.progress = last as u32;
                }
                return Ok(Some(self.prepare_metamethod(metamethod, &[a, b])));
            }
            let run = self.execution.stack[first..=last].iter().rev().take_while(|value| joinable(**value)).count();
            let start = last + 1 - run;
            self.execution.stack[start] = self.join(start, last)?;
            last = start;
        }
        Ok(None)
    }

    /// Joins strings and numbers.
    fn join(&mut self, first: usize, last: usize) -> Result<Value, Error> {
        let mut bytes = std::mem::take(&mut self.scratch);
        bytes.clear();
        for value in &self.execution.stack[first..=last] {
            match (value.as_string(), value.as_number()) {
                (Some(string), _) => bytes.extend_from_slice(self.heap.bytes(string)),
                (_, Some(n)) => write_number(n, &mut bytes),
                _ => {}
            }
            if !self.heap.has_room(bytes.len()) {
                return Err(self.memory_error());
            }
        }
        let value = self.heap.string(&bytes);
        if bytes.capacity() <= 1 << 16 {
            self.scratch = bytes;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_is_the_standard_library_s() {
        let mut numbers =
            vec![0.0, 0.3, 0.5, 0.7, 1.0, 1.5, 2.5, 1e15, 2e15, 2.3e15, 1e300, f64::INFINITY, f64::MIN_POSITIVE];
        numbers.extend((1..2000).map(|n| f64::from(n) * 1.000_000_37e12 / 7.0));
        for n in numbers.iter().flat_map(|n| [*n, -*n]) {
            assert_eq!(floor(n).to_bits(), n.floor().to_bits(), "{n}");
        }
        assert!(floor(f64::NAN).is_nan());
    }
}

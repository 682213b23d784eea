//! `table.sort`: the reference's quicksort (`auxsort` in `ltablib.c`), as a machine that stops at every comparison.
//!
//! A program can watch a sort through its comparison function, or through errors in the middle of it, so the
//! comparisons and the moves of elements come in exactly the reference's order. Where the reference recurses, ranges
//! wait in a list. A comparison function may do anything to the table: each access here is an ordinary one.

use super::table::{get, length, set};
use crate::lua::heap::{TableRef, Type, Value};
use crate::lua::vm::{Call, Completion, Error, Event, Guard, Outcome, Pending, Step};

/// Where the values are kept that a step compares, in the stack of the function: above the table and the comparison
/// function. While elements are passed over, the first one is the pivot.
const FIRST: usize = 3;
const SECOND: usize = 4;
const THIRD: usize = 5;

/// Which comparison is next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// The last element of the range with the first one, to begin with.
    LastFirst,
    /// The one in the middle with the first one.
    MiddleFirst,
    /// The last one with the one in the middle.
    LastMiddle,
    /// The next element from the left with the pivot.
    FromLeft,
    /// The pivot with the next element from the right.
    FromRight,
}

/// A sort under way. On the stack: the table, the comparison function or `nil`, the values of [`FIRST`] to [`THIRD`].
#[derive(Clone, Debug)]
struct Sort {
    stage: Stage,
    /// The range that is being sorted.
    low: i32,
    high: i32,
    /// How far the range is partitioned from the left and from the right; before that, `left` is its middle.
    left: i32,
    right: i32,
    /// Larger halves that are sorted later. Each is at least as large as all that were put here after it together, so
    /// there are few.
    waiting: Vec<(i32, i32)>,
}

/// `table.sort(table [, comp])`
pub(super) fn sort(call: &mut Call<'_>) -> Result<Step, Error> {
    let table = call.check_table(1)?;
    let high = length(call, table);
    call.check_stack(40, "")?;
    if !call.is_none_or_nil(2) {
        call.check_type(2, Type::Function)?;
    }
    call.set_count(2);
    call.set_count(THIRD);
    if high <= 1 {
        return Ok(Step::Return(0));
    }
    let sort = Sort { stage: Stage::LastFirst, low: 1, high, left: 0, right: 0, waiting: Vec::new() };
    Box::new(sort).go_on(call, table)
}

impl Sort {
    /// Goes on until a function has to be called for a comparison, or everything is sorted.
    fn go_on(mut self: Box<Self>, call: &mut Call<'_>, table: TableRef) -> Result<Step, Error> {
        let function = call.value(2);
        loop {
            if function.is_nil() {
                self.pass_over_numbers(call, table);
            }
            let (a, b) = self.operands(call, table);
            let comparator = if function.is_nil() {
                match less_than(call, a, b)? {
                    Less::Known(is_less) => {
                        if self.settle(call, table, is_less)? {
                            continue;
                        }
                        return Ok(Step::Return(0));
                    }
                    Less::Ask(metamethod) => metamethod,
                }
            } else {
                function
            };
            call.push(comparator);
            call.push(a);
            call.push(b);
            return Ok(Step::Call { arguments: 2, wanted: 1, guard: Guard::None, pending: self });
        }
    }

    /// Takes the steps of a partition that only pass over numbers on their side of the pivot: nobody can watch those.
    fn pass_over_numbers(&mut self, call: &Call<'_>, table: TableRef) {
        let Some(pivot) = call.value(FIRST).as_number() else { return };
        let table = call.state.heap.table(table);
        match self.stage {
            Stage::FromLeft => {
                while self.left < self.high && table.get_int(self.left + 1).number_or_nan() < pivot {
                    self.left += 1;
                }
            }
            Stage::FromRight => {
                while self.right > self.low && pivot < table.get_int(self.right - 1).number_or_nan() {
                    self.right -= 1;
                }
            }
            Stage::LastFirst | Stage::MiddleFirst | Stage::LastMiddle => {}
        }
    }

    /// Fetches the values of the next comparison, which asks whether the first one is less than the second one.
    fn operands(&mut self, call: &mut Call<'_>, table: TableRef) -> (Value, Value) {
        match self.stage {
            Stage::LastFirst => {
                let first = fetch(call, table, self.low, FIRST);
                (fetch(call, table, self.high, SECOND), first)
            }
            Stage::MiddleFirst => {
                self.left = self.low.wrapping_add(self.high) / 2;
                let middle = fetch(call, table, self.left, FIRST);
                (middle, fetch(call, table, self.low, SECOND))
            }
            Stage::LastMiddle => (fetch(call, table, self.high, SECOND), call.value(FIRST)),
            Stage::FromLeft => {
                self.left += 1;
                (fetch(call, table, self.left, SECOND), call.value(FIRST))
            }
            Stage::FromRight => {
                self.right -= 1;
                (call.value(FIRST), fetch(call, table, self.right, THIRD))
            }
        }
    }

    /// Does what follows from a comparison. Says whether another one is needed.
    fn settle(&mut self, call: &mut Call<'_>, table: TableRef, is_less: bool) -> Result<bool, Error> {
        match self.stage {
            Stage::LastFirst => {
                if is_less {
                    exchange(call, table, self.low, self.high)?;
                }
                if self.high - self.low == 1 {
                    return Ok(self.next_waiting());
                }
                self.stage = Stage::MiddleFirst;
            }
            Stage::MiddleFirst if !is_less => self.stage = Stage::LastMiddle,
            Stage::MiddleFirst => {
                exchange(call, table, self.left, self.low)?;
                return self.choose_pivot(call, table);
            }
            Stage::LastMiddle => {
                if is_less {
                    exchange(call, table, self.left, self.high)?;
                }
                return self.choose_pivot(call, table);
            }
            Stage::FromLeft if is_less => check_order(call, self.left <= self.high)?,
            Stage::FromLeft => self.stage = Stage::FromRight,
            Stage::FromRight if is_less => check_order(call, self.right >= self.low)?,
            Stage::FromRight if self.right < self.left => return self.divide(call, table),
            Stage::FromRight => {
                let (left, right) = (call.value(SECOND), call.value(THIRD));
                set(call, table, self.left, right)?;
                set(call, table, self.right, left)?;
                self.stage = Stage::FromLeft;
            }
        }
        Ok(true)
    }

    /// Puts the element in the middle, now the median of three, next to the last one, as the pivot.
    fn choose_pivot(&mut self, call: &mut Call<'_>, table: TableRef) -> Result<bool, Error> {
        if self.high - self.low == 2 {
            return Ok(self.next_waiting());
        }
        let pivot = fetch(call, table, self.left, FIRST);
        let other = get(call, table, self.high - 1);
        set(call, table, self.left, other)?;
        set(call, table, self.high - 1, pivot)?;
        (self.left, self.right) = (self.low, self.high - 1);
        self.stage = Stage::FromLeft;
        Ok(true)
    }

    /// Puts the pivot where the partition ended, and goes on with the smaller half.
    fn divide(&mut self, call: &mut Call<'_>, table: TableRef) -> Result<bool, Error> {
        let middle = self.left;
        let (pivot, other) = (get(call, table, self.high - 1), get(call, table, middle));
        set(call, table, self.high - 1, other)?;
        set(call, table, middle, pivot)?;
        let (left, right) = ((self.low, middle - 1), (middle + 1, self.high));
        let (smaller, larger) = if middle - self.low < self.high - middle { (left, right) } else { (right, left) };
        self.waiting.push(larger);
        self.waiting.push(smaller);
        Ok(self.next_waiting())
    }

    /// Turns to the range that has waited least. Says whether there is one with anything to sort.
    fn next_waiting(&mut self) -> bool {
        self.stage = Stage::LastFirst;
        while let Some((low, high)) = self.waiting.pop() {
            if low < high {
                (self.low, self.high) = (low, high);
                return true;
            }
        }
        false
    }
}

impl Pending for Sort {
    fn resume(mut self: Box<Self>, call: &mut Call<'_>, outcome: Outcome) -> Result<Step, Error> {
        let Completion { .. } = outcome?;
        let is_less = !call.pop().is_falsy();
        let table = call.check_table(1)?;
        if self.settle(call, table, is_less)? { self.go_on(call, table) } else { Ok(Step::Return(0)) }
    }

    fn duplicate(&self) -> Box<dyn Pending> {
        Box::new(self.clone())
    }
}

/// Takes an element to a place of the stack, where it survives whatever a comparison function does to the table.
#[inline(always)]
fn fetch(call: &mut Call<'_>, table: TableRef, position: i32, place: usize) -> Value {
    let value = get(call, table, position);
    call.set(place, value);
    value
}

/// Writes the two values that were compared to each other's places: the second one to `first`, the first one to
/// `second`.
fn exchange(call: &mut Call<'_>, table: TableRef, first: i32, second: i32) -> Result<(), Error> {
    let (one, two) = (call.value(FIRST), call.value(SECOND));
    set(call, table, first, two)?;
    set(call, table, second, one)
}

fn check_order(call: &mut Call<'_>, is_inside: bool) -> Result<(), Error> {
    if is_inside { Ok(()) } else { Err(call.error("invalid order function for sorting")) }
}

/// Whether a value is less than another.
enum Less {
    Known(bool),
    /// This metamethod decides.
    Ask(Value),
}

/// The order without a comparison function (`lua_lessthan`).
#[inline(always)]
fn less_than(call: &mut Call<'_>, a: Value, b: Value) -> Result<Less, Error> {
    if a.is_number() && b.is_number() {
        return Ok(Less::Known(a.number_or_nan() < b.number_or_nan()));
    }
    if let Some(order) = call.state.plain_order(a, b) {
        return Ok(Less::Known(order.is_some_and(std::cmp::Ordering::is_lt)));
    }
    if a.kind() == b.kind()
        && let Some(metamethod) = call.state.order_metamethod(Event::Lt, a, b)
    {
        return Ok(Less::Ask(metamethod));
    }
    Err(call.state.order_error(a, b))
}

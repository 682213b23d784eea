//! What programs see of the library. The expectations are what the reference printed for the same text.

use crate::lua::embed::ScriptError;
use crate::lua::stdlib::trial::{results, run};
use crate::lua::vm::State;

/// The message of the error that an expression raises.
fn message(expression: &str) -> String {
    results(&format!("local ok, message = pcall(function() return ({expression}) end) return ok, message"))
}

#[test]
fn insertion_moves_elements_through_both_parts_of_a_table() {
    assert_eq!(results("local t = {1, 2, 3} table.insert(t, 2, 'x') return unpack(t)"), "1 x 2 3");
    assert_eq!(results("local t = {[1] = 1, [2] = 2, [3] = 3} table.insert(t, 1, 'x') return unpack(t)"), "x 1 2 3");
    assert_eq!(results("local t = {1, 2} table.insert(t, 5, 'x') return #t, t[5]"), "2 x");
    assert_eq!(
        results("local t = {1, 2} table.insert(t, -1, 'x') return t[-1], t[0], t[1], t[2], t[3]"),
        "x nil nil 1 2"
    );
}

#[test]
fn removal_gives_the_element_back_and_closes_the_gap() {
    assert_eq!(results("local t = {1, 2, 3} return table.remove(t, 1), #t, unpack(t)"), "1 2 2 3");
    assert_eq!(results("local t = {[1] = 1, [2] = 2, [3] = 3} return table.remove(t, 1), #t, unpack(t)"), "1 2 2 3");
    assert_eq!(results("return select('#', table.remove({}))"), "0");
    assert_eq!(results("return select('#', table.remove({1, 2}, 3)), select('#', table.remove({1, 2}, 0))"), "0 0");
}

#[test]
fn concatenation_stops_at_the_first_value_that_is_no_text() {
    assert_eq!(results("return table.concat({1, 'a', 2.5}, '-'), table.concat({1, 2, 3}, ', ', 2, 3)"), "1-a-2.5 2, 3");
    assert_eq!(results("return table.concat({[2^31 - 1] = 'z'}, '', 2^31 - 1, 2^31 - 1)"), "z");
    assert_eq!(
        message("table.concat({'a'}, '', 1, 1e9)"),
        "false test:1: invalid value (nil) at index 2 in table for 'concat'"
    );
}

#[test]
fn concatenation_respects_the_memory_limit() {
    let mut state = State::with_libraries();
    state.heap.set_limit(1 << 20);
    let source = "local s, t = string.rep('x', 100000), {} for i = 1, 100 do t[i] = s end return table.concat(t)";
    assert!(matches!(run(&mut state, source), Err(ScriptError::OutOfMemory)));
}

#[test]
fn wrong_arguments_are_refused_with_the_reference_s_messages() {
    let cases = [
        ("table.insert({})", "false test:1: wrong number of arguments to 'insert'"),
        ("table.insert({}, 'x', 1)", "false test:1: bad argument #2 to 'insert' (number expected, got string)"),
        ("table.setn({}, 1)", "false test:1: 'setn' is obsolete"),
        ("table.getn()", "false test:1: bad argument #1 to 'getn' (table expected, got no value)"),
        ("table.foreach({}, 1)", "false test:1: bad argument #2 to 'foreach' (function expected, got number)"),
        ("table.sort({}, {})", "false test:1: bad argument #2 to 'sort' (function expected, got table)"),
    ];
    for (expression, expected) in cases {
        assert_eq!(message(expression), expected, "{expression}");
    }
}

#[test]
fn traversals_end_at_the_first_result() {
    assert_eq!(results("return table.foreachi({5, 6, 7}, function(i, v) if v == 6 then return i end end)"), "2");
    assert_eq!(results("local n = 0 table.foreach({1, x = 2}, function(_, v) n = n + v end) return n"), "3");
    assert_eq!(results("return table.foreach({1, 2}, function() return false end)"), "false");
    assert_eq!(results("return table.maxn({1, [2.5] = 1, [-7] = 1}), table.getn({1, 2})"), "2.5 2");
}

#[test]
fn the_comparisons_of_a_sort_come_in_the_reference_s_order() {
    let source = "local log = {} local t = {5, 2, 8, 1, 9}
        table.sort(t, function(a, b) log[#log + 1] = a .. '<' .. b return a < b end)
        return table.concat(log, ' '), unpack(t)";
    assert_eq!(results(source), "9<5 8<5 9<8 2<8 1<8 8<8 8<1 1<5 2<1 5<2 1 2 5 8 9");
}

#[test]
fn sorts_without_a_function_compare_as_the_language_does() {
    assert_eq!(results("local t = {3, 1, 2} table.sort(t) return unpack(t)"), "1 2 3");
    assert_eq!(results("local t = {'b', 'a\\0b', 'a'} table.sort(t) return t[1], #t[2], t[3]"), "a 3 b");
    let source = "local m = {__lt = function(a, b) return a.n < b.n end}
        local t = {} for i = 1, 9 do t[i] = setmetatable({n = i * 7 % 10}, m) end
        table.sort(t) for i = 1, 9 do t[i] = t[i].n end return table.concat(t)";
    assert_eq!(results(source), "123456789");
    assert_eq!(message("table.sort({1, 'x'})"), "false attempt to compare string with number");
    assert_eq!(message("table.sort({{}, {}})"), "false attempt to compare two table values");
}

#[test]
fn an_order_that_is_none_is_found_out() {
    assert_eq!(
        message("table.sort({1, 2, 3, 4, 5}, function() return true end)"),
        "false test:1: invalid order function for sorting"
    );
}

#[test]
fn values_that_only_a_sort_holds_survive_the_collector() {
    let mut state = State::with_libraries();
    state.heap.set_stress(crate::lua::heap::Stress::WholeCollections);
    // At one comparison after the other, the table is emptied; what the sort still has in its hands ends up in it again.
    let source = "local found = {}
        for moment = 1, 40 do
            local t, count = {}, 0
            for i = 1, 12 do t[i] = {n = i * 5 % 13} end
            pcall(table.sort, t, function(a, b)
                count = count + 1
                local is_less = (a and a.n or 0) < (b and b.n or 0)
                a, b = nil, nil
                if count == moment then
                    for i = 1, 12 do t[i] = nil end
                    for i = 1, 12 do local other = {n = -1} end
                end
                return is_less
            end)
            for i = 1, 12 do if t[i] then found[#found + 1] = i .. ':' .. t[i].n end end
        end
        return table.concat(found, ' ')";
    let expected = "10:4 11:5 12:10 12:10 12:10 7:1 12:10 12:7 12:7 5:3 12:7 5:12 3:3 4:4 2:1 3:3 10:6 11:7 12:9 12:9 12:9 \
        7:9 11:8 12:10 12:11 11:10 12:11 12:12 9:9 12:12 11:11 12:12 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 \
        11:11 12:12 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 \
        10:10 11:11 12:12 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12";
    assert_eq!(run(&mut state, source).ok().as_deref(), Some(expected));
}

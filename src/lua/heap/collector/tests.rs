use super::{Phase, Stress};
use crate::lua::embed::Script;
use crate::lua::heap::{HostValue, Type, Value};
use crate::lua::vm::{Call, Error, State, Step};

/// The bodies of tests are programs, and what a host does in between.
type Act<'a> = &'a dyn Fn(&mut State);

fn run(state: &mut State, source: &str) {
    let script = Script { chunk: source.as_bytes(), name: b"=test", arguments: &[], path: b"test" };
    if let Err(error) = state.run_script(&script, &mut ()) {
        panic!("{source}: {error:?}");
    }
}

fn program(source: &str) -> impl Fn(&mut State) {
    move |state| run(state, source)
}

fn global(state: &mut State, name: &str) -> Value {
    let (globals, name) = (state.globals(), state.heap.string(name.as_bytes()));
    state.heap.raw_get(globals, name)
}

/// Begins a cycle and follows everything that the globals lead to. The collector stays away after that.
fn blacken(state: &mut State) {
    state.begin_requested_collection();
    while !state.heap.collector.grey.is_empty() {
        state.advance_collection(&mut 1);
    }
    assert_eq!((state.heap.collector.phase, state.heap.collector.rounds), (Phase::Mark, 0));
    state.heap.stop_collector();
}

/// Ends a cycle, with the check that nothing was missed.
fn finish(state: &mut State) {
    state.heap.set_stress(Stress::Steps);
    state.advance_collection(&mut i64::MAX.clone());
    state.heap.set_stress(Stress::Off);
    assert!(state.heap.is_pausing());
}

/// Has something stored in what the collector has dealt with, and looks whether it is still there after the cycle.
fn survives(set_up: &str, change: Act<'_>, check: &str) {
    let mut state = State::with_libraries();
    run(&mut state, set_up);
    blacken(&mut state);
    change(&mut state);
    finish(&mut state);
    run(&mut state, check);
    state.collect_garbage();
    run(&mut state, check);
}

#[test]
fn values_stored_in_tables() {
    survives("t = {1, 2}", &program("t[1] = {}"), "t[1].x = 1");
    survives("t = {x = 1}", &program("t.x = {}"), "t.x.x = 1");
    survives("t = {x = 1}", &program("t.y = {}"), "t.y.x = 1");
    survives("t = setmetatable({x = 1}, {})", &program("t.x = {}"), "t.x.x = 1");
    survives("t = setmetatable({x = 1}, {})", &program("t.y = {}"), "t.y.x = 1");
    survives("t = {}", &program("t[true] = {}"), "t[true].x = 1");
    survives("", &program("new = {}"), "new.x = 1");
    survives("t = {}", &program("t.x = function() return 'made of ' .. 1 end"), "assert(t.x() == 'made of 1')");
    survives("t = {}", &program("t.x = ('x'):rep(100)"), "assert(t.x == ('x'):rep(100))");
    survives("t = {}", &program("rawset(t, 'x', {})"), "t.x.x = 1");
    survives("t = {1}", &program("rawset(t, 1, {})"), "t[1].x = 1");
    survives("t = {1, 2}", &program("table.insert(t, 1, {})"), "t[1].x = 1");
    survives("t = {1, 2}", &program("table.insert(t, {})"), "t[3].x = 1");
    survives("t = {x = 1}", &program("t.x = {{{}}}"), "t.x[1][1].x = 1");
    survives("t = {x = 1}", &program("t.x = coroutine.create(function() end)"), "coroutine.status(t.x)");
    survives("t = {x = 1}", &program("t.x = newproxy(true)"), "getmetatable(t.x).x = 1");
}

#[test]
fn keys_of_tables() {
    survives("t = {}", &program("t[{}] = 1"), "next(t).x = 1");
    survives("t = setmetatable({}, {})", &program("t[{}] = 1"), "next(t).x = 1");
    survives("t = {}", &program("rawset(t, {}, 1)"), "next(t).x = 1");
    survives("t = {}", &program("t['made of ' .. 1] = 1"), "assert(next(t) == 'made of 1')");
}

#[test]
fn values_that_only_a_stack_held() {
    let set_up = "hidden = {{}} black = {}";
    survives(set_up, &program("local v = hidden[1] hidden[1] = nil black.v = v"), "black.v.x = 1");
    let set_up = "t = {{1}, {2}, {3}, {4}, {5}}";
    let change =
        "table.sort(t, function(a, b) return a[1] > b[1] end) local first = table.remove(t, 1) t.first = first";
    survives(set_up, &program(change), "assert(t.first[1] == 5 and #t == 4 and t[4][1] == 1)");
}

#[test]
fn metatables_and_environments() {
    survives("t = {}", &program("setmetatable(t, {})"), "getmetatable(t).x = 1");
    survives("function f() return x end", &program("setfenv(f, {x = 7})"), "assert(f() == 7)");
    survives("", &program("setfenv(0, setmetatable({}, {__index = getfenv(0)}))"), "assert(getfenv(0) and x == nil)");
    survives(
        "co = coroutine.wrap(function() coroutine.yield() setfenv(0, {x = 7}) coroutine.yield() return getfenv(0) end) co()",
        &program("co()"),
        "seen = seen or co() assert(seen.x == 7)",
    );
    survives(
        "u = newproxy()",
        &|state| {
            let new = state.heap.new_table();
            let userdata = global(state, "u").as_userdata().expect("a proxy is a userdata");
            state.heap.set_userdata_metatable(userdata, Some(new));
        },
        "getmetatable(u).x = 1",
    );
    survives(
        "u = newproxy()",
        &|state| {
            let new = state.heap.new_table();
            let userdata = global(state, "u").as_userdata().expect("a proxy is a userdata");
            state.heap.set_userdata_environment(userdata, new);
        },
        "",
    );
    survives(
        "",
        &|state| {
            let new = state.heap.new_table();
            let native = global(state, "print").as_native().expect("`print` is a native function");
            state.heap.set_native_environment(native, new);
        },
        "",
    );
    survives(
        "",
        &|state| {
            let new = state.heap.new_table();
            state.metamethods.set_type_metatable(Type::Number, Some(new));
        },
        "getmetatable(1).x = 1",
    );
}

#[test]
fn upvalues() {
    let closed = "do local v function set(new) v = new end function get() return v end end";
    survives(closed, &program("set({})"), "get().x = 1");
    let open = "co = coroutine.wrap(function()
        local v
        function set(new) v = new end
        function get() return v end
        coroutine.yield()
        if v then v.x = 1 end
        coroutine.yield(v)
    end) co()";
    survives(open, &program("set({})"), "get().x = 1");
    survives(open, &program("set({}) co()"), "assert(get().x == 1)");
    let ending = "co = coroutine.wrap(function()
        do
            local v
            function get() return v end
            coroutine.yield()
            v = {}
        end
        coroutine.yield()
    end) co()";
    survives(ending, &program("co()"), "get().x = 1");
    survives(ending, &program("co() co = nil"), "get().x = 1");
    let dying = "do
        local co = coroutine.create(function()
            local v
            function set(new) v = new end
            function get() return v end
            coroutine.yield()
        end)
        coroutine.resume(co)
    end";
    survives(dying, &program("set({})"), "get().x = 1");
    survives(dying, &program("set({}) local t = get() set(nil) t.x = 1 set(t)"), "assert(get().x == 1)");
}

#[test]
fn stacks_of_coroutines_that_have_run() {
    let set_up = "co = coroutine.wrap(function(v)
        local v = coroutine.yield()
        coroutine.yield()
        while true do v.x = 1 coroutine.yield() end
    end) co()";
    survives(set_up, &program("co({})"), "co()");
    let made = "co = coroutine.wrap(function()
        coroutine.yield()
        local v = {}
        coroutine.yield()
        while true do v.x = 1 coroutine.yield() end
    end) co()";
    survives(made, &program("co()"), "co()");
    // The main thread's own stack changes between the steps of one cycle.
    let mut state = State::with_libraries();
    state.heap.set_stress(Stress::Steps);
    run(
        &mut state,
        "local list for i = 1, 3000 do list = {next = list, i = i} end
         for i = 3000, 1, -1 do assert(list.i == i) list = list.next end assert(list == nil)",
    );
}

/// Keeps its argument in its upvalue, or gives that back.
fn keep(call: &mut Call<'_>) -> Result<Step, Error> {
    if call.count() == 0 {
        let kept = call.upvalue(0);
        return call.give(kept);
    }
    let value = call.value(1);
    call.set_upvalue(0, value);
    Ok(Step::Return(0))
}

#[test]
fn upvalues_of_native_functions() {
    let mut state = State::with_libraries();
    let native = state.new_native(keep, &[Value::NIL]);
    let (globals, name) = (state.globals(), state.heap.string(b"keep"));
    state.heap.raw_set(globals, name, Value::native(native)).expect("there is room");
    blacken(&mut state);
    run(&mut state, "keep({})");
    finish(&mut state);
    run(&mut state, "keep().x = 1");
}

#[test]
fn what_a_host_stores() {
    let store = |state: &mut State| {
        let mut transaction = state.begin();
        let globals = transaction.globals();
        let table = transaction.new_table().expect("there is room");
        transaction.set_field(globals, "new", table).expect("there is room");
        let metatable = transaction.new_table().expect("there is room");
        transaction.set_metatable(table, Some(metatable)).expect("the handles are valid");
        let u = transaction.get_field(globals, "u").expect("the handle is valid");
        transaction.set_userdata_metatable(u.try_into().expect("a proxy"), Some(metatable)).expect("valid handles");
        transaction.commit();
    };
    survives("u = newproxy()", &store, "getmetatable(new).x = 1 assert(getmetatable(u).x == 1)");
}

#[test]
fn what_a_host_pins_and_takes_back() {
    let mut state = State::with_libraries();
    run(&mut state, "t = {old = {}}");
    blacken(&mut state);
    let mut transaction = state.begin();
    let globals = transaction.globals();
    let HostValue::Table(t) = transaction.get_field(globals, "t").unwrap() else { panic!("`t` is a table") };
    let pinned = transaction.new_table().unwrap();
    transaction.pin(pinned).unwrap();
    let loose = transaction.new_table().unwrap();
    transaction.commit();
    let mut undone = state.begin();
    undone.set_field(t, "old", HostValue::Nil).unwrap();
    undone.set_field(t, "new", 1.0).unwrap();
    undone.rollback();
    finish(&mut state);
    run(&mut state, "t.old.x = 1 assert(t.new == nil)");
    assert_eq!(state.begin().length(pinned), Ok(0));
    assert!(state.begin().length(loose).is_err());
}

#[test]
fn weak_tables_keep_what_is_reachable_and_nothing_else() {
    let weak = |mode: &str| format!("w = setmetatable({{}}, {{__mode = '{mode}'}}) w.strong = {{}} anchor = {{}}");
    survives(&weak("k"), &program("key = {} w[key] = {}"), "w[key].x = 1 w.strong.x = 1");
    survives(&weak("k"), &program("w[1] = {}"), "w[1].x = 1");
    survives(&weak("v"), &program("value = {} w[{}] = value"), "assert(next(w)) next(w).x = 1");
    for mode in ["k", "v", "kv"] {
        let change = "w[{}] = {} w[{}] = {} for i = 1, 10 do w[{}] = i w[i] = {} w[i] = i end";
        let count = "local tables = 0 for k, v in pairs(w) do
            if type(k) == 'table' or type(v) == 'table' and k ~= 'strong' then tables = tables + 1 end
        end";
        let expected = if mode == "v" { "assert(tables == 10)" } else { "assert(tables == 0)" };
        survives(&weak(mode), &program(change), &format!("{count} {expected}"));
    }
    // A table that becomes weak, or strong, after the collector has dealt with it.
    survives("t = {}", &program("setmetatable(t, {__mode = 'v'}) t[1] = anchor t[2] = {}"), "local _ = t[2]");
    survives(&weak("v"), &program("setmetatable(w, nil) w[1] = {}"), "w[1].x = 1");
}

#[test]
fn a_dead_object_is_gone_for_a_host_before_it_is_swept() {
    let mut state = State::with_libraries();
    let mut transaction = state.begin();
    let table = transaction.new_table().unwrap();
    let string = transaction.new_string("some string or other").unwrap();
    transaction.commit();
    assert!(state.begin().length(table).is_ok() && state.begin().bytes(string).is_ok());
    state.begin_requested_collection();
    while state.heap.collector.phase == Phase::Mark {
        assert!(state.begin().length(table).is_ok(), "nobody knows yet");
        state.advance_collection(&mut 1);
    }
    assert_eq!(state.heap.collector.phase, Phase::Sweep);
    assert!(state.begin().length(table).is_err() && state.begin().bytes(string).is_err());
    let again = state.begin().new_string("some string or other").unwrap();
    assert_eq!(state.begin().bytes(again), Ok(&b"some string or other"[..]));
    let globals = state.begin().globals();
    let mut transaction = state.begin();
    transaction.set_field(globals, "s", again).unwrap();
    transaction.commit();
    finish(&mut state);
    run(&mut state, "assert(s == 'some ' .. 'string or other')");
}

#[test]
fn a_whole_collection_is_exact_wherever_the_cycle_is() {
    let source = "weak = setmetatable({{}}, {__mode = 'v'}) live = {} for i = 1, 50 do live[i] = {i} end";
    for steps in 0..400 {
        let mut state = State::with_libraries();
        run(&mut state, source);
        state.heap.stop_collector();
        state.begin_requested_collection();
        for _ in 0..steps {
            state.advance_collection(&mut 1);
        }
        run(&mut state, "weak[2] = {} do local t = live[7] live[7] = nil weak[3] = t end");
        let mut copy = state.clone();
        for state in [&mut state, &mut copy] {
            state.collect_garbage();
            run(state, "assert(next(weak) == nil) for i = 1, 50 do assert(i == 7 or live[i][1] == i) end");
            let exact = state.heap.allocated();
            state.collect_garbage();
            assert!(state.heap.allocated().abs_diff(exact) <= 2048, "after {steps} steps: {exact}");
        }
    }
}

#[test]
fn stopping_restarting_and_stepping() {
    let mut state = State::with_libraries();
    run(
        &mut state,
        "collectgarbage() collectgarbage 'stop'
         repeat local t = {} until collectgarbage 'count' > 1000
         collectgarbage 'restart'
         repeat local t = {} until collectgarbage 'count' < 1000
         collectgarbage()
         local function steps(size)
             collectgarbage() collectgarbage 'stop'
             local t = {} for i = 1, 100 do t[i] = {{}} end
             local before, count = collectgarbage 'count', 0
             t = nil
             repeat count = count + 1 until collectgarbage('step', size)
             assert(collectgarbage 'count' < before)
             return count
         end
         local small, middle = steps(0), steps(6)
         assert(small > 10 and small < 100, small)
         assert(middle > 1 and middle * 3 < small, middle)
         assert(steps(10000) == 1 and steps(-1) == 1)
         assert(collectgarbage('setpause', 100) == 200 and collectgarbage('setpause', 200) == 100)
         assert(collectgarbage('setstepmul', 0) == 200)
         assert(steps(0) == 1)
         assert(collectgarbage('setstepmul', 200) == 0)",
    );
}

#[test]
fn finalisers_are_paid_for_like_other_work() {
    let mut state = State::with_libraries();
    run(
        &mut state,
        "collectgarbage 'stop'
         local called, first, steps = 0, nil, 0
         for i = 1, 100 do getmetatable(newproxy(true)).__gc = function() called = called + 1 end end
         repeat
             steps = steps + 1
             local over = collectgarbage('step', 0)
             if called > 0 and not first then first = steps end
         until over
         assert(called == 100 and steps - first >= 4 and steps - first <= 6, steps - first)",
    );
    run(
        &mut state,
        "for i = 1, 3 do getmetatable(newproxy(true)).__gc = function() error(i, 0) end end
         local _, e3 = pcall(collectgarbage)
         local _, e2 = pcall(collectgarbage, 'step')
         local _, e1 = pcall(collectgarbage, 'step')
         assert(e3 == 3 and e2 == 2 and e1 == 1 and collectgarbage 'step' == true)",
    );
}

#[test]
fn a_finaliser_may_collect_itself() {
    let mut state = State::with_libraries();
    run(
        &mut state,
        "local order = {}
         local function proxy(name, f) getmetatable(newproxy(true)).__gc = function() order[#order + 1] = name f() end end
         proxy('last', function() end)
         proxy('first', function() collectgarbage() order[#order + 1] = 'nested over' end)
         collectgarbage()
         assert(table.concat(order, ' ') == 'first last nested over', table.concat(order, ' '))
         -- One that allocates without end must not keep garbage from being collected.
         local most = 0
         proxy('greedy', function() for i = 1, 100000 do local t = {i} most = math.max(most, collectgarbage 'count') end end)
         proxy('waiting', function() end)
         proxy('greedy', function() for i = 1, 100000 do local t = {i} most = math.max(most, collectgarbage 'count') end end)
         repeat local t = {} until #order == 6
         assert(most < 2000, most)",
    );
}

#[test]
fn an_impatient_program_gets_further() {
    for (pause, multiplier) in [(0, 200), (100, 100), (0, 0), (-1, 200), (200, 1), (1000, 10000)] {
        let mut state = State::with_libraries();
        let source = format!(
            "collectgarbage('setpause', {pause}) collectgarbage('setstepmul', {multiplier})
             local kept = {{}} for i = 1, 20000 do kept[i % 100] = {{i}} end for i = 1, 99 do assert(kept[i][1] > 19000) end"
        );
        run(&mut state, &source);
        state.collect_garbage();
    }
}

#[test]
fn garbage_does_not_pile_up() {
    let mut state = State::with_libraries();
    run(
        &mut state,
        "local kept, most = {}, 0
         for i = 1, 20000 do kept[i] = {i} end
         collectgarbage()
         local live = collectgarbage 'count'
         for i = 1, 200000 do local t = {i} most = math.max(most, collectgarbage 'count') end
         assert(most < 3.2 * live, most / live)",
    );
}

#[test]
fn near_the_limit_there_is_not_much_garbage() {
    let mut state = State::with_libraries();
    run(&mut state, "kept = {} for i = 1, 1000 do kept[i] = {i} end");
    state.heap.set_limit(state.heap.allocated() * 2);
    run(&mut state, "for i = 1, 20000 do local s = ('x'):rep(5000 + i) local t = {i} end");
}

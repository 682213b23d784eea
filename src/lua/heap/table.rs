//! Tables: an array part and a hash part, laid out as the reference lays them out (`ltable.c`).
//!
//! Node placement, array sizing at a rehash and string hashes are the reference's, so `next`, `#` and everything that prints a
//! table agree. Keys that the reference hashes by address (tables, functions, …) are placed by their index instead.
//!
//! A table knows nothing of metamethods; it only keeps the cache of those that its metatable role lacks.

use super::strings::Strings;
use super::{TableRef, Value};

/// Marks the end of a chain of nodes.
const END: u32 = u32::MAX;
/// The array part never has more than `2 ^ MAX_BITS` elements.
const MAX_BITS: usize = 26;

/// Why a key cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The key is `nil`.
    NilKey,
    /// The key is not a number.
    NanKey,
    /// The table would be too large for the format, or for the machine.
    Overflow,
    /// There is no memory for it.
    Memory,
}

/// A key and a value in the hash part.
#[derive(Clone, Copy, Debug)]
struct Node {
    key: Value,
    value: Value,
    /// The next node in the chain of the same main position.
    next: u32,
}

const EMPTY: Node = Node { key: Value::NIL, value: Value::NIL, next: END };

/// Where the value of a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Array(u32),
    Node(u32),
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    array: Box<[Value]>,
    nodes: Box<[Node]>,
    metatable: TableRef,
    /// Free nodes are below this one.
    last_free: u32,
    /// A bit for each of the first eight events that this table, as a metatable, is known not to define.
    absent: u8,
    /// Whether the collector will come back to this table before marking ends, because it is weak.
    pub(super) is_revisited: bool,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            array: Box::default(),
            nodes: Box::default(),
            metatable: TableRef::NONE,
            last_free: 0,
            absent: 0,
            is_revisited: false,
        }
    }
}

/// The integer that a number is, if it is one of 32 bits (the reference's `int` cast and test).
#[inline(always)]
pub fn exact_int(n: f64) -> Option<i32> {
    // Adding 1.5 * 2^52 leaves the rounded integer in the low bits: cheaper than a saturating cast.
    let integer = (n + 6_755_399_441_055_744.0).to_bits() as i32;
    if f64::from(integer) == n { Some(integer) } else { None }
}

fn ceil_log2(n: usize) -> u32 {
    n.next_power_of_two().trailing_zeros()
}

fn nil_vector<T: Clone>(length: usize, fill: T) -> Result<Vec<T>, TableError> {
    let mut vector = Vec::new();
    vector.try_reserve_exact(length).map_err(|_| TableError::Memory)?;
    vector.resize(length, fill);
    Ok(vector)
}

impl Table {
    /// An empty table with room for `array` elements and `hash` other keys.
    pub fn with_capacity(array: usize, hash: usize) -> Result<Self, TableError> {
        let mut table = Table::default();
        if array > 0 {
            table.array = nil_vector(array, Value::NIL)?.into_boxed_slice();
        }
        if hash > 0 {
            table.set_node_vector(hash)?;
        }
        Ok(table)
    }

    /// The bytes that the parts of the table are accounted with.
    pub fn storage_weight(&self) -> usize {
        self.array.len() * 16 + self.nodes.len() * 40
    }

    /// The sizes of the array part and of the hash part.
    pub fn sizes(&self) -> (usize, usize) {
        (self.array.len(), self.nodes.len())
    }

    pub fn metatable(&self) -> Option<TableRef> {
        self.metatable.some()
    }

    pub(super) fn set_metatable(&mut self, metatable: Option<TableRef>) {
        self.metatable = metatable.unwrap_or(TableRef::NONE);
    }

    #[inline(always)]
    pub fn has_metatable(&self) -> bool {
        self.metatable.0 != TableRef::NONE.0
    }

    /// Whether the event with this number (below 8) is known to be absent.
    #[inline(always)]
    pub fn lacks(&self, event: u8) -> bool {
        self.absent >> event & 1 != 0
    }

    pub(super) fn note_absent(&mut self, event: u8) {
        self.absent |= 1 << event;
    }

    #[inline(always)]
    fn mask(&self) -> usize {
        self.nodes.len().wrapping_sub(1)
    }

    #[inline(always)]
    fn string_position(&self, key: super::StringRef, strings: &Strings) -> usize {
        if self.nodes.len() <= 1 << 16 {
            key.short_hash() & self.mask()
        } else {
            strings.full_hash(key) as usize & self.mask()
        }
    }

    #[inline]
    fn number_position(&self, n: f64) -> usize {
        if n == 0.0 {
            return 0;
        }
        let bits = n.to_bits();
        let sum = (bits as u32).wrapping_add((bits >> 32) as u32);
        (sum % (self.mask() as u32 | 1)) as usize
    }

    fn identity_position(&self, key: Value) -> usize {
        match key {
            Value::TRUE => 1 & self.mask(),
            Value::FALSE => 0,
            _ => (key.bits() as u32).wrapping_mul(0x9E37_79B1).rotate_right(11) as usize & self.mask(),
        }
    }

    fn main_position(&self, key: Value, strings: &Strings) -> usize {
        match (key.as_number(), key.as_string()) {
            (Some(n), _) => self.number_position(n),
            (_, Some(string)) => self.string_position(string, strings),
            _ => self.identity_position(key),
        }
    }

    /// Follows a chain to the node with exactly these key bits.
    #[inline(always)]
    fn find(&self, mut position: usize, key: Value) -> Option<u32> {
        while let Some(node) = self.nodes.get(position) {
            if node.key == key {
                return Some(position as u32);
            }
            position = node.next as usize;
        }
        None
    }

    #[inline(always)]
    fn find_number(&self, n: f64) -> Option<u32> {
        if self.nodes.is_empty() {
            return None;
        }
        let mut position = self.number_position(n);
        while let Some(node) = self.nodes.get(position) {
            if node.key.number_or_nan() == n {
                return Some(position as u32);
            }
            position = node.next as usize;
        }
        None
    }

    #[inline(always)]
    fn node_value(&self, node: Option<u32>) -> Value {
        match node {
            Some(index) => self.nodes[index as usize].value,
            None => Value::NIL,
        }
    }

    /// The value of a string key; `nil` if there is none.
    #[inline(always)]
    pub fn get_string(&self, key: super::StringRef, strings: &Strings) -> Value {
        let (mut position, key) = (self.string_position(key, strings), Value::string(key));
        while let Some(node) = self.nodes.get(position) {
            if node.key == key {
                return node.value;
            }
            position = node.next as usize;
        }
        Value::NIL
    }

    /// The value of a number key in the array part, if that reaches so far.
    #[inline(always)]
    pub fn element(&self, n: f64) -> Option<Value> {
        self.array.get((exact_int(n)? as u32).wrapping_sub(1) as usize).copied()
    }

    /// The value of a number key; `nil` if there is none.
    #[inline(always)]
    pub fn get_number(&self, n: f64) -> Value {
        self.element(n).unwrap_or_else(|| self.node_value(self.find_number(n)))
    }

    /// The value of an integer key; `nil` if there is none.
    #[inline]
    pub fn get_int(&self, n: i32) -> Value {
        match self.array.get((n as u32).wrapping_sub(1) as usize) {
            Some(value) => *value,
            None => self.node_value(self.find_number(f64::from(n))),
        }
    }

    /// The value of any key; `nil` if there is none.
    pub fn get(&self, key: Value, strings: &Strings) -> Value {
        match self.place(key, strings) {
            Some(place) => self.at(place),
            None => Value::NIL,
        }
    }

    /// Where the value of a key is kept, if the table has a place for it.
    #[inline]
    pub fn place(&self, key: Value, strings: &Strings) -> Option<Place> {
        if let Some(string) = key.as_string() {
            return self.find(self.string_position(string, strings), key).map(Place::Node);
        }
        if let Some(n) = key.as_number() {
            return self.place_of_number(n);
        }
        if key.is_nil() {
            return None;
        }
        self.find(self.identity_position(key), key).map(Place::Node)
    }

    #[inline(always)]
    fn place_of_number(&self, n: f64) -> Option<Place> {
        if let Some(integer) = exact_int(n) {
            let index = (integer as u32).wrapping_sub(1);
            if (index as usize) < self.array.len() {
                return Some(Place::Array(index));
            }
        }
        self.find_number(n).map(Place::Node)
    }

    /// The value at a place.
    #[inline(always)]
    pub fn at(&self, place: Place) -> Value {
        match place {
            Place::Array(index) => self.array[index as usize],
            Place::Node(index) => self.nodes[index as usize].value,
        }
    }

    /// Stores a value at a place, which must come from this table as it is now. Forgets which events are absent.
    #[inline(always)]
    pub(super) fn put(&mut self, place: Place, value: Value) {
        match place {
            Place::Array(index) => self.array[index as usize] = value,
            Place::Node(index) => {
                self.nodes[index as usize].value = value;
                self.absent = 0;
            }
        }
    }

    /// Overwrites an element of the array part, if it reaches that far and the old value is not `nil`
    /// or the table has no metatable. Says whether it did.
    #[inline(always)]
    pub(super) fn put_element(&mut self, n: f64, value: Value) -> bool {
        let plain = !self.has_metatable();
        if let Some(integer) = exact_int(n)
            && let Some(slot) = self.array.get_mut((integer as u32).wrapping_sub(1) as usize)
            && (plain || !slot.is_nil())
        {
            *slot = value;
            return true;
        }
        false
    }

    /// Copies the elements from `first` to `last` of the array part, so that they start at `to`. Says whether it did: not
    /// when one of them, or of their new places, is not in the array part.
    pub(super) fn copy_elements(&mut self, first: usize, last: usize, to: usize) -> bool {
        let size = self.array.len();
        let Some(count) = (last + 1).checked_sub(first) else { return false };
        if first == 0 || to == 0 || last > size || to - 1 + count > size {
            return false;
        }
        self.array.copy_within(first - 1..last, to - 1);
        true
    }

    /// Overwrites the value of a string key that has one, or that has had one in a table without a metatable. Says whether it did.
    #[inline(always)]
    pub(super) fn put_string(&mut self, key: super::StringRef, value: Value, strings: &Strings) -> bool {
        let plain = !self.has_metatable();
        let position = self.find(self.string_position(key, strings), Value::string(key));
        if let Some(index) = position {
            let node = &mut self.nodes[index as usize];
            if plain || !node.value.is_nil() {
                node.value = value;
                self.absent = 0;
                return true;
            }
        }
        false
    }

    /// The place of a key, made if there is none: the table may be laid out anew.
    ///
    /// # Errors
    /// When the key is `nil` or NaN, or there is no room.
    pub(super) fn make_place(&mut self, key: Value, strings: &Strings) -> Result<Place, TableError> {
        match self.place(key, strings) {
            Some(place) => Ok(place),
            None => self.add_place(key, strings),
        }
    }

    /// A place for a key that the table is known not to have.
    ///
    /// # Errors
    /// As [`Table::make_place`].
    pub(super) fn add_place(&mut self, key: Value, strings: &Strings) -> Result<Place, TableError> {
        if key.is_nil() {
            return Err(TableError::NilKey);
        }
        if key.as_number().is_some_and(f64::is_nan) {
            return Err(TableError::NanKey);
        }
        self.new_key(key, strings)
    }

    /// Gives a key that the table does not have a node: its main position if that is free, or else a free one, moving a
    /// node that is not in its own main position out of the way.
    fn new_key(&mut self, key: Value, strings: &Strings) -> Result<Place, TableError> {
        if self.nodes.is_empty() {
            self.rehash(key, strings)?;
            return self.make_place(key, strings);
        }
        let main = self.main_position(key, strings);
        if self.nodes[main].value.is_nil() {
            self.nodes[main].key = key;
            return Ok(Place::Node(main as u32));
        }
        let Some(free) = self.free_node() else {
            self.rehash(key, strings)?;
            return self.make_place(key, strings);
        };
        let other = self.main_position(self.nodes[main].key, strings);
        if other != main {
            self.relink(other, main, free);
            self.nodes[main] = Node { key, ..EMPTY };
            return Ok(Place::Node(main as u32));
        }
        self.nodes[free] = Node { key, value: Value::NIL, next: self.nodes[main].next };
        self.nodes[main].next = free as u32;
        Ok(Place::Node(free as u32))
    }

    /// Moves the node at `from`, which is in the chain that starts at `start`, to `to`.
    fn relink(&mut self, start: usize, from: usize, to: usize) {
        let mut previous = start;
        while self.nodes[previous].next as usize != from {
            previous = self.nodes[previous].next as usize;
        }
        self.nodes[previous].next = to as u32;
        self.nodes[to] = self.nodes[from];
    }

    fn free_node(&mut self) -> Option<usize> {
        while self.last_free > 0 {
            self.last_free -= 1;
            if self.nodes[self.last_free as usize].key.is_nil() {
                return Some(self.last_free as usize);
            }
        }
        None
    }

    fn set_node_vector(&mut self, size: usize) -> Result<(), TableError> {
        if size == 0 {
            self.nodes = Box::default();
            self.last_free = 0;
            return Ok(());
        }
        let log = ceil_log2(size);
        if log as usize > MAX_BITS {
            return Err(TableError::Overflow);
        }
        self.nodes = nil_vector(1 << log, EMPTY)?.into_boxed_slice();
        self.last_free = 1 << log;
        Ok(())
    }

    /// Lays the table out anew, with room for one more key.
    fn rehash(&mut self, extra: Value, strings: &Strings) -> Result<(), TableError> {
        let mut counts = [0usize; MAX_BITS + 1];
        let mut in_array = self.count_array(&mut counts);
        let mut total = in_array;
        for node in self.nodes.iter() {
            if !node.value.is_nil() {
                in_array += count_integer(node.key, &mut counts);
                total += 1;
            }
        }
        in_array += count_integer(extra, &mut counts);
        total += 1;
        let (size, kept) = array_size(&counts, in_array);
        self.resize(size, total - kept, strings)
    }

    /// Counts the elements of the array part, by slices between powers of two.
    fn count_array(&self, counts: &mut [usize; MAX_BITS + 1]) -> usize {
        let mut total = 0;
        let (mut from, mut slice_end) = (0, 1);
        for count in counts.iter_mut() {
            let to = slice_end.min(self.array.len());
            if from >= to {
                break;
            }
            *count = self.array[from..to].iter().filter(|value| !value.is_nil()).count();
            total += *count;
            from = to;
            slice_end *= 2;
        }
        total
    }

    /// Gives both parts new sizes and puts every entry where it belongs.
    pub(super) fn resize(&mut self, array: usize, hash: usize, strings: &Strings) -> Result<(), TableError> {
        let vanishing = self.resize_array(array)?;
        let old_nodes = std::mem::take(&mut self.nodes);
        if let Err(error) = self.set_node_vector(hash) {
            self.nodes = old_nodes;
            return Err(error);
        }
        for (index, value) in vanishing.into_iter().enumerate() {
            if !value.is_nil() {
                self.reinsert(Value::number((array + index + 1) as f64), value, strings)?;
            }
        }
        for node in old_nodes.iter().rev() {
            if !node.value.is_nil() {
                self.reinsert(node.key, node.value, strings)?;
            }
        }
        Ok(())
    }

    /// Gives the array part another size; gives back the elements that no longer fit.
    fn resize_array(&mut self, size: usize) -> Result<Vec<Value>, TableError> {
        let old = self.array.len();
        if size == old {
            return Ok(Vec::new());
        }
        let mut array = std::mem::take(&mut self.array).into_vec();
        if size > old && array.try_reserve_exact(size - old).is_err() {
            self.array = array.into_boxed_slice();
            return Err(TableError::Memory);
        }
        let vanishing = if size < old { array.split_off(size) } else { Vec::new() };
        array.resize(size, Value::NIL);
        self.array = array.into_boxed_slice();
        Ok(vanishing)
    }

    fn reinsert(&mut self, key: Value, value: Value, strings: &Strings) -> Result<(), TableError> {
        let place = self.make_place(key, strings)?;
        match place {
            Place::Array(index) => self.array[index as usize] = value,
            Place::Node(index) => self.nodes[index as usize].value = value,
        }
        Ok(())
    }

    /// The length as `#` gives it: a border, found the way the reference looks for it.
    pub fn length(&self) -> usize {
        let size = self.array.len();
        if size > 0 && self.array[size - 1].is_nil() {
            let (mut low, mut high) = (0, size);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if self.array[middle - 1].is_nil() { high = middle } else { low = middle }
            }
            return low;
        }
        if self.nodes.is_empty() {
            return size;
        }
        self.unbound_length(size)
    }

    fn unbound_length(&self, from: usize) -> usize {
        let mut low = from as i64;
        let mut high = low + 1;
        while !self.get_number(high as f64).is_nil() {
            low = high;
            high *= 2;
            if high > i64::from(i32::MAX) - 2 {
                let mut n = 1;
                while !self.get_number(n as f64).is_nil() {
                    n += 1;
                }
                return n - 1;
            }
        }
        while high - low > 1 {
            let middle = (low + high) / 2;
            if self.get_number(middle as f64).is_nil() { high = middle } else { low = middle }
        }
        low as usize
    }

    /// The entry that follows a key in iteration order, the first one for `nil`; `Ok(None)` after the last.
    ///
    /// # Errors
    /// When the key is not in the table.
    pub fn next(&self, key: Value, strings: &Strings) -> Result<Option<(Value, Value)>, UnknownKey> {
        let mut index = self.index_after(key, strings)?;
        while let Some(value) = self.array.get(index) {
            index += 1;
            if !value.is_nil() {
                return Ok(Some((Value::number(index as f64), *value)));
            }
        }
        let nodes = &self.nodes[(index - self.array.len()).min(self.nodes.len())..];
        Ok(nodes.iter().find(|node| !node.value.is_nil()).map(|node| (node.key, node.value)))
    }

    fn index_after(&self, key: Value, strings: &Strings) -> Result<usize, UnknownKey> {
        if key.is_nil() {
            return Ok(0);
        }
        match self.place(key, strings).or_else(|| self.place_of_dead(key, strings)) {
            Some(Place::Array(index)) => Ok(index as usize + 1),
            Some(Place::Node(index)) => Ok(self.array.len() + index as usize + 1),
            None => Err(UnknownKey),
        }
    }

    fn place_of_dead(&self, key: Value, strings: &Strings) -> Option<Place> {
        let dead = key.dead_key()?;
        self.find(self.main_position(key, strings), dead).map(Place::Node)
    }

    /// Shows the collector what the table refers to: keys, values, or both. Keys that are objects and have no value are
    /// killed, as the reference does when it collects: `next` still goes on from them, but a new value for an equal key goes
    /// where it would in a table that never had it.
    #[inline(always)]
    pub(super) fn traverse(&mut self, keys: bool, values: bool, mut visit: impl FnMut(Value)) {
        if values {
            self.array.iter().for_each(|value| visit(*value));
        }
        for node in self.nodes.iter_mut() {
            if node.value.is_nil() {
                if let Some(dead) = node.key.dead_key() {
                    node.key = dead;
                }
                continue;
            }
            if keys {
                visit(node.key);
            }
            if values {
                visit(node.value);
            }
        }
    }

    /// Clears a place whose key or value has died, and kills its key.
    pub(super) fn bury(&mut self, place: Place) {
        self.put(place, Value::NIL);
        if let Place::Node(index) = place
            && let Some(dead) = self.nodes[index as usize].key.dead_key()
        {
            self.nodes[index as usize].key = dead;
        }
    }

    /// The largest positive number key with a value; 0 if there is none (`table.maxn`).
    pub fn largest_number_key(&self) -> f64 {
        let in_array = self.array.iter().rposition(|value| !value.is_nil()).map_or(0, |index| index + 1);
        let numbers = self.nodes.iter().filter(|node| !node.value.is_nil()).filter_map(|node| node.key.as_number());
        numbers.fold(in_array as f64, |largest, n| if n > largest { n } else { largest })
    }

    /// Calls `visit` with the key (`nil` for an element of the array part) and the value of every entry that has a value.
    pub fn for_each(&self, mut visit: impl FnMut(Value, Value)) {
        self.for_each_place(|_, key, value| visit(key, value));
    }

    /// Like [`Table::for_each`], with the place of the value as well.
    pub fn for_each_place(&self, mut visit: impl FnMut(Place, Value, Value)) {
        for (index, value) in self.array.iter().enumerate() {
            if !value.is_nil() {
                visit(Place::Array(index as u32), Value::NIL, *value);
            }
        }
        for (index, node) in self.nodes.iter().enumerate() {
            if !node.value.is_nil() {
                visit(Place::Node(index as u32), node.key, node.value);
            }
        }
    }
}

/// The key given to [`Table::next`] is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKey;

/// Counts a key that could be in an array part, in the slice between powers of two that it belongs to.
fn count_integer(key: Value, counts: &mut [usize; MAX_BITS + 1]) -> usize {
    let integer = key.as_number().and_then(exact_int).filter(|n| *n >= 1 && *n <= 1 << MAX_BITS);
    match integer {
        Some(n) => {
            counts[ceil_log2(n as usize) as usize] += 1;
            1
        }
        None => 0,
    }
}

/// The largest size of which more than half would be used, and how many keys that takes in.
fn array_size(counts: &[usize; MAX_BITS + 1], candidates: usize) -> (usize, usize) {
    let (mut seen, mut size, mut kept) = (0, 0, 0);
    let mut power = 1usize;
    for count in counts {
        if power / 2 >= candidates {
            break;
        }
        seen += count;
        if *count > 0 && seen > power / 2 {
            size = power;
            kept = seen;
        }
        if seen == candidates {
            break;
        }
        power *= 2;
    }
    (size, kept)
}

//! The model: objects as maps and lists, and which of them are reachable. It knows no state.

use std::collections::BTreeMap;

use super::{Flaw, agree};
use crate::lua::embed::HostValue;

/// The object that stands for the globals.
const GLOBALS: usize = 0;

/// A value in the model: objects by their number, modulo how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Nil,
    Boolean(bool),
    /// A number of halves.
    Halves(i8),
    Object(usize),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableModel {
    pub entries: BTreeMap<Item, Item>,
    pub metatable: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Table(TableModel),
    String(Vec<u8>),
    Userdata { metatable: Option<usize> },
    Function { upvalues: Vec<Item> },
}

#[derive(Clone, Debug)]
pub(super) struct Object {
    pub handle: HostValue,
    pub is_alive: bool,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub(super) struct Model {
    pub objects: Vec<Object>,
    pub pins: BTreeMap<Item, u64>,
}

impl Model {
    /// A model in which nothing is but the globals, which have this handle.
    pub fn with_globals(handle: HostValue) -> Self {
        let globals = Object { handle, is_alive: true, content: Content::Table(TableModel::default()) };
        Self { objects: vec![globals], pins: BTreeMap::new() }
    }

    pub fn pick(&self, object: usize) -> usize {
        object % self.objects.len()
    }

    pub fn picked(&self, item: Item) -> Item {
        match item {
            Item::Object(object) => Item::Object(self.pick(object)),
            other => other,
        }
    }

    pub fn host_value(&self, item: Item) -> HostValue {
        match item {
            Item::Nil => HostValue::Nil,
            Item::Boolean(b) => HostValue::Boolean(b),
            Item::Halves(n) => HostValue::Number(f64::from(n) / 2.0),
            Item::Object(object) => self.objects[object].handle,
        }
    }

    pub fn is_valid(&self, item: Item) -> bool {
        match item {
            Item::Object(object) => self.objects[object].is_alive,
            _ => true,
        }
    }

    pub fn table(&self, object: usize) -> Option<&TableModel> {
        match &self.objects[object].content {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What a table has for a key.
    pub fn entry(&self, table: usize, key: Item) -> HostValue {
        let value = self.table(table).and_then(|table| table.entries.get(&key)).copied().unwrap_or(Item::Nil);
        self.host_value(value)
    }

    pub fn live_string(&self, bytes: &[u8]) -> Option<usize> {
        let is_it = |object: &Object| object.is_alive && matches!(&object.content, Content::String(of) if of == bytes);
        self.objects.iter().position(is_it)
    }

    pub fn set(&mut self, table: usize, key: Item, value: Item) {
        if let Content::Table(table) = &mut self.objects[table].content {
            match value {
                Item::Nil => table.entries.remove(&key),
                _ => table.entries.insert(key, value),
            };
        }
    }

    /// Adds an object, or finds the string that is there already.
    ///
    /// # Errors
    /// A handle that is not a new one, or of a string not the one that it has.
    pub fn add(&mut self, handle: HostValue, content: Content) -> Result<usize, Flaw> {
        let known = self.objects.iter().position(|object| object.handle == handle);
        if let Content::String(bytes) = &content
            && let Some(string) = self.live_string(bytes)
        {
            agree("the handle of a string", &Some(string), &known)?;
            return Ok(string);
        }
        agree("the handle of a new object", &None, &known)?;
        self.objects.push(Object { handle, is_alive: true, content });
        Ok(self.objects.len() - 1)
    }

    fn children(&self, object: usize) -> Vec<Item> {
        match &self.objects[object].content {
            Content::Table(TableModel { entries, metatable }) => {
                let entries = entries.iter().flat_map(|(key, value)| [*key, *value]);
                entries.chain(metatable.map(Item::Object)).collect()
            }
            Content::String(_) => Vec::new(),
            Content::Userdata { metatable } => metatable.map(Item::Object).into_iter().collect(),
            Content::Function { upvalues } => upvalues.clone(),
        }
    }

    pub fn collect(&mut self) {
        let mut reached = vec![false; self.objects.len()];
        let mut pending: Vec<Item> = self.pins.keys().copied().collect();
        pending.push(Item::Object(GLOBALS));
        while let Some(item) = pending.pop() {
            if let Item::Object(object) = item
                && !std::mem::replace(&mut reached[object], true)
            {
                pending.extend(self.children(object));
            }
        }
        for (object, is_reached) in self.objects.iter_mut().zip(reached) {
            object.is_alive &= is_reached;
        }
    }

    /// Goes back to what was; objects made since are there, and empty.
    pub fn roll_back(&mut self, old: Model) {
        self.pins = old.pins;
        let made = self.objects.split_off(old.objects.len());
        self.objects = old.objects;
        self.objects.extend(made.into_iter().map(|object| Object {
            content: match object.content {
                Content::Table(_) => Content::Table(TableModel::default()),
                Content::Userdata { .. } => Content::Userdata { metatable: None },
                other => other,
            },
            ..object
        }));
    }
}

//! Values as a host sees them: what is not an object as it is, objects by their handles.

use super::handle::{
    FunctionHandle, FunctionRef, Handle, HandleError, Reference, StringHandle, TableHandle, ThreadHandle,
    UserdataHandle,
};
use super::{Heap, StringRef, TableRef, ThreadRef, Unpacked, UserdataRef, Value};

/// A Lua value in the hands of a host. Plain data; what it names may be gone when it is used.
///
/// `==` is Lua's raw equality, for values of one state: objects are equal if they are the same, numbers by value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum HostValue {
    #[default]
    Nil,
    Boolean(bool),
    Number(f64),
    String(StringHandle),
    Table(TableHandle),
    Function(FunctionHandle),
    Userdata(UserdataHandle),
    Thread(ThreadHandle),
    /// A light userdata: a bare number that the host gave a meaning to.
    Light(u32),
}

impl HostValue {
    /// The name of the type, as `type` gives it.
    pub const fn type_name(self) -> &'static str {
        match self {
            HostValue::Nil => "nil",
            HostValue::Boolean(_) => "boolean",
            HostValue::Number(_) => "number",
            HostValue::String(_) => StringRef::KIND,
            HostValue::Table(_) => TableRef::KIND,
            HostValue::Function(_) => FunctionRef::KIND,
            HostValue::Userdata(_) | HostValue::Light(_) => UserdataRef::KIND,
            HostValue::Thread(_) => ThreadRef::KIND,
        }
    }

    /// Whether the value is `nil`.
    pub const fn is_nil(self) -> bool {
        matches!(self, HostValue::Nil)
    }
}

impl From<bool> for HostValue {
    fn from(b: bool) -> Self {
        HostValue::Boolean(b)
    }
}

impl From<f64> for HostValue {
    fn from(n: f64) -> Self {
        HostValue::Number(n)
    }
}

macro_rules! conversions {
    ($($variant:ident, $reference:ty;)*) => {
        $(impl From<Handle<$reference>> for HostValue {
            fn from(handle: Handle<$reference>) -> Self {
                HostValue::$variant(handle)
            }
        }

        impl TryFrom<HostValue> for Handle<$reference> {
            type Error = HandleError;

            fn try_from(value: HostValue) -> Result<Self, HandleError> {
                match value {
                    HostValue::$variant(handle) => Ok(handle),
                    _ => Err(HandleError::WrongKind { expected: <$reference>::KIND, found: value.type_name() }),
                }
            }
        })*
    };
}

conversions! {
    String, StringRef;
    Table, TableRef;
    Function, FunctionRef;
    Userdata, UserdataRef;
    Thread, ThreadRef;
}

impl Heap {
    /// A live value for a host.
    pub fn export(&self, value: Value) -> HostValue {
        match value.unpack() {
            Unpacked::Nil => HostValue::Nil,
            Unpacked::Boolean(b) => HostValue::Boolean(b),
            Unpacked::Number(n) => HostValue::Number(n),
            Unpacked::String(string) => HostValue::String(self.handle(string)),
            Unpacked::Table(table) => HostValue::Table(self.handle(table)),
            Unpacked::Closure(closure) => HostValue::Function(self.handle(FunctionRef::Closure(closure))),
            Unpacked::Native(native) => HostValue::Function(self.handle(FunctionRef::Native(native))),
            Unpacked::Userdata(userdata) => HostValue::Userdata(self.handle(userdata)),
            Unpacked::Thread(thread) => HostValue::Thread(self.handle(thread)),
            Unpacked::Light(payload) => HostValue::Light(payload),
        }
    }

    /// The value that a host means. A NaN becomes one that hardware makes, of the same sign.
    ///
    /// # Errors
    /// As [`Heap::resolve`].
    pub fn import(&self, value: HostValue) -> Result<Value, HandleError> {
        value.checked_by(self)
    }
}

/// Something that tells valid handles from others.
pub(super) trait Checker {
    /// # Errors
    /// As [`Heap::resolve`].
    fn check<R: Reference>(&self, handle: Handle<R>) -> Result<R, HandleError>;

    fn check_value<R: Reference>(&self, handle: Handle<R>) -> Result<Value, HandleError> {
        self.check(handle).map(R::value)
    }
}

impl Checker for Heap {
    fn check<R: Reference>(&self, handle: Handle<R>) -> Result<R, HandleError> {
        self.resolve(handle)
    }
}

impl HostValue {
    /// The value, if the handle in it passes.
    pub(super) fn checked_by(self, checker: &impl Checker) -> Result<Value, HandleError> {
        match self {
            HostValue::Nil => Ok(Value::NIL),
            HostValue::Boolean(b) => Ok(Value::boolean(b)),
            HostValue::Number(n) => Ok(Value::foreign_number(n)),
            HostValue::String(handle) => checker.check_value(handle),
            HostValue::Table(handle) => checker.check_value(handle),
            HostValue::Function(handle) => checker.check_value(handle),
            HostValue::Userdata(handle) => checker.check_value(handle),
            HostValue::Thread(handle) => checker.check_value(handle),
            HostValue::Light(payload) => Ok(Value::light(payload)),
        }
    }
}

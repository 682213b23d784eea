//! Why a transaction refuses an operation.

use crate::lua::heap::{HandleError, TableError, UnknownKey};

/// Why an operation of a transaction was refused. It has changed nothing then, and the transaction can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessError {
    /// A handle was refused.
    Handle(HandleError),
    /// The memory limit does not allow it.
    Memory,
    /// The key is `nil`, which no table has.
    NilKey,
    /// The key is not a number, which no table has.
    NanKey,
    /// The table would be too large.
    Overflow,
    /// The key to go on from is not in the table.
    UnknownKey,
    /// The value is not pinned.
    NotPinned,
}

impl From<HandleError> for AccessError {
    fn from(error: HandleError) -> Self {
        AccessError::Handle(error)
    }
}

impl From<TableError> for AccessError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::NilKey => AccessError::NilKey,
            TableError::NanKey => AccessError::NanKey,
            TableError::Overflow => AccessError::Overflow,
            TableError::Memory => AccessError::Memory,
        }
    }
}

impl From<UnknownKey> for AccessError {
    fn from(_: UnknownKey) -> Self {
        AccessError::UnknownKey
    }
}

impl std::fmt::Display for AccessError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AccessError::Handle(error) => error.fmt(f),
            AccessError::Memory => f.write_str("not enough memory"),
            AccessError::NilKey => f.write_str("table index is nil"),
            AccessError::NanKey => f.write_str("table index is NaN"),
            AccessError::Overflow => f.write_str("table overflow"),
            AccessError::UnknownKey => f.write_str("invalid key to 'next'"),
            AccessError::NotPinned => f.write_str("the value is not pinned"),
        }
    }
}

impl std::error::Error for AccessError {}

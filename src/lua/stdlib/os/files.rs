//! Files by name: removing, renaming, and names for temporary ones.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::lua::heap::Value;
use crate::lua::stdlib::system_message;
use crate::lua::vm::{Call, Error, Step};

/// Returns `true`, or `nil` with the system's message about a file and the number of the error.
fn give_result(call: &mut Call<'_>, result: io::Result<()>, name: &[u8]) -> Result<Step, Error> {
    let Err(error) = result else { return call.give(Value::TRUE) };
    let mut message = name.to_vec();
    message.extend_from_slice(format!(": {}", system_message(&error)).as_bytes());
    let message = call.state.new_string(&message)?;
    call.push(Value::NIL);
    call.push(message);
    call.push(Value::number(f64::from(error.raw_os_error().unwrap_or(0))));
    Ok(Step::Return(3))
}

fn path(name: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(name))
}

/// `os.remove(filename)`: a file, or an empty directory.
pub(super) fn remove(call: &mut Call<'_>) -> Result<Step, Error> {
    let name = call.check_c_string(1)?;
    let result = match fs::remove_file(path(&name)) {
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => fs::remove_dir(path(&name)),
        result => result,
    };
    give_result(call, result, &name)
}

/// `os.rename(oldname, newname)`
pub(super) fn rename(call: &mut Call<'_>) -> Result<Step, Error> {
    let old = call.check_c_string(1)?;
    let new = call.check_c_string(2)?;
    let result = fs::rename(path(&old), path(&new));
    give_result(call, result, &old)
}

/// `os.tmpname()`: makes an empty file, for its owner alone, and gives its name.
pub(super) fn tmpname(call: &mut Call<'_>) -> Result<Step, Error> {
    /// Names that are taken before it is an error.
    const ATTEMPTS: u32 = 1000;
    for _ in 0..ATTEMPTS {
        let name = random_name();
        match OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&name) {
            Ok(_) => return call.give_bytes(name.as_bytes()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => break,
        }
    }
    Err(call.error("unable to generate a unique filename"))
}

/// `/tmp/lua_` and six letters or digits that nobody can foresee: the standard library seeds its hashers by chance.
fn random_name() -> String {
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut number = RandomState::new().build_hasher().finish();
    let mut name = String::from("/tmp/lua_");
    for _ in 0..6 {
        let letter = LETTERS.get((number % 62) as usize).copied().unwrap_or(b'a');
        name.push(char::from(letter));
        number /= 62;
    }
    name
}

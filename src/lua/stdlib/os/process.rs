//! Processes: running commands, the environment, and the end of the program.

use std::ffi::OsStr;
use std::io::ErrorKind as IoErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::ExitStatusExt;

use crate::lua::heap::Value;
use crate::lua::vm::{Call, Error, ErrorKind, Step};

/// The status of a shell that could not be started, as `system` reports it: exit code 127.
const NO_SHELL: i32 = 127 << 8;

/// `os.execute([command])`
///
/// Gives the status as `wait` has it, or without a command whether there is a shell (1 or 0). Unlike `system`, this does not
/// ignore the signals of the terminal while the command runs, which safe code cannot do.
pub(super) fn execute(call: &mut Call<'_>) -> Result<Step, Error> {
    let result = match call.optional_c_string(1)? {
        Some(command) => run_in_shell(call, &command)?,
        None => i32::from(run_in_shell(call, b"exit 0")? == 0),
    };
    call.give(Value::number(f64::from(result)))
}

/// Runs a command in the shell (`system`): the status that `wait` gives, -1 if there can be no process.
fn run_in_shell(call: &mut Call<'_>, command: &[u8]) -> Result<i32, Error> {
    Ok(match call.state.run_in_shell(command)?.map_err(std::io::Error::from) {
        Ok(status) => status.into_raw(),
        Err(error) if matches!(error.kind(), IoErrorKind::NotFound | IoErrorKind::PermissionDenied) => NO_SHELL,
        Err(_) => -1,
    })
}

/// `os.exit([code])`
pub(super) fn exit(call: &mut Call<'_>) -> Result<Step, Error> {
    let code = call.optional_int(1, 0)?;
    Err(Error { value: Value::number(f64::from(code)), kind: ErrorKind::Exited })
}

/// `os.getenv(varname)`
pub(super) fn getenv(call: &mut Call<'_>) -> Result<Step, Error> {
    let name = call.check_c_string(1)?;
    match std::env::var_os(OsStr::from_bytes(&name)) {
        Some(value) => call.give_bytes(value.as_bytes()),
        None => call.give(Value::NIL),
    }
}

//! Calendar and time zones, as the C library has them: what `localtime`, `gmtime`, `mktime` and `strftime` do.
//!
//! Nothing here knows of Lua. What the C library leaves to its own implementation follows glibc 2.36.

mod calendar;
mod format;
mod timestamp;
mod zone;
mod zone_file;
mod zone_rules;

pub use calendar::{CivilTime, Parts};
pub use format::write_field;
pub use timestamp::{Wanted, to_timestamp};
pub use zone::{Zone, current_zone};

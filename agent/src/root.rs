//! The step from where the agent was started into the sandbox's root.

use std::ffi::CStr;
use std::io;

use crate::failure::{Failure, Outcome};

/// The root of whatever is mounted over the root directory: a path goes through a mount where it comes
/// upon one, which at its very start, the root itself, it does not.
const TOP: &CStr = c"/..";

/// Enters the topmost root. Where nothing lies over the agent's own, that is the same.
pub fn enter() -> Outcome<()> {
    // Outside a sandbox the root is right, and the agent may have no right to change it.
    if std::process::id() != 1 {
        return Ok(());
    }
    // SAFETY: the path is a C string.
    let entered = unsafe { libc::chroot(TOP.as_ptr()) == 0 && libc::chdir(c"/".as_ptr()) == 0 };
    if entered {
        return Ok(());
    }
    let error = io::Error::last_os_error();
    Err(Failure::of("enter the sandbox's root", &error))
}

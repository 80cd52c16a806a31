//! The step from where the agent was started into the sandbox's root.

use std::ffi::CStr;
use std::io;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::wire::error::Code;

/// The signal that the host sends when the root is laid. It stays blocked, so it is not lost when it
/// comes before it is waited for.
pub const LAID: libc::c_int = libc::SIGPWR;

/// How long the host may take for it.
const LONGEST: Duration = Duration::from_secs(30);

/// The root of whatever is mounted over the root directory: a path goes through a mount where it comes
/// upon one, which at its very start, the root itself, it does not.
const TOP: &CStr = c"/..";

/// Waits until the host has laid the sandbox's root over the agent's.
pub fn await_laid() -> Outcome<()> {
    let end = Instant::now() + LONGEST;
    // SAFETY: sigemptyset initialises the set; both structures live through the calls.
    unsafe {
        let mut laid = std::mem::zeroed();
        libc::sigemptyset(&mut laid);
        libc::sigaddset(&mut laid, LAID);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let time = libc::timespec {
                tv_sec: left.as_secs() as libc::time_t,
                tv_nsec: left.subsec_nanos().into(),
            };
            if libc::sigtimedwait(&laid, std::ptr::null_mut(), &time) == LAID {
                return Ok(());
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                let reason = "The sandbox got no root file system in time.";
                return Err(Failure::new(Code::Internal, reason));
            }
        }
    }
}

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

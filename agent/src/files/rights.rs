//! Gives a thread the rights of a user for good.

use std::ptr;

use crate::failure::{Failure, Outcome};
use crate::sys;
use crate::users::Ids;

#[repr(C)]
struct CapabilityHeader {
    version: u32,
    pid: i32,
}

/// Version 3 of the kernel's capability calls: two words of 32 bits each per set.
const CAPABILITY_VERSION: u32 = 0x2008_0522;

/// Makes the file system see this thread, and it alone, as the user. The kernel then decides about
/// every step of every path, so there is no time between a check and its use.
pub fn assume(ids: &Ids) -> Outcome<()> {
    // SAFETY: asks for a number of this process.
    if unsafe { libc::geteuid() } != 0 {
        // Outside a sandbox an agent without privileges can only act as itself.
        return Ok(());
    }
    let failed = |error| Failure::of("act as the user", &error);
    // SAFETY: raw calls change this thread only; the pointers refer to live memory.
    unsafe {
        let groups = libc::syscall(libc::SYS_setgroups, ids.groups.len(), ids.groups.as_ptr());
        sys::check(groups as i32).map_err(failed)?;
        libc::syscall(libc::SYS_setfsgid, ids.gid);
        libc::syscall(libc::SYS_setfsuid, ids.uid);
        // These two do not report failure but answer with the id that was in force.
        let gid = libc::syscall(libc::SYS_setfsgid, u32::MAX) as u32;
        let uid = libc::syscall(libc::SYS_setfsuid, u32::MAX) as u32;
        if (uid, gid) != (ids.uid, ids.gid) {
            return Err(Failure::of(
                "act as the user",
                &std::io::Error::from_raw_os_error(libc::EPERM),
            ));
        }
        if ids.uid != 0 {
            let header = CapabilityHeader {
                version: CAPABILITY_VERSION,
                pid: 0,
            };
            let none = [0u32; 6];
            let result = libc::syscall(libc::SYS_capset, ptr::from_ref(&header), none.as_ptr());
            sys::check(result as i32).map_err(failed)?;
        }
    }
    Ok(())
}

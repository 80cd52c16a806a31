//! A sandbox's /dev: its own, made by the host's root, because nobody in a sandbox may make devices.

use crate::fault::{At, Fault};
use crate::mount::{Context, attribute};
use crate::sys;
use std::ffi::CStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

const DEVICES: [(&CStr, u32, u32); 6] = [
    (c"null", 1, 3),
    (c"zero", 1, 5),
    (c"full", 1, 7),
    (c"random", 1, 8),
    (c"urandom", 1, 9),
    (c"tty", 5, 0),
];

const LINKS: [(&CStr, &CStr); 6] = [
    (c"fd", c"/proc/self/fd"),
    (c"stdin", c"/proc/self/fd/0"),
    (c"stdout", c"/proc/self/fd/1"),
    (c"stderr", c"/proc/self/fd/2"),
    (c"ptmx", c"pts/ptmx"),
    (c"core", c"/proc/kcore"),
];

const PLACES: [&CStr; 3] = [c"pts", c"shm", c"mqueue"];

/// Makes it, attached nowhere. It belongs to `owner`, an id of the host.
pub fn make(owner: u32) -> Result<OwnedFd, Fault> {
    filled(owner).at("make /dev")
}

fn filled(owner: u32) -> io::Result<OwnedFd> {
    let id = sys::path(&owner.to_string())?;
    let context = Context::new(c"tmpfs")?;
    context.text(c"size", c"64m")?;
    context.text(c"mode", c"755")?;
    context.text(c"uid", &id)?;
    context.text(c"gid", &id)?;
    let dev = context.mount(attribute::NO_SUID)?;
    fill(dev.as_fd())?;
    Ok(dev)
}

fn fill(dev: BorrowedFd<'_>) -> io::Result<()> {
    for (name, major, minor) in DEVICES {
        sys::make_device(dev, name, major, minor)?;
    }
    for (name, target) in LINKS {
        sys::make_link(target, dev, name)?;
    }
    for name in PLACES {
        sys::make_directory(dev, name, 0o755)?;
    }
    Ok(())
}

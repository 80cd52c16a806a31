//! Maps between a sandbox's user and group ids and the host's.

use crate::fault::{At, Fault};
use crate::sys::{self, Born};
use std::os::fd::{AsFd, OwnedFd};

/// A user namespace that holds the map for id-mapped mounts. The id after the last stands for the
/// host's root, who mounts the overlay and has to own what the kernel makes in its work directory;
/// no process is ever in this namespace.
pub fn namespace(first: u32, ids: u32) -> Result<OwnedFd, Fault> {
    // SAFETY: workers have one thread.
    let born = unsafe { sys::clone(libc::CLONE_NEWUSER, None) }.at("make a user namespace")?;
    let Some(born) = born else {
        // SAFETY: the child does nothing but wait for its end.
        unsafe {
            libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
            loop {
                libc::pause();
            }
        }
    };
    let namespace = write(&born, &format!("0 {first} {ids}\n{ids} 0 1\n")).and_then(|()| {
        let path = format!("/proc/{}/ns/user", born.pid);
        let opened = sys::path(&path).and_then(|path| sys::open(&path, libc::O_RDONLY));
        opened.at("open a user namespace")
    });
    sys::signal(born.pidfd.as_fd(), libc::SIGKILL);
    sys::reap(&born);
    namespace
}

/// Maps ids 0 to `ids - 1` of a sandbox's first process to the host's from `first` on.
pub fn set(born: &Born, first: u32, ids: u32) -> Result<(), Fault> {
    write(born, &format!("0 {first} {ids}\n"))
}

fn write(born: &Born, map: &str) -> Result<(), Fault> {
    for file in ["uid_map", "gid_map"] {
        sys::path(&format!("/proc/{}/{file}", born.pid))
            .and_then(|path| sys::open(&path, libc::O_WRONLY))
            .and_then(|file| sys::write_all(file.as_fd(), map.as_bytes()))
            .at("map the sandbox's ids")?;
    }
    Ok(())
}

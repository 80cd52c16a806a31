//! A launch: a cell gets a root file system and a name, and is a sandbox from then on.
//!
//! The worker enters the cell's mount namespace and lays the new root on the old one; the agent steps
//! over when it has got a signal for that, and been told what it is for. To exchange the roots, as `pivot_root` does, the kernel looks
//! at every thread of the host. What stays below is the stage: empty, and read-only.

use crate::fault::{At, Fault};
use crate::host::Host;
use crate::mount;
use crate::room::stage;
use crate::rootfs;
use crate::sys;
use crate::wire::Launch;
use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process;

const DIRECTORY: i32 = libc::O_PATH | libc::O_DIRECTORY;
const ENTERED: i32 = libc::CLONE_NEWNS | libc::CLONE_NEWUTS;

/// What the agent waits for before it steps over.
const ROOT_IS_LAID: i32 = libc::SIGPWR;

/// The descriptors that come with the request.
pub struct Given {
    /// The cell's first process.
    pub cell: OwnedFd,
    /// The user namespace for the root's id map.
    pub id_map: OwnedFd,
}

impl Given {
    /// Takes the descriptors in their order.
    pub fn from(descriptors: Vec<OwnedFd>) -> Result<Self, Fault> {
        let mut all = descriptors.into_iter();
        match (all.next(), all.next()) {
            (Some(cell), Some(id_map)) => Ok(Self { cell, id_map }),
            _ => Err(Fault::own("find the request's descriptors")),
        }
    }
}

/// Makes a sandbox of the cell. When it fails, the cell is of no use any more.
pub fn launch(host: &Host, worker: usize, what: &Launch, given: &Given) -> Result<(), Fault> {
    host.groups.change(&what.control_groups)?;
    let data = host.room.data.as_fd();
    let root = rootfs::make(host.way, worker, data, what, given.id_map.as_fd())?;
    let name = sys::path(&what.host_name).at("read the host name")?;
    sys::enter(given.cell.as_fd(), ENTERED).at("enter the cell")?;
    let outcome = settle(root.as_fd(), what.first_id, &name);
    if outcome.is_ok() {
        sys::signal(given.cell.as_fd(), ROOT_IS_LAID);
    }
    if sys::enter(host.home.as_fd(), ENTERED).is_err() {
        // A worker that is lost in a sandbox must do nothing more.
        process::abort();
    }
    outcome
}

/// Lays the root on the stage's, and moves what was prepared for it into it.
fn settle(root: BorrowedFd<'_>, owner: u32, name: &CStr) -> Result<(), Fault> {
    let part = |path: &CStr| sys::open(path, libc::O_PATH).at("open a part of the stage");
    let (proc, sys, dev) = (part(stage::PROC)?, part(stage::SYS)?, part(stage::DEV)?);
    let (resolver_file, agent) = (part(stage::RESOLVER_FILE)?, part(stage::AGENT)?);
    let top = sys::open(c"/", DIRECTORY).at("open the stage")?;
    mount::attach(root, top.as_fd()).at("attach the root")?;
    let root = Root { at: root, owner };
    root.cover(c"proc", proc.as_fd()).at("attach /proc")?;
    root.cover(c"sys", sys.as_fd()).at("attach /sys")?;
    root.cover(c"dev", dev.as_fd()).at("attach /dev")?;
    root.cover_file(c"etc", c"resolv.conf", resolver_file.as_fd())
        .at("attach /etc/resolv.conf")?;
    root.cover_file(c".paddock", c"agent", agent.as_fd())
        .at("attach the agent")?;
    set_host_name(name).at("set the host name")
}

/// The root of a sandbox that is put together. Links that an image or an earlier run left are
/// followed inside the root only.
struct Root<'a> {
    at: BorrowedFd<'a>,
    owner: u32,
}

impl Root<'_> {
    /// Moves a mount of the stage to a directory, which is made where it is missing.
    fn cover(&self, name: &CStr, part: BorrowedFd<'_>) -> io::Result<()> {
        let place = match self.open(name, DIRECTORY) {
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => {
                self.make_directory(name)?;
                self.open(name, DIRECTORY)?
            }
            other => other?,
        };
        mount::attach(part, place.as_fd())
    }

    /// Moves a mount of the stage to a file of a directory; both are made where they are missing.
    fn cover_file(&self, parent: &CStr, file: &CStr, part: BorrowedFd<'_>) -> io::Result<()> {
        let path = [parent.to_bytes(), file.to_bytes()].join(&b'/');
        let path = CString::new(path)?;
        let place = match self.open(&path, libc::O_PATH) {
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => {
                self.make_file(parent, file, &path)?
            }
            other => other?,
        };
        mount::attach(part, place.as_fd())
    }

    fn make_file(&self, parent: &CStr, file: &CStr, path: &CStr) -> io::Result<OwnedFd> {
        match self.make_directory(parent) {
            Err(error) if error.raw_os_error() != Some(libc::EEXIST) => return Err(error),
            _ => {}
        }
        let create = libc::O_CREAT | libc::O_RDONLY | libc::O_NONBLOCK | libc::O_NOCTTY;
        let made = self.open(path, create).or_else(|_| {
            // A link that leads nowhere is in the way.
            let directory = self.open(parent, DIRECTORY)?;
            sys::remove(directory.as_fd(), file)?;
            self.open(path, create)
        })?;
        sys::give(made.as_fd(), self.owner)?;
        Ok(made)
    }

    fn make_directory(&self, name: &CStr) -> io::Result<()> {
        sys::make_directory(self.at, name, 0o755)?;
        sys::give(self.open(name, DIRECTORY)?.as_fd(), self.owner)
    }

    fn open(&self, name: &CStr, flags: i32) -> io::Result<OwnedFd> {
        sys::open_in_root(self.at, name, flags)
    }
}

fn set_host_name(name: &CStr) -> io::Result<()> {
    let length = name.count_bytes();
    // SAFETY: the pointer and length are those of the name.
    sys::check(unsafe { libc::sethostname(name.as_ptr(), length) }.into()).map(drop)
}

//! The mount namespace that the launcher works in.
//!
//! Every new mount namespace copies the one it is made from, so this one holds next to nothing: the
//! data directory, a /proc, and the parts that all sandboxes share. The host's mount table never
//! shows a sandbox, and what is mounted here is gone when the launcher is.

use crate::fault::{At, Fault};
use crate::mount::{self, Context, attribute};
use crate::sys;
use crate::wire::Policy;
use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

const DIRECTORY: i32 = libc::O_PATH | libc::O_DIRECTORY | libc::O_NOFOLLOW;

/// Where a cell attaches its stage.
pub const ROOT: &CStr = c"/root";
/// The agent's binary.
pub const AGENT: &CStr = c"/agent";
/// What sandboxes have as /etc/resolv.conf.
pub const RESOLVER_FILE: &CStr = c"/resolv.conf";
/// What sandboxes have as /sys.
pub const SYSFS: &CStr = c"/sys";
/// Files that show a process its own limits.
const LIMITS: &str = "/limits";
/// The root of a cell, which holds nothing but places to attach at.
pub const STAGE: &CStr = c"/stage";
/// Hides files.
const EMPTY_FILE: &CStr = c"/empty-file";
/// Hides directories.
const EMPTY_DIRECTORY: &CStr = c"/empty-directory";
/// Where the older way of mounting an overlay puts things for a moment, one directory a worker.
pub const SCRATCH: &str = "/scratch";

/// Paths in a cell that is no sandbox yet.
pub mod stage {
    use std::ffi::CStr;

    /// Its /proc.
    pub const PROC: &CStr = c"/proc";
    /// Its /sys.
    pub const SYS: &CStr = c"/sys";
    /// Its /dev.
    pub const DEV: &CStr = c"/dev";
    /// Its resolv.conf.
    pub const RESOLVER_FILE: &CStr = c"/resolv.conf";
    /// The agent's binary.
    pub const AGENT: &CStr = c"/agent";
}

/// The namespace is entered; what of it is used by descriptor.
pub struct Room {
    /// The engine's data directory.
    pub data: OwnedFd,
    /// What is hidden in the /proc of a sandbox.
    pub proc_masks: Vec<Mask>,
    /// What cannot be changed there.
    pub proc_read_only: Vec<CString>,
    /// What is replaced there, so that it shows a sandbox's own limits.
    pub proc_limits: Vec<Cover>,
}

impl Room {
    /// Leaves the host's mounts behind. To be called before any thread or worker is made.
    pub fn enter(policy: &Policy) -> Result<Self, Fault> {
        sys::unshare(libc::CLONE_NEWNS).at("make a mount namespace")?;
        let root = sys::open(c"/", DIRECTORY).at("open the root directory")?;
        mount::make_private(root.as_fd()).at("cut the mount namespace off")?;

        // A descriptor into another mount namespace could not be copied from.
        let agent = source(&policy.agent).at("open the agent's binary")?;
        let resolver_file = source(&policy.resolver_file).at("open the resolver file")?;
        let data = source(&policy.data_directory).at("open the data directory")?;

        let room = tmpfs(c"1m").at("make the launcher's root")?;
        let at = room.as_fd();
        for name in [
            c"data",
            c"limits",
            c"proc",
            c"sys",
            c"root",
            c"scratch",
            c"empty-directory",
            c"stage",
            c"stage/dev",
            c"stage/proc",
            c"stage/sys",
        ] {
            sys::make_directory(at, name, 0o755).at("fill the launcher's root")?;
        }
        for name in [
            c"agent",
            c"resolv.conf",
            c"empty-file",
            c"stage/agent",
            c"stage/resolv.conf",
        ] {
            let flags = libc::O_CREAT | libc::O_WRONLY;
            sys::open_at(at, name, flags).at("fill the launcher's root")?;
        }
        let place = sys::path(&policy.room).and_then(|path| sys::open(&path, DIRECTORY));
        let place = place.at("open the launcher's directory")?;
        mount::attach(at, place.as_fd()).at("attach the launcher's root")?;

        attach(at, c"data", mount::copy_tree(data.as_fd()), 0)?;
        let shared = attribute::READ_ONLY | attribute::NO_SUID | attribute::NO_DEVICES;
        attach(at, c"agent", mount::copy(agent.as_fd()), shared)?;
        let inert = shared | attribute::NO_EXEC;
        attach(
            at,
            c"resolv.conf",
            mount::copy(resolver_file.as_fd()),
            inert,
        )?;
        attach(
            at,
            c"proc",
            Context::new(c"proc").and_then(|p| p.mount(0)),
            0,
        )?;
        attach(at, c"sys", sysfs(), inert)?;
        attach(at, c"empty-directory", tmpfs(c"4k"), inert)?;
        if !policy.limits.is_empty() {
            let limits = source(&policy.limits).at("open the files with limits")?;
            attach(at, c"limits", mount::copy(limits.as_fd()), inert)?;
        }
        mount::change_root(at).at("enter the launcher's root")?;

        let empty_file = sys::open(EMPTY_FILE, libc::O_PATH).at("open a shared part")?;
        mount::cover_with_itself(empty_file.as_fd(), inert).at("prepare a shared part")?;
        for mask in masks(&policy.masked, "/sys")? {
            let sys = sys::open(SYSFS, DIRECTORY).at("open a shared part")?;
            mask.apply(sys.as_fd()).at("hide parts of /sys")?;
        }
        if !policy.limits.is_empty() {
            show_limits(&policy.sys_limits).at("show limits in /sys")?;
        }
        let read_only = masks(&policy.read_only, "/proc")?;
        Ok(Self {
            data: sys::open(c"/data", DIRECTORY).at("open a shared part")?,
            proc_masks: masks(&policy.masked, "/proc")?,
            proc_limits: covers(&policy.proc_limits).at("find the files with limits")?,
            proc_read_only: read_only.into_iter().map(|mask| mask.name).collect(),
        })
    }
}

/// What of the listed paths below `top` exists on this kernel.
fn masks(paths: &[String], top: &str) -> Result<Vec<Mask>, Fault> {
    let step = "look for what is to be hidden";
    let root = sys::path(top).and_then(|path| sys::open(&path, DIRECTORY));
    let root = root.at(step)?;
    let mut found = Vec::new();
    for path in paths {
        if let Some(name) = path.strip_prefix(top).and_then(|p| p.strip_prefix('/')) {
            let name = sys::path(name).at(step)?;
            if sys::open_beneath(root.as_fd(), &name, libc::O_PATH).is_ok() {
                let directory = sys::open_beneath(root.as_fd(), &name, DIRECTORY).is_ok();
                found.push(Mask { name, directory });
            }
        }
    }
    Ok(found)
}

/// Replaces a part of the /sys of all sandboxes.
fn show_limits(name: &str) -> io::Result<()> {
    let part = name.strip_prefix("sys/").unwrap_or(name);
    let sys = sys::open(SYSFS, DIRECTORY)?;
    let place = sys::open_beneath(sys.as_fd(), &sys::path(part)?, DIRECTORY)?;
    let cover = sys::open(&sys::path(&format!("{LIMITS}/{name}"))?, DIRECTORY)?;
    mount::attach(mount::copy(cover.as_fd())?.as_fd(), place.as_fd())
}

/// The files stay open, so that no start has to ask the program that serves them.
fn covers(names: &[String]) -> io::Result<Vec<Cover>> {
    let cover = |name: &String| {
        Ok(Cover {
            name: sys::path(name)?,
            source: sys::open(&sys::path(&format!("{LIMITS}/proc/{name}"))?, libc::O_PATH)?,
        })
    };
    names.iter().map(cover).collect()
}

/// A file of /proc that another is laid on.
pub struct Cover {
    name: CString,
    source: OwnedFd,
}

impl Cover {
    /// A copy to be laid on a file of one sandbox, in the mount namespace that it was opened in.
    pub fn copy(&self) -> io::Result<OwnedFd> {
        mount::copy(self.source.as_fd())
    }

    /// Lays the copy on, below `root`.
    pub fn apply(&self, copy: BorrowedFd<'_>, root: BorrowedFd<'_>) -> io::Result<()> {
        let place = sys::open_beneath(root, &self.name, libc::O_PATH)?;
        mount::attach(copy, place.as_fd())
    }
}

/// A hidden path.
pub struct Mask {
    name: CString,
    directory: bool,
}

impl Mask {
    /// Hides it below `root`.
    pub fn apply(&self, root: BorrowedFd<'_>) -> io::Result<()> {
        let place = sys::open_beneath(root, &self.name, libc::O_PATH)?;
        let cover = if self.directory {
            EMPTY_DIRECTORY
        } else {
            EMPTY_FILE
        };
        let cover = mount::copy(sys::open(cover, libc::O_PATH)?.as_fd())?;
        mount::attach(cover.as_fd(), place.as_fd())
    }
}

fn source(path: &str) -> io::Result<OwnedFd> {
    sys::open(&sys::path(path)?, libc::O_PATH)
}

fn attach(
    room: BorrowedFd<'_>,
    name: &CStr,
    mount: io::Result<OwnedFd>,
    attributes: u64,
) -> Result<(), Fault> {
    let step = format!("bring {} into the launcher's root", name.to_string_lossy());
    let mount = mount.at(&step)?;
    if attributes != 0 {
        mount::set(mount.as_fd(), attributes).at(&step)?;
    }
    let place = sys::open_at(room, name, libc::O_PATH).at(&step)?;
    mount::attach(mount.as_fd(), place.as_fd()).at(&step)
}

fn tmpfs(size: &CStr) -> io::Result<OwnedFd> {
    let context = Context::new(c"tmpfs")?;
    context.text(c"size", size)?;
    context.text(c"mode", c"755")?;
    context.mount(0)
}

/// A /sys that knows no link of the host: it shows the network namespace that it is made in.
fn sysfs() -> io::Result<OwnedFd> {
    let host = sys::open(c"/proc/thread-self/ns/net", libc::O_RDONLY)?;
    sys::unshare(libc::CLONE_NEWNET)?;
    let mount = Context::new(c"sysfs").and_then(|context| context.mount(0));
    sys::enter(host.as_fd(), libc::CLONE_NEWNET)?;
    mount
}

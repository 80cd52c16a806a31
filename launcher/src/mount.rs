//! The mount calls that work on descriptors rather than paths.

use crate::sys::{check, own};
use std::ffi::{CStr, c_int, c_long, c_uint, c_ulong};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::ptr;

/// Attributes of a mount, as the kernel numbers them.
pub mod attribute {
    /// Nothing can be changed through it.
    pub const READ_ONLY: u64 = libc::MOUNT_ATTR_RDONLY;
    /// Set-user-id bits do not count.
    pub const NO_SUID: u64 = libc::MOUNT_ATTR_NOSUID;
    /// Device files do not open.
    pub const NO_DEVICES: u64 = libc::MOUNT_ATTR_NODEV;
    /// Nothing can be executed.
    pub const NO_EXEC: u64 = libc::MOUNT_ATTR_NOEXEC;
}

const EMPTY: &CStr = c"";
const SET_FLAG: c_uint = 0;
const SET_STRING: c_uint = 1;
const SET_FD: c_uint = 5;
const CREATE: c_uint = 6;
const FROM_EMPTY: c_uint = 0x4;
const TO_EMPTY: c_uint = 0x40;

/// A file system that is being set up.
pub struct Context(OwnedFd);

impl Context {
    /// Begins with a file system of a kind.
    pub fn new(kind: &CStr) -> io::Result<Self> {
        let close_on_exec: c_ulong = 1;
        // SAFETY: the name is a C string.
        own(unsafe { libc::syscall(libc::SYS_fsopen, kind.as_ptr(), close_on_exec) }).map(Self)
    }

    /// Sets an option to a text.
    pub fn text(&self, key: &CStr, value: &CStr) -> io::Result<()> {
        self.configure(SET_STRING, key.as_ptr(), value.as_ptr().cast(), 0)
    }

    /// Sets an option that has no value.
    pub fn flag(&self, key: &CStr) -> io::Result<()> {
        self.configure(SET_FLAG, key.as_ptr(), ptr::null(), 0)
    }

    /// Sets an option to what a descriptor stands for.
    pub fn descriptor(&self, key: &CStr, value: BorrowedFd<'_>) -> io::Result<()> {
        self.configure(SET_FD, key.as_ptr(), ptr::null(), value.as_raw_fd())
    }

    /// Makes the file system and a mount of it that is attached nowhere.
    pub fn mount(self, attributes: u64) -> io::Result<OwnedFd> {
        self.configure(CREATE, ptr::null(), ptr::null(), 0)?;
        let close_on_exec: c_ulong = 1;
        // SAFETY: plain numbers.
        own(unsafe {
            libc::syscall(
                libc::SYS_fsmount,
                self.0.as_raw_fd(),
                close_on_exec,
                attributes,
            )
        })
    }

    fn configure(
        &self,
        command: c_uint,
        key: *const libc::c_char,
        value: *const libc::c_void,
        number: c_int,
    ) -> io::Result<()> {
        // SAFETY: the pointers are C strings or null, as the command wants them.
        check(unsafe {
            libc::syscall(
                libc::SYS_fsconfig,
                self.0.as_raw_fd(),
                command,
                key,
                value,
                number,
            )
        })
        .map(drop)
    }
}

/// A detached copy of the mount that `place` is on, seen from there downwards.
pub fn copy(place: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    copy_with(place, 0)
}

/// The same with all mounts below it.
pub fn copy_tree(place: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    copy_with(place, libc::AT_RECURSIVE as c_uint)
}

fn copy_with(place: BorrowedFd<'_>, more: c_uint) -> io::Result<OwnedFd> {
    let flags = libc::OPEN_TREE_CLONE as c_uint
        | libc::OPEN_TREE_CLOEXEC as c_uint
        | libc::AT_EMPTY_PATH as c_uint
        | more;
    // SAFETY: the path is a C string.
    own(unsafe {
        libc::syscall(
            libc::SYS_open_tree,
            place.as_raw_fd(),
            EMPTY.as_ptr(),
            flags,
        )
    })
}

/// Attaches a detached mount on top of `place`.
pub fn attach(mount: BorrowedFd<'_>, place: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: both paths are C strings.
    check(unsafe {
        libc::syscall(
            libc::SYS_move_mount,
            mount.as_raw_fd(),
            EMPTY.as_ptr(),
            place.as_raw_fd(),
            EMPTY.as_ptr(),
            FROM_EMPTY | TO_EMPTY,
        )
    })
    .map(drop)
}

/// Sets attributes of a mount.
pub fn set(mount: BorrowedFd<'_>, attributes: u64) -> io::Result<()> {
    change(mount, attributes, None, 0)
}

/// Maps the ids of a detached mount through a user namespace, and sets attributes of it.
pub fn map_ids(
    mount: BorrowedFd<'_>,
    namespace: BorrowedFd<'_>,
    attributes: u64,
) -> io::Result<()> {
    change(mount, attributes, Some(namespace), 0)
}

/// Cuts a tree off from mounts and unmounts elsewhere.
pub fn make_private(tree: BorrowedFd<'_>) -> io::Result<()> {
    change(tree, 0, None, libc::MS_PRIVATE)
}

fn change(
    mount: BorrowedFd<'_>,
    attributes: u64,
    ids: Option<BorrowedFd<'_>>,
    propagation: c_ulong,
) -> io::Result<()> {
    let mapped = ids.map_or(0, |_| libc::MOUNT_ATTR_IDMAP);
    let change = libc::mount_attr {
        attr_set: attributes | mapped,
        attr_clr: 0,
        propagation,
        userns_fd: ids.map_or(0, |ids| ids.as_raw_fd() as u64),
    };
    let recursive = if propagation == 0 {
        0
    } else {
        libc::AT_RECURSIVE
    };
    // SAFETY: path and structure are valid for the call.
    check(unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            mount.as_raw_fd(),
            EMPTY.as_ptr(),
            libc::AT_EMPTY_PATH | recursive,
            &raw const change,
            size_of::<libc::mount_attr>(),
        )
    })
    .map(drop)
}

/// The older way to mount, by path.
pub fn mount_at(kind: &CStr, target: &CStr, flags: c_ulong, options: &CStr) -> io::Result<()> {
    // SAFETY: all are C strings.
    check(c_long::from(unsafe {
        libc::mount(
            kind.as_ptr(),
            target.as_ptr(),
            kind.as_ptr(),
            flags,
            options.as_ptr().cast(),
        )
    }))
    .map(drop)
}

/// Detaches the mount at a path, with all below it.
pub fn detach(target: &CStr) -> io::Result<()> {
    // SAFETY: the path is a C string.
    check(c_long::from(unsafe {
        libc::umount2(target.as_ptr(), libc::MNT_DETACH)
    }))
    .map(drop)
}

/// Makes the mount at `root` the root of this process's mount namespace, and lets go of the old one.
pub fn change_root(root: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: plain calls; the old root is stacked on the new one and detached from there.
    unsafe {
        check(libc::fchdir(root.as_raw_fd()).into())?;
        let here = c".".as_ptr();
        check(libc::syscall(libc::SYS_pivot_root, here, here))?;
        check(libc::umount2(here, libc::MNT_DETACH).into())?;
        check(libc::chdir(c"/".as_ptr()).into())?;
    }
    Ok(())
}

/// Sets attributes of a copy of the mount at `place` and lays it on top of `place`.
pub fn cover_with_itself(place: BorrowedFd<'_>, attributes: u64) -> io::Result<()> {
    let copy = copy(place)?;
    set(copy.as_fd(), attributes)?;
    attach(copy.as_fd(), place)
}

//! Thin, safe faces of the system calls that the standard library lacks.

use std::ffi::{CStr, CString, c_int, c_long, c_uint, c_ulong};
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

/// Turns -1 into the error that the system reported.
pub fn check(result: c_long) -> io::Result<c_long> {
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

/// Wraps a descriptor that a system call has just returned.
pub fn own(result: c_long) -> io::Result<OwnedFd> {
    let fd = check(result)?;
    // SAFETY: the call returned a new descriptor that nothing else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as RawFd) })
}

/// A path as the system takes it.
pub fn path(text: &str) -> io::Result<CString> {
    CString::new(text).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))
}

/// Opens a file by a path that is taken from `directory`.
pub fn open_at(directory: BorrowedFd<'_>, name: &CStr, flags: c_int) -> io::Result<OwnedFd> {
    let flags = flags | libc::O_CLOEXEC;
    // SAFETY: the name is a C string; the kernel reads it during the call only.
    own(unsafe { libc::openat(directory.as_raw_fd(), name.as_ptr(), flags, 0o644) }.into())
}

/// Opens a file by a path that starts at the process's root or working directory.
pub fn open(name: &CStr, flags: c_int) -> io::Result<OwnedFd> {
    // SAFETY: AT_FDCWD is always valid as a directory.
    open_at(
        unsafe { BorrowedFd::borrow_raw(libc::AT_FDCWD) },
        name,
        flags,
    )
}

/// Opens a file below `root` as if that were the root directory: no link leads out of it.
pub fn open_in_root(root: BorrowedFd<'_>, name: &CStr, flags: c_int) -> io::Result<OwnedFd> {
    resolve(root, name, flags, libc::RESOLVE_IN_ROOT)
}

/// Opens a file below `directory` by a path without links and without a way up.
pub fn open_beneath(directory: BorrowedFd<'_>, name: &CStr, flags: c_int) -> io::Result<OwnedFd> {
    resolve(
        directory,
        name,
        flags,
        libc::RESOLVE_BENEATH | libc::RESOLVE_NO_SYMLINKS,
    )
}

fn resolve(at: BorrowedFd<'_>, name: &CStr, flags: c_int, how: u64) -> io::Result<OwnedFd> {
    // SAFETY: all-zero is a valid open_how.
    let mut open_how: libc::open_how = unsafe { std::mem::zeroed() };
    open_how.flags = (flags | libc::O_CLOEXEC) as u64;
    open_how.mode = if flags & libc::O_CREAT != 0 { 0o644 } else { 0 };
    open_how.resolve = how;
    // SAFETY: name and structure are valid for the call.
    own(unsafe {
        libc::syscall(
            libc::SYS_openat2,
            at.as_raw_fd(),
            name.as_ptr(),
            &raw const open_how,
            size_of::<libc::open_how>(),
        )
    })
}

/// Makes a directory.
pub fn make_directory(at: BorrowedFd<'_>, name: &CStr, mode: c_uint) -> io::Result<()> {
    // SAFETY: the name is a C string.
    check(unsafe { libc::mkdirat(at.as_raw_fd(), name.as_ptr(), mode) }.into()).map(drop)
}

/// Removes a file.
pub fn remove(at: BorrowedFd<'_>, name: &CStr) -> io::Result<()> {
    // SAFETY: the name is a C string.
    check(unsafe { libc::unlinkat(at.as_raw_fd(), name.as_ptr(), 0) }.into()).map(drop)
}

/// Makes a character device.
pub fn make_device(at: BorrowedFd<'_>, name: &CStr, major: u32, minor: u32) -> io::Result<()> {
    let number = libc::makedev(major, minor);
    let mode = libc::S_IFCHR | 0o666;
    // SAFETY: the name is a C string.
    check(unsafe { libc::mknodat(at.as_raw_fd(), name.as_ptr(), mode, number) }.into()).map(drop)
}

/// Makes a symbolic link.
pub fn make_link(target: &CStr, at: BorrowedFd<'_>, name: &CStr) -> io::Result<()> {
    // SAFETY: both are C strings.
    check(unsafe { libc::symlinkat(target.as_ptr(), at.as_raw_fd(), name.as_ptr()) }.into())
        .map(drop)
}

/// Writes a short text in one call, as the kernel's control files want it.
pub fn write_all(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<()> {
    // SAFETY: the kernel reads at most `bytes.len()` bytes of the slice.
    let n = check(
        unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) } as c_long,
    )?;
    if n as usize == bytes.len() {
        Ok(())
    } else {
        Err(io::Error::from_raw_os_error(libc::EIO))
    }
}

/// Reads once; 0 at the end.
pub fn read(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        // SAFETY: the kernel writes at most `buffer.len()` bytes into the buffer.
        let n = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
        match check(n as c_long) {
            Ok(n) => return Ok(n as usize),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A pipe, read end first, closed on exec.
pub fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut fds = [-1; 2];
    // SAFETY: `fds` has room for the two descriptors.
    check(unsafe { libc::pipe2(fds.as_mut_ptr(), libc::O_CLOEXEC) }.into())?;
    let [read, write] = fds;
    Ok((own(read.into())?, own(write.into())?))
}

/// Whether nobody holds the write end of a pipe any more.
pub fn hung_up(read_end: BorrowedFd<'_>) -> io::Result<bool> {
    let mut entry = libc::pollfd {
        fd: read_end.as_raw_fd(),
        events: 0,
        revents: 0,
    };
    // SAFETY: one entry, valid for the call, which does not wait.
    check(unsafe { libc::poll(&raw mut entry, 1, 0) }.into())?;
    Ok(entry.revents & libc::POLLHUP != 0)
}

/// Makes a plain copy of this process: its number, or 0 in the copy.
///
/// # Safety
/// The caller has one thread only.
pub unsafe fn fork() -> io::Result<libc::pid_t> {
    // SAFETY: the caller's promise.
    check(unsafe { libc::fork() }.into()).map(|pid| pid as libc::pid_t)
}

/// Lets the kernel forget children that end. Unlike with an ignored SIGCHLD, a program that a child
/// becomes starts as usual.
pub fn forget_children() -> io::Result<()> {
    // SAFETY: all-zero is the default action without flags.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_flags = libc::SA_NOCLDWAIT;
    // SAFETY: the structure is valid for the call.
    check(unsafe { libc::sigaction(libc::SIGCHLD, &raw const action, std::ptr::null_mut()) }.into())
        .map(drop)
}

/// Waits for the end of a process that was told to end, and forgets it.
pub fn reap(born: &Born) {
    // SAFETY: no status is wanted. Where the kernel forgets children by itself, this fails at the
    // end of the child, which is as good.
    let _ = unsafe { libc::waitpid(born.pid, std::ptr::null_mut(), 0) };
}

/// Waits for a child to end.
pub fn wait() -> io::Result<libc::pid_t> {
    loop {
        // SAFETY: no status is wanted.
        match check(unsafe { libc::wait(std::ptr::null_mut()) }.into()) {
            Ok(pid) => return Ok(pid as libc::pid_t),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Moves this process into a namespace of the given kind.
pub fn enter(namespace: BorrowedFd<'_>, kind: c_int) -> io::Result<()> {
    // SAFETY: plain setns.
    check(unsafe { libc::setns(namespace.as_raw_fd(), kind) }.into()).map(drop)
}

/// Gives this process namespaces of its own.
pub fn unshare(kinds: c_int) -> io::Result<()> {
    // SAFETY: plain unshare.
    check(unsafe { libc::unshare(kinds) }.into()).map(drop)
}

/// A prctl with one argument.
pub fn control(option: c_int, argument: c_ulong) -> io::Result<()> {
    let none: c_ulong = 0;
    // SAFETY: used with options that take a number only.
    check(unsafe { libc::prctl(option, argument, none, none, none) }.into()).map(drop)
}

/// CLONE_INTO_CGROUP, which does not fit the type that `libc` gives it.
const INTO_CONTROL_GROUP: u64 = 0x2_0000_0000;

/// A new process: the parent's side of it, or in the child nothing.
pub struct Born {
    /// Its number here.
    pub pid: libc::pid_t,
    /// Its descriptor.
    pub pidfd: OwnedFd,
}

/// Makes a process in new namespaces, and in a control group of version 2 where one is given.
/// Returns `None` in the child, which is a copy of the caller.
///
/// # Safety
/// The caller has one thread only.
pub unsafe fn clone(namespaces: c_int, group: Option<BorrowedFd<'_>>) -> io::Result<Option<Born>> {
    let mut pidfd: c_int = -1;
    // SAFETY: all-zero is a valid clone_args.
    let mut arguments: libc::clone_args = unsafe { std::mem::zeroed() };
    arguments.flags = (namespaces | libc::CLONE_PIDFD) as u32 as u64;
    arguments.pidfd = &raw mut pidfd as u64;
    arguments.exit_signal = libc::SIGCHLD as u64;
    if let Some(group) = group {
        arguments.flags |= INTO_CONTROL_GROUP;
        arguments.cgroup = group.as_raw_fd() as u64;
    }
    // SAFETY: without CLONE_VM this is a fork; the structure is valid for the call.
    let pid = check(unsafe {
        libc::syscall(
            libc::SYS_clone3,
            &raw const arguments,
            size_of::<libc::clone_args>(),
        )
    })?;
    if pid == 0 {
        return Ok(None);
    }
    Ok(Some(Born {
        pid: pid as libc::pid_t,
        pidfd: own(pidfd.into())?,
    }))
}

/// Sets how far a process, by default the calling one, gives way to others: 0, as usual, to 19.
pub fn set_niceness(process: Option<&Born>, niceness: c_int) -> io::Result<()> {
    let number = process.map_or(0, |born| born.pid as libc::id_t);
    // SAFETY: plain setpriority; 0 stands for the caller.
    check(unsafe { libc::setpriority(libc::PRIO_PROCESS, number, niceness) }.into()).map(drop)
}

/// A descriptor of the calling process.
pub fn this_process() -> io::Result<OwnedFd> {
    let no_flags = 0;
    // SAFETY: plain pidfd_open; what it returns is always closed on exec.
    own(unsafe { libc::syscall(libc::SYS_pidfd_open, std::process::id(), no_flags) })
}

/// Gives a file, opened in whatever way, to a user and its group.
pub fn give(file: BorrowedFd<'_>, owner: libc::uid_t) -> io::Result<()> {
    // SAFETY: the empty path stands for the descriptor itself.
    check(
        unsafe {
            libc::fchownat(
                file.as_raw_fd(),
                c"".as_ptr(),
                owner,
                owner,
                libc::AT_EMPTY_PATH,
            )
        }
        .into(),
    )
    .map(drop)
}

/// Sends a signal to a process by its descriptor; one that has ended is fine.
pub fn signal(pidfd: BorrowedFd<'_>, number: c_int) {
    let null = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: plain pidfd_send_signal without information.
    let _ = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd.as_raw_fd(),
            number,
            null,
            0,
        )
    };
}

//! Thin, safe faces of the system calls that the standard library lacks.

use std::ffi::c_int;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Takes a lock. A poisoned one is as good: a panic ends the agent before anyone could see it.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Turns -1 into the error that the system reported.
pub fn check(result: c_int) -> io::Result<c_int> {
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

/// A note for whoever reads the sandbox's console; lost when nobody does.
pub fn note(message: &str) {
    use std::io::Write;
    let _ = writeln!(io::stderr(), "paddock-agent: {message}");
}

/// Wraps a descriptor that a system call has just returned.
fn own(fd: c_int) -> io::Result<OwnedFd> {
    let fd = check(fd)?;
    // SAFETY: the call returned a new descriptor that nothing else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// A pipe, read end first, both ends blocking and closed on exec.
pub fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut fds = [-1; 2];
    // SAFETY: `fds` has room for the two descriptors.
    check(unsafe { libc::pipe2(fds.as_mut_ptr(), libc::O_CLOEXEC) })?;
    let [read, write] = fds;
    Ok((own(read)?, own(write)?))
}

/// Makes reads and writes answer `WouldBlock` rather than wait.
pub fn set_nonblocking(fd: BorrowedFd<'_>) -> io::Result<()> {
    let fd = fd.as_raw_fd();
    // SAFETY: plain fcntl on a descriptor that lives.
    let flags = check(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    // SAFETY: as above.
    check(unsafe { libc::fcntl(fd, libc::F_SETFL, flags | libc::O_NONBLOCK) })?;
    Ok(())
}

/// A copy of the descriptor numbered at least 16, so that it collides with no number a child uses.
pub fn duplicate_high(fd: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    // SAFETY: plain fcntl on a descriptor that lives.
    own(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 16) })
}

/// Gives the first bytes of a file back to the disk; they read as zeros, and all others stay in place.
pub fn make_hole(file: BorrowedFd<'_>, length: u64) -> io::Result<()> {
    let Ok(length @ 1..) = libc::off_t::try_from(length) else {
        return Ok(());
    };
    let mode = libc::FALLOC_FL_PUNCH_HOLE | libc::FALLOC_FL_KEEP_SIZE;
    // SAFETY: plain fallocate on a descriptor that lives.
    check(unsafe { libc::fallocate(file.as_raw_fd(), mode, 0, length) }).map(drop)
}

/// Gives the inode behind a descriptor to a user, so that he can open it again by /proc/self/fd.
pub fn change_owner(fd: BorrowedFd<'_>, uid: u32, gid: u32) -> io::Result<()> {
    // SAFETY: plain fchown on a descriptor that lives.
    check(unsafe { libc::fchown(fd.as_raw_fd(), uid, gid) }).map(drop)
}

/// What a signal means, in a few English words.
pub fn signal_description(signal: c_int) -> String {
    // SAFETY: returns a static string, or for an unknown signal one that no other thread asks for.
    let text = unsafe { libc::strsignal(signal) };
    if text.is_null() {
        return format!("Signal {signal}");
    }
    // SAFETY: the pointer is a C string's.
    let text = unsafe { std::ffi::CStr::from_ptr(text) };
    text.to_string_lossy().into_owned()
}

/// Bytes that can be read from a pipe or terminal without waiting.
pub fn available(fd: BorrowedFd<'_>) -> usize {
    let mut bytes: c_int = 0;
    // SAFETY: FIONREAD stores one int at the pointer.
    let result = unsafe { libc::ioctl(fd.as_raw_fd(), libc::FIONREAD, &mut bytes) };
    if result < 0 {
        0
    } else {
        usize::try_from(bytes).unwrap_or(0)
    }
}

/// Reads once; `None` when nothing is there to read now.
pub fn read_some(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<Option<usize>> {
    loop {
        // SAFETY: the kernel writes at most `buffer.len()` bytes into the buffer.
        let n = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
        if n >= 0 {
            return Ok(Some(n as usize));
        }
        let error = io::Error::last_os_error();
        match error.raw_os_error() {
            Some(libc::EINTR) => {}
            Some(libc::EAGAIN) => return Ok(None),
            _ => return Err(error),
        }
    }
}

/// Writes once; `None` when nothing can be taken now.
pub fn write_some(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<Option<usize>> {
    loop {
        // SAFETY: the kernel reads at most `bytes.len()` bytes of the slice.
        let n = unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) };
        if n >= 0 {
            return Ok(Some(n as usize));
        }
        let error = io::Error::last_os_error();
        match error.raw_os_error() {
            Some(libc::EINTR) => {}
            Some(libc::EAGAIN) => return Ok(None),
            _ => return Err(error),
        }
    }
}

/// A flag that a thread can poll for and another can raise.
#[derive(Debug)]
pub struct Signal(OwnedFd);

impl Signal {
    pub fn new() -> io::Result<Self> {
        // SAFETY: plain eventfd.
        own(unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) }).map(Self)
    }

    pub fn raise(&self) {
        // A full counter means that the flag is up already, which is all that is wanted.
        let _ = write_some(self.0.as_fd(), &1u64.to_ne_bytes());
    }

    pub fn lower(&self) {
        let _ = read_some(self.0.as_fd(), &mut [0; 8]);
    }
}

impl AsFd for Signal {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// What a poll waits for, collected anew for each wait.
#[derive(Default)]
pub struct PollSet(Vec<libc::pollfd>);

/// Names an entry of a [`PollSet`] after the wait.
#[derive(Clone, Copy)]
pub struct Slot(usize);

impl PollSet {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a descriptor; its hang-up and errors are always waited for.
    pub fn add(&mut self, fd: BorrowedFd<'_>, read: bool, write: bool) -> Slot {
        let mut events = 0;
        if read {
            events |= libc::POLLIN;
        }
        if write {
            events |= libc::POLLOUT;
        }
        self.0.push(libc::pollfd {
            fd: fd.as_raw_fd(),
            events,
            revents: 0,
        });
        Slot(self.0.len() - 1)
    }

    /// Waits until something is ready or the deadline passes; false when it passed.
    pub fn wait(&mut self, deadline: Option<Instant>) -> io::Result<bool> {
        loop {
            let timeout = deadline.map_or(-1, millis_until);
            let count = self.0.len() as libc::nfds_t;
            // SAFETY: the vector holds `count` entries and outlives the call.
            let ready = unsafe { libc::poll(self.0.as_mut_ptr(), count, timeout) };
            if ready > 0 {
                return Ok(true);
            }
            if ready == 0 {
                if deadline.is_some_and(|d| Instant::now() >= d) {
                    return Ok(false);
                }
                continue;
            }
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
    }

    fn events(&self, slot: Slot) -> i16 {
        self.0.get(slot.0).map_or(0, |entry| entry.revents)
    }

    /// True when a read would not wait: data, end of file or an error.
    pub fn readable(&self, slot: Slot) -> bool {
        self.events(slot) & (libc::POLLIN | libc::POLLHUP | libc::POLLERR | libc::POLLNVAL) != 0
    }

    /// True when a write would not wait.
    pub fn writable(&self, slot: Slot) -> bool {
        self.events(slot) & (libc::POLLOUT | libc::POLLERR | libc::POLLNVAL) != 0
    }

    /// True when the other side is gone.
    pub fn hung_up(&self, slot: Slot) -> bool {
        self.events(slot) & (libc::POLLHUP | libc::POLLERR | libc::POLLNVAL) != 0
    }
}

fn millis_until(deadline: Instant) -> c_int {
    let left = deadline.saturating_duration_since(Instant::now());
    // Rounded up, so that a wait does not end just before its deadline and spin.
    c_int::try_from(left.as_micros().div_ceil(1000)).unwrap_or(c_int::MAX)
}

/// A deadline that many milliseconds from now; `None` for 0 and for what no clock can hold.
pub fn deadline(millis: u64) -> Option<Instant> {
    if millis == 0 {
        return None;
    }
    Instant::now().checked_add(Duration::from_millis(millis))
}

/// Random bytes from the kernel.
pub fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0u8; N];
    // SAFETY: the kernel writes at most N bytes; N is small, so that the call is not interrupted.
    let n = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), N, 0) };
    if n != N as isize {
        return Err(io::Error::last_os_error());
    }
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file from a raw number that this process was started with.
pub fn inherited(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: plain fcntl; it fails on a number that is not open.
    let flags = check(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    // SAFETY: as above.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, flags | libc::FD_CLOEXEC) })?;
    own(fd)
}

/// Opens a regular file of at most `limit` bytes and reads it; nothing else is ever waited for.
pub fn read_small(path: &str, limit: u64) -> io::Result<Vec<u8>> {
    use std::io::Read;
    use std::os::unix::fs::OpenOptionsExt;
    let file = File::options()
        .read(true)
        .custom_flags(libc::O_NONBLOCK)
        .open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

//! Pseudo terminals.

pub mod attach;
mod history;
pub mod screen;

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;

use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::reaper::Child;
use crate::sys;
use crate::wire::TerminalSize;

/// What a terminal in its usual mode takes for the end of input (Ctrl-D).
pub const END_OF_INPUT: u8 = 4;
/// Most that is read from a terminal after its process has ended, in bytes; a background process may
/// go on writing for ever.
pub const BACKLOG: usize = 256 * 1024;

/// Starts a process on a new terminal, whose own end is returned and does not block.
pub fn start(prepared: &Prepared, size: &TerminalSize) -> Outcome<(Child, OwnedFd)> {
    let failed = |error| Failure::of("open a terminal", &error);
    let (master, slave) = open().map_err(failed)?;
    resize(master.as_fd(), size).map_err(failed)?;
    sys::set_nonblocking(master.as_fd()).map_err(failed)?;
    prepared.give(slave.as_fd());
    let output = slave.try_clone().map_err(failed)?;
    let errors = slave.try_clone().map_err(failed)?;
    let child = prepared.start(vec![(slave, 0), (output, 1), (errors, 2)], true)?;
    Ok((child, master))
}

/// Tells a terminal its size; 0 stands for 80 columns and 24 rows.
pub fn resize(terminal: BorrowedFd<'_>, size: &TerminalSize) -> io::Result<()> {
    let or = |value: u32, usual| match value {
        0 => usual,
        value => u16::try_from(value).unwrap_or(u16::MAX),
    };
    let size = libc::winsize {
        ws_row: or(size.rows, 24),
        ws_col: or(size.columns, 80),
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    // SAFETY: reads one winsize from the pointer.
    sys::check(unsafe { libc::ioctl(terminal.as_raw_fd(), libc::TIOCSWINSZ, &size) }).map(drop)
}

/// Both ends of a new terminal.
fn open() -> io::Result<(OwnedFd, OwnedFd)> {
    let flags = libc::O_NOCTTY | libc::O_CLOEXEC;
    let mut options = File::options();
    options.read(true).write(true).custom_flags(flags);
    let master = (options.open("/dev/ptmx")).or_else(|_| options.open("/dev/pts/ptmx"))?;
    let fd = master.as_raw_fd();
    let unlock: libc::c_int = 0;
    // SAFETY: reads one int from the pointer.
    sys::check(unsafe { libc::ioctl(fd, libc::TIOCSPTLCK, &unlock) })?;
    // SAFETY: returns a new descriptor or fails.
    let slave = sys::check(unsafe { libc::ioctl(fd, libc::TIOCGPTPEER, libc::O_RDWR | flags) })?;
    // SAFETY: the descriptor is new.
    Ok((master.into(), unsafe { OwnedFd::from_raw_fd(slave) }))
}

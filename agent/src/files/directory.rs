//! Directories held open by descriptor, so that what lies in them is reached without a path.

use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd};
use std::ptr::NonNull;

use crate::sys;

/// Levels of nesting that a walk follows.
pub const DEPTH: usize = 1000;

/// An open directory and a place in its list of entries.
pub struct Directory(NonNull<libc::DIR>);

impl Directory {
    /// Opens a directory in another one, or by path; never follows a link at the end.
    pub fn open(parent: Option<&Self>, name: &CStr) -> io::Result<Self> {
        let flags = libc::O_RDONLY | libc::O_DIRECTORY | libc::O_NOFOLLOW | libc::O_CLOEXEC;
        let at = parent.map_or(libc::AT_FDCWD, |parent| parent.as_fd().as_raw_fd());
        // SAFETY: the name is a C string.
        let fd = sys::check(unsafe { libc::openat(at, name.as_ptr(), flags) })?;
        // SAFETY: the descriptor is new.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        // SAFETY: the descriptor is a directory's; on success it belongs to the stream.
        let stream = NonNull::new(unsafe { libc::fdopendir(fd.as_raw_fd()) });
        let stream = stream.ok_or_else(io::Error::last_os_error)?;
        let _ = fd.into_raw_fd();
        Ok(Self(stream))
    }

    /// The next entry, other than `.` and `..`.
    pub fn next_name(&mut self) -> io::Result<Option<CString>> {
        loop {
            // SAFETY: the stream is open and used by this thread only; the entry is copied at once.
            let name = unsafe {
                *libc::__errno_location() = 0;
                let entry = libc::readdir64(self.0.as_ptr());
                if entry.is_null() {
                    let error = io::Error::last_os_error();
                    return match error.raw_os_error() {
                        Some(0) => Ok(None),
                        _ => Err(error),
                    };
                }
                CStr::from_ptr((*entry).d_name.as_ptr()).to_owned()
            };
            if !matches!(name.to_bytes(), b"." | b"..") {
                return Ok(Some(name));
            }
        }
    }

    /// Starts over with the list of entries.
    pub fn rewind(&mut self) {
        // SAFETY: the stream is open.
        unsafe { libc::rewinddir(self.0.as_ptr()) };
    }

    /// Removes an entry: a directory with `AT_REMOVEDIR`, anything else with 0.
    pub fn unlink(&self, name: &CStr, flags: i32) -> io::Result<()> {
        let fd = self.as_fd().as_raw_fd();
        // SAFETY: the name is a C string.
        sys::check(unsafe { libc::unlinkat(fd, name.as_ptr(), flags) }).map(drop)
    }
}

impl AsFd for Directory {
    fn as_fd(&self) -> BorrowedFd<'_> {
        // SAFETY: the stream's descriptor lives as long as the stream.
        unsafe { BorrowedFd::borrow_raw(libc::dirfd(self.0.as_ptr())) }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // SAFETY: the stream is open and not used again.
        unsafe { libc::closedir(self.0.as_ptr()) };
    }
}

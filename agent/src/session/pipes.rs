//! Named pipes through which a session's shell reaches the streams of a command.

use std::fs::{self, File};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{OpenOptionsExt, lchown};
use std::path::{Path, PathBuf};

use crate::names;
use crate::state::StateDirectory;
use crate::users::Ids;

/// The output pipes of one command at a time.
pub struct Pipes {
    pub output: Fifo,
    pub errors: Fifo,
}

impl Pipes {
    pub fn create(state: &StateDirectory, owner: &Ids) -> io::Result<Self> {
        let output = Fifo::create(state, owner)?;
        let errors = Fifo::create(state, owner)?;
        Ok(Self { output, errors })
    }
}

/// A named pipe that is removed with its last use.
pub struct Fifo(PathBuf);

impl Fifo {
    /// Makes a pipe that only its owner, and root, can open.
    pub fn create(state: &StateDirectory, owner: &Ids) -> io::Result<Self> {
        let path = state.pipe_path()?;
        let name = names::c_string(path.as_os_str().as_bytes())
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        // SAFETY: the path is a C string.
        crate::sys::check(unsafe { libc::mkfifo(name.as_ptr(), 0o600) })?;
        let fifo = Self(path);
        if let Err(error) = lchown(&fifo.0, Some(owner.uid), Some(owner.gid)) {
            // Outside a sandbox an agent without privileges is the owner itself.
            if error.raw_os_error() != Some(libc::EPERM) {
                return Err(error);
            }
        }
        Ok(fifo)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The read end; it shows no end of file before the first writer has come and gone.
    pub fn reader(&self) -> io::Result<OwnedFd> {
        self.open(File::options().read(true))
    }

    /// A write end that is there before, and after, any reader.
    pub fn writer(&self) -> io::Result<OwnedFd> {
        self.open(File::options().read(true).write(true))
    }

    fn open(&self, options: &mut fs::OpenOptions) -> io::Result<OwnedFd> {
        let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
        options.custom_flags(flags).open(&self.0).map(OwnedFd::from)
    }
}

impl Drop for Fifo {
    fn drop(&mut self) {
        // Somebody in the sandbox may have removed it before.
        let _ = fs::remove_file(&self.0);
    }
}

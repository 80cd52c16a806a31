//! The running shell of a session.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};

use super::script::STATUS;
use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::reaper::Child;
use crate::shell;
use crate::sys;

/// A shell that reads what to do from a pipe.
pub struct Shell {
    pub child: Child,
    /// What it reads; does not block. Without it the shell ends after what it is doing.
    pub orders: Option<OwnedFd>,
    /// What it reports; does not block.
    pub status: OwnedFd,
    pub heard: Vec<u8>,
    /// It can report no more: it has become another program by `exec`, or is ending.
    pub silent: bool,
    /// How it names its built-in commands.
    pub keyword: &'static str,
}

impl Shell {
    pub fn start(prepared: &Prepared) -> Outcome<Self> {
        let failed = |error| Failure::of("start the session's shell", &error);
        let (stdin, orders) = sys::pipe().map_err(failed)?;
        let (status, reports) = sys::pipe().map_err(failed)?;
        for fd in [&orders, &status] {
            sys::set_nonblocking(fd.as_fd()).map_err(failed)?;
        }
        let null = || {
            File::options()
                .write(true)
                .open("/dev/null")
                .map(OwnedFd::from)
        };
        let (stdout, stderr) = (null().map_err(failed)?, null().map_err(failed)?);
        let fds = vec![(stdin, 0), (stdout, 1), (stderr, 2), (reports, STATUS)];
        let child = prepared.start(fds, false)?;
        let program = prepared.argv.first().map_or("sh", String::as_str);
        let keyword = if shell::has_builtin(program) {
            "builtin"
        } else {
            "command"
        };
        let heard = Vec::new();
        Ok(Self {
            child,
            orders: Some(orders),
            status,
            heard,
            silent: false,
            keyword,
        })
    }
}

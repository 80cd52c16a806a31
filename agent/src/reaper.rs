//! Collects every ended child and tells whoever watches it.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Mutex, OnceLock};

use crate::sys::{self, Signal, lock};

/// How a process ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Exit status, or 128 + signal.
    pub code: i32,
    /// 0 when it ended by itself.
    pub signal: i32,
}

impl Ended {
    fn of(status: i32) -> Self {
        if libc::WIFSIGNALED(status) {
            let signal = libc::WTERMSIG(status);
            let code = 128 + signal;
            return Self { code, signal };
        }
        let code = libc::WEXITSTATUS(status);
        Self { code, signal: 0 }
    }
}

/// A child of this process.
#[derive(Clone)]
pub struct Child {
    pid: i32,
    fate: Arc<Fate>,
}

struct Fate {
    ended: OnceLock<Ended>,
    signal: Signal,
}

/// The children that run. `starting` counts those whose pid is not known to their maker yet; an
/// unknown pid that ends meanwhile may be one of them and waits in `unclaimed`.
struct Table {
    watched: BTreeMap<i32, Arc<Fate>>,
    unclaimed: BTreeMap<i32, Ended>,
    starting: usize,
}

static TABLE: Mutex<Table> = Mutex::new(Table {
    watched: BTreeMap::new(),
    unclaimed: BTreeMap::new(),
    starting: 0,
});

impl Child {
    /// Starts a child by `start`, which returns its pid, and watches it.
    pub fn start(start: impl FnOnce() -> io::Result<i32>) -> io::Result<Self> {
        let fate = Arc::new(Fate {
            ended: OnceLock::new(),
            signal: Signal::new()?,
        });
        lock(&TABLE).starting += 1;
        let started = start();
        let mut table = lock(&TABLE);
        table.starting -= 1;
        if let Ok(pid) = started {
            match table.unclaimed.remove(&pid) {
                Some(ended) => fate.end(ended),
                None => drop(table.watched.insert(pid, Arc::clone(&fate))),
            }
        }
        if table.starting == 0 {
            table.unclaimed.clear();
        }
        started.map(|pid| Self { pid, fate })
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    pub fn ended(&self) -> Option<Ended> {
        self.fate.ended.get().copied()
    }

    /// Becomes readable when the child has ended, and stays so.
    pub fn end_signal(&self) -> BorrowedFd<'_> {
        self.fate.signal.as_fd()
    }

    /// Sends a signal to the child or to its whole process group; fails with `ESRCH` after its end,
    /// when the number may belong to another process.
    pub fn signal(&self, signal: i32, group: bool) -> io::Result<()> {
        let _table = lock(&TABLE);
        if self.ended().is_some() {
            return Err(io::Error::from_raw_os_error(libc::ESRCH));
        }
        let target = if group { -self.pid } else { self.pid };
        // SAFETY: plain kill; the pid is not reaped while the table is locked.
        sys::check(unsafe { libc::kill(target, signal) }).map(drop)
    }
}

impl Fate {
    fn end(&self, ended: Ended) {
        let _ = self.ended.set(ended);
        self.signal.raise();
    }
}

/// Collects all children that have ended. Tells whether any child is left.
pub fn reap() -> bool {
    loop {
        let mut table = lock(&TABLE);
        let mut status = 0;
        // SAFETY: stores one int at the pointer.
        let pid = unsafe { libc::waitpid(-1, &mut status, libc::WNOHANG) };
        if pid <= 0 {
            return pid == 0;
        }
        let ended = Ended::of(status);
        if let Some(fate) = table.watched.remove(&pid) {
            fate.end(ended);
        } else if table.starting > 0 {
            table.unclaimed.insert(pid, ended);
        }
    }
}

/// The pids of the watched children that run.
pub fn running() -> Vec<i32> {
    lock(&TABLE).watched.keys().copied().collect()
}

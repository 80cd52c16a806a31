//! Ends processes together with everything they started.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

use crate::reaper::Child;
use crate::sys::{self, PollSet};

/// Rounds of SIGKILL before a tree that keeps growing is given up.
const ROUNDS: usize = 20;
/// How long one round waits for the killed to be gone.
const ROUND: Duration = Duration::from_millis(500);

/// How processes are asked to end.
pub struct Request {
    /// Sent in this order.
    pub signals: &'static [i32],
    /// Sent to those that still run, again and again.
    pub reminder: Option<i32>,
}

/// Time between two reminders.
pub const REMINDER: Duration = Duration::from_millis(300);

const LONGEST_GRACE: Duration = Duration::from_secs(3600);

/// Asks processes to end. Once: many take a second SIGTERM as "at once".
pub const TERMINATE: Request = Request {
    signals: &[libc::SIGTERM, libc::SIGCONT],
    reminder: None,
};

/// Asks processes on a terminal to end, whose shells ignore SIGTERM. With reminders: a SIGHUP
/// between two commands is noted by bash, but acted on with the next signal or line only.
pub const HANG_UP: Request = Request {
    signals: &[libc::SIGHUP, libc::SIGTERM, libc::SIGCONT],
    reminder: Some(libc::SIGHUP),
};

/// Sends `request` to the children, their sessions and their descendants, waits for at most the
/// grace period, and then kills what is left. Blocks until they are gone.
pub fn end(roots: &[Child], request: &Request, grace: Duration) {
    ask(roots, request, grace.min(LONGEST_GRACE));
    for _ in 0..ROUNDS {
        let left = members(roots);
        if left.is_empty() {
            return;
        }
        wait(signal(&left, &[libc::SIGKILL]), Instant::now() + ROUND);
    }
}

fn ask(roots: &[Child], request: &Request, grace: Duration) {
    let deadline = Instant::now() + grace;
    let mut signals = request.signals;
    while Instant::now() < deadline {
        let asked = members(roots);
        if asked.is_empty() {
            return;
        }
        let alive = signal(&asked, signals);
        let Some(reminder) = &request.reminder else {
            return wait(alive, deadline);
        };
        wait(alive, deadline.min(Instant::now() + REMINDER));
        signals = std::slice::from_ref(reminder);
    }
}

/// One line of the process table.
struct Row {
    pid: i32,
    parent: i32,
    session: i32,
}

/// The members of the children's sessions, and all descendants of these.
fn members(roots: &[Child]) -> BTreeSet<i32> {
    let rows = table();
    let mut found = BTreeSet::new();
    for root in roots {
        let pid = root.pid();
        let reused = root.ended().is_some() && rows.iter().any(|row| row.pid == pid);
        if !reused {
            found.extend(
                rows.iter()
                    .filter(|row| row.session == pid)
                    .map(|row| row.pid),
            );
        }
    }
    loop {
        let before = found.len();
        let young = rows.iter().filter(|row| found.contains(&row.parent));
        let young: Vec<_> = young.map(|row| row.pid).collect();
        found.extend(young);
        if found.len() == before {
            return found;
        }
    }
}

fn table() -> Vec<Row> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(row).collect()
}

fn row(pid: i32) -> Option<Row> {
    let stat = fs::read(format!("/proc/{pid}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    // The name in parentheses may hold anything; what follows the last one does not.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    // The dead wait for their parent and cannot be killed again.
    let alive = !matches!(fields.next()?, "Z" | "X");
    let parent = fields.next()?.parse().ok()?;
    let session = fields.nth(1)?.parse().ok()?;
    alive.then_some(Row {
        pid,
        parent,
        session,
    })
}

/// Signals processes and returns handles to wait for their end.
fn signal(pids: &BTreeSet<i32>, signals: &[i32]) -> Vec<OwnedFd> {
    let own = std::process::id() as i32;
    let others = pids.iter().filter(|pid| **pid != own && **pid > 1);
    others
        .filter_map(|pid| signal_one(*pid, signals).ok())
        .collect()
}

fn signal_one(pid: i32, signals: &[i32]) -> io::Result<OwnedFd> {
    // SAFETY: returns a new descriptor or fails.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) } as i32;
    // SAFETY: the descriptor is new.
    let handle = sys::check(fd).map(|fd| unsafe { OwnedFd::from_raw_fd(fd) });
    for signal in signals {
        let none = std::ptr::null::<libc::siginfo_t>();
        // SAFETY: system calls without memory of ours. Without handles the bare number must do.
        unsafe {
            match &handle {
                Ok(handle) => {
                    let fd = handle.as_raw_fd();
                    libc::syscall(libc::SYS_pidfd_send_signal, fd, *signal, none, 0);
                }
                Err(_) => drop(libc::kill(pid, *signal)),
            }
        }
    }
    handle
}

fn wait(mut alive: Vec<OwnedFd>, deadline: Instant) {
    let mut set = PollSet::default();
    while !alive.is_empty() {
        set.clear();
        let slots: Vec<_> = alive
            .iter()
            .map(|fd| set.add(fd.as_fd(), true, false))
            .collect();
        if !matches!(set.wait(Some(deadline)), Ok(true)) {
            return;
        }
        let mut slots = slots.into_iter();
        alive.retain(|_| !slots.next().is_some_and(|slot| set.readable(slot)));
    }
}

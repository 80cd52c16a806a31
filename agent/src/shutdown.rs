//! Ends the sandbox.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::tree;
use crate::reaper;
use crate::session::Sessions;

/// Grace for SIGTERM to the agent itself.
pub const GRACE: Duration = Duration::from_secs(5);
/// How long the kernel may take to end what was killed.
const LAST: Duration = Duration::from_secs(2);
/// Pause between looks at what is left.
const PAUSE: Duration = Duration::from_millis(5);

static BEGUN: AtomicBool = AtomicBool::new(false);

/// Asks everything to end, kills what has not after the grace period, and exits with 0.
pub fn run(sessions: &Sessions, grace: Duration) -> ! {
    if BEGUN.swap(true, Ordering::SeqCst) {
        // Another thread is at it and will end this one.
        loop {
            thread::park();
        }
    }
    sessions.close();
    ask(&tree::HANG_UP, grace.min(Duration::from_secs(3600)));
    signal_all(libc::SIGKILL);
    wait(Instant::now() + LAST);
    // Without the exit handlers of libraries, which other threads may still use.
    // SAFETY: ends the process.
    unsafe { libc::_exit(0) }
}

fn ask(request: &tree::Request, grace: Duration) {
    let deadline = Instant::now() + grace;
    request.signals.iter().copied().for_each(signal_all);
    while wait(deadline.min(Instant::now() + tree::REMINDER)) && Instant::now() < deadline {
        request.reminder.into_iter().for_each(signal_all);
    }
}

/// Waits until everything has ended; tells whether something has not.
fn wait(deadline: Instant) -> bool {
    while reaper::reap() {
        if Instant::now() >= deadline {
            return true;
        }
        thread::sleep(PAUSE);
    }
    false
}

/// Signals every process of the sandbox. Outside one, where everybody's processes would be meant,
/// only the groups that the agent has started.
fn signal_all(signal: i32) {
    if std::process::id() == 1 {
        // SAFETY: plain kill; PID 1 itself is exempt.
        unsafe { libc::kill(-1, signal) };
        return;
    }
    for pid in reaper::running() {
        // SAFETY: plain kill of a group of the agent's own.
        unsafe { libc::kill(-pid, signal) };
    }
}

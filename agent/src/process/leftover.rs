//! Keeps reading pipes whose command has ended while a background process still holds them.
//!
//! Such a process would be killed by its next line of output if the agent closed the pipe.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use crate::sys::{self, PollSet, Signal, lock};

/// Pipes read at the same time; of more, the eldest is closed.
const MOST: usize = 256;

/// Stack of the thread, in bytes.
const STACK: usize = 64 * 1024;

static ARRIVED: Mutex<Vec<OwnedFd>> = Mutex::new(Vec::new());
static WAKE: OnceLock<Option<Arc<Signal>>> = OnceLock::new();

/// Takes a pipe over, unless nobody can write to it any more.
pub fn adopt(pipe: Option<OwnedFd>) {
    let Some(pipe) = pipe else { return };
    let mut set = PollSet::default();
    let slot = set.add(pipe.as_fd(), false, false);
    if set.wait(Some(std::time::Instant::now())).is_err() || set.hung_up(slot) {
        return;
    }
    if let Some(wake) = WAKE.get_or_init(start) {
        lock(&ARRIVED).push(pipe);
        wake.raise();
    }
}

fn start() -> Option<Arc<Signal>> {
    let signal = Arc::new(Signal::new().ok()?);
    let wake = Arc::clone(&signal);
    let reader = thread::Builder::new()
        .name("leftover".into())
        .stack_size(STACK);
    reader.spawn(move || drain(&wake)).ok()?;
    Some(signal)
}

fn drain(wake: &Signal) {
    let mut pipes: Vec<OwnedFd> = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    let mut set = PollSet::default();
    loop {
        set.clear();
        let slot = set.add(wake.as_fd(), true, false);
        let slots: Vec<_> = pipes
            .iter()
            .map(|p| set.add(p.as_fd(), true, false))
            .collect();
        if set.wait(None).is_err() {
            return;
        }
        let mut slots = slots.into_iter();
        pipes.retain(|pipe| match slots.next() {
            Some(slot) if set.readable(slot) => !matches!(
                sys::read_some(pipe.as_fd(), &mut buffer),
                Ok(Some(0)) | Err(_)
            ),
            _ => true,
        });
        if set.readable(slot) {
            wake.lower();
            pipes.append(&mut lock(&ARRIVED));
            let surplus = pipes.len().saturating_sub(MOST);
            pipes.drain(..surplus);
        }
    }
}

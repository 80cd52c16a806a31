//! A background process on a terminal, and whoever looks at it.

use std::collections::BTreeMap;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::history::History;
use super::{BACKLOG, END_OF_INPUT};
use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::process::input::Input;
use crate::process::recorded::{CHUNK, STACK};
use crate::reaper::{Child, Ended};
use crate::sys::{self, PollSet, Signal, lock};
use crate::wire::TerminalSize;
use crate::wire::error::Code;

/// How long a viewer who is as far behind as one can be may take nothing before he is cut off. What
/// lies between here and him passes a megabyte and more at a time, so one with a slow line takes in
/// leaps.
const PATIENCE: Duration = Duration::from_secs(3);

/// The terminal, its recent output and its viewers.
pub struct Screen {
    start: Mutex<Start>,
    size: Mutex<TerminalSize>,
    input: Mutex<Input>,
    wake: Signal,
    view: Mutex<View>,
    /// A viewer has taken bytes or left.
    progress: Condvar,
}

enum Start {
    Waiting(Box<Prepared>),
    Done(Child, OwnedFd),
    Cancelled,
}

#[derive(Default)]
struct View {
    history: History,
    ended: Option<Ended>,
    viewers: BTreeMap<u64, Viewer>,
    next: u64,
}

struct Viewer {
    place: u64,
    took: Instant,
    signal: Arc<Signal>,
}

/// What a viewer finds.
pub enum Seen {
    Bytes(usize),
    Nothing,
    Ended(Ended),
    CutOff,
}

impl Screen {
    /// A terminal on which nothing runs yet.
    pub fn new(prepared: Prepared, size: &TerminalSize) -> Outcome<Arc<Self>> {
        let failed = |error| Failure::of("open a terminal", &error);
        Ok(Arc::new(Self {
            start: Mutex::new(Start::Waiting(Box::new(prepared))),
            size: Mutex::new(*size),
            input: Mutex::new(Input::awaited()),
            wake: Signal::new().map_err(failed)?,
            view: Mutex::default(),
            progress: Condvar::new(),
        }))
    }

    /// Starts the process unless it was started before.
    pub fn start(self: &Arc<Self>) -> Outcome<()> {
        let mut start = lock(&self.start);
        let prepared = match &*start {
            Start::Waiting(prepared) => prepared,
            Start::Done(..) => return Ok(()),
            Start::Cancelled => return Err(gone()),
        };
        let failed = |error| Failure::of("open a terminal", &error);
        let (child, master) = super::start(prepared, &lock(&self.size))?;
        let writer = master.try_clone().map_err(failed)?;
        let reader = master.try_clone().map_err(failed)?;
        let screen = Arc::clone(self);
        let running = child.clone();
        *start = Start::Done(child.clone(), master);
        let thread = thread::Builder::new()
            .name("terminal".into())
            .stack_size(STACK);
        if let Err(error) = thread.spawn(move || screen.run(&running, reader)) {
            let _ = child.signal(libc::SIGKILL, true);
            return Err(failed(error));
        }
        let mut input = lock(&self.input);
        input.connect(writer);
        input.release();
        self.wake.raise();
        Ok(())
    }

    /// Makes sure that a process that was not started never is.
    pub fn cancel(&self) {
        let mut start = lock(&self.start);
        if matches!(*start, Start::Waiting(_)) {
            *start = Start::Cancelled;
        }
    }

    pub fn child(&self) -> Option<Child> {
        match &*lock(&self.start) {
            Start::Done(child, _) => Some(child.clone()),
            _ => None,
        }
    }

    pub fn size(&self) -> TerminalSize {
        *lock(&self.size)
    }

    /// Bytes that the terminal ever showed.
    pub fn length(&self) -> u64 {
        lock(&self.view).history.end()
    }

    pub fn resize(&self, size: &TerminalSize) -> Outcome<()> {
        if let Start::Done(_, master) = &*lock(&self.start) {
            super::resize(master.as_fd(), size)
                .map_err(|error| Failure::of("resize the terminal", &error))?;
        }
        *lock(&self.size) = *size;
        Ok(())
    }

    pub fn write(&self, bytes: &[u8], end: bool) -> Outcome<()> {
        if lock(&self.view).ended.is_some() {
            return Err(gone());
        }
        let mut input = lock(&self.input);
        input.push(bytes)?;
        if end {
            input.push(&[END_OF_INPUT])?;
        }
        self.wake.raise();
        Ok(())
    }

    /// Adds a viewer who begins that many bytes before the end. His number; `signal` is raised when
    /// there is something for him.
    pub fn enter(&self, from_history: u32, signal: &Arc<Signal>) -> u64 {
        let mut view = lock(&self.view);
        let wanted = view.history.end().saturating_sub(from_history.into());
        let viewer = Viewer {
            place: wanted.max(view.history.recent()),
            took: Instant::now(),
            signal: Arc::clone(signal),
        };
        let number = view.next;
        view.next += 1;
        view.viewers.insert(number, viewer);
        number
    }

    pub fn leave(&self, number: u64) {
        let mut view = lock(&self.view);
        view.viewers.remove(&number);
        view.forget_what_all_have_seen();
        self.progress.notify_all();
    }

    /// False for a viewer who was cut off.
    pub fn admits(&self, number: u64) -> bool {
        lock(&self.view).viewers.contains_key(&number)
    }

    /// Gives a viewer what he has not seen.
    pub fn look(&self, number: u64, buffer: &mut [u8]) -> Seen {
        let mut view = lock(&self.view);
        let View {
            history,
            ended,
            viewers,
            ..
        } = &mut *view;
        let Some(viewer) = viewers.get_mut(&number) else {
            return Seen::CutOff;
        };
        let n = history.read(viewer.place, buffer);
        viewer.place += n as u64;
        viewer.took = Instant::now();
        match (n, *ended) {
            (0, Some(ended)) => Seen::Ended(ended),
            (0, None) => Seen::Nothing,
            (n, _) => {
                view.forget_what_all_have_seen();
                self.progress.notify_all();
                Seen::Bytes(n)
            }
        }
    }

    /// Reads the terminal until its process has ended.
    fn run(&self, child: &Child, master: OwnedFd) {
        let mut buffer = vec![0; CHUNK];
        let mut set = PollSet::default();
        let mut open = true;
        while child.ended().is_none() {
            set.clear();
            let wake = set.add(self.wake.as_fd(), true, false);
            set.add(child.end_signal(), true, false);
            let blocked = lock(&self.input).blocked().is_some();
            let terminal = open.then(|| set.add(master.as_fd(), true, blocked));
            if set.wait(None).is_err() {
                break;
            }
            if set.readable(wake) {
                self.wake.lower();
            }
            if blocked && terminal.is_some_and(|slot| set.writable(slot)) {
                lock(&self.input).advance();
            }
            if terminal.is_some_and(|slot| set.readable(slot)) {
                open = self.show(&master, &mut buffer).is_some();
            }
        }
        let mut left = BACKLOG;
        while left > 0 {
            match self.show(&master, &mut buffer) {
                None | Some(0) => break,
                Some(n) => left = left.saturating_sub(n),
            }
        }
        self.conclude(child.ended().unwrap_or_default());
    }

    /// Passes one read to the viewers; `None` when the terminal has no user any more.
    fn show(&self, master: &OwnedFd, buffer: &mut [u8]) -> Option<usize> {
        match sys::read_some(master.as_fd(), buffer) {
            Ok(None) => Some(0),
            Ok(Some(0)) | Err(_) => None,
            Ok(Some(n)) => {
                self.publish(buffer.get(..n).unwrap_or_default());
                Some(n)
            }
        }
    }

    fn publish(&self, bytes: &[u8]) {
        let mut view = lock(&self.view);
        while let Some(left) = make_room(&mut view, bytes.len()) {
            let waited = self.progress.wait_timeout(view, left);
            view = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        view.history.push(bytes);
        view.forget_what_all_have_seen();
        view.viewers
            .values()
            .for_each(|viewer| viewer.signal.raise());
    }

    fn conclude(&self, ended: Ended) {
        lock(&self.input).close();
        let mut view = lock(&self.view);
        view.ended = Some(ended);
        view.viewers
            .values()
            .for_each(|viewer| viewer.signal.raise());
    }
}

impl View {
    fn forget_what_all_have_seen(&mut self) {
        let places = self.viewers.values().map(|viewer| viewer.place);
        let seen = places.min().unwrap_or(self.history.end());
        self.history.forget(seen);
    }
}

/// Cuts off viewers who would lose bytes and have not taken any for too long. Returns how long the
/// next of them may still be waited for.
fn make_room(view: &mut View, more: usize) -> Option<Duration> {
    let start = view.history.limit_after(more);
    let mut shortest: Option<Duration> = None;
    view.viewers.retain(|_, viewer| {
        if viewer.place >= start {
            return true;
        }
        let left = PATIENCE.saturating_sub(viewer.took.elapsed());
        if left.is_zero() {
            viewer.signal.raise();
            return false;
        }
        shortest = Some(shortest.map_or(left, |other| other.min(left)));
        true
    });
    shortest
}

fn gone() -> Failure {
    Failure::new(Code::Gone, "The terminal's process has ended.")
}

//! A background process on pipes, whose output a thread of its own records.

use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use super::input::Input;
use super::leftover;
use super::plumbing::{self, Plumbing};
use super::recording::{Recording, Stream};
use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::reaper::Child;
use crate::sys::{self, PollSet, Signal, lock};

/// Stack of a recording thread, in bytes.
pub const STACK: usize = 64 * 1024;
/// Bytes read from a process at once.
pub const CHUNK: usize = 64 * 1024;

/// The process, its output, and the way to its input.
pub struct Recorded {
    pub child: Child,
    pub recording: Arc<Recording>,
    input: Mutex<Input>,
    wake: Signal,
    forgotten: AtomicBool,
}

impl Recorded {
    /// Starts a process. Its input stays open for [`Recorded::write`], except that a shell which
    /// was given its text sees the end after it.
    pub fn start(prepared: &Prepared, recording: Recording) -> Outcome<Arc<Self>> {
        let (child, mut plumbing) = plumbing::start(prepared, None, false)?;
        if !prepared.script.is_empty() {
            plumbing.input.end();
        }
        Self::watch(child, plumbing, recording)
    }

    /// Starts a process that sees the end of its input at once.
    pub fn start_without_input(prepared: &Prepared, path: PathBuf) -> Outcome<Arc<Self>> {
        let (child, plumbing) = plumbing::start_without_input(prepared)?;
        Self::watch(child, plumbing, Recording::new(path))
    }

    fn watch(child: Child, plumbing: Plumbing, recording: Recording) -> Outcome<Arc<Self>> {
        let failed = |error| Failure::of("watch a process", &error);
        let recorded = Arc::new(Self {
            child,
            recording: Arc::new(recording),
            input: Mutex::new(plumbing.input),
            wake: Signal::new().map_err(failed)?,
            forgotten: AtomicBool::new(false),
        });
        let pump = Pump {
            recorded: Arc::clone(&recorded),
            pipes: [
                (Stream::Output, plumbing.output),
                (Stream::Errors, plumbing.errors),
            ],
            buffer: vec![0; CHUNK],
        };
        let thread = thread::Builder::new()
            .name("recorder".into())
            .stack_size(STACK);
        if let Err(error) = thread.spawn(move || pump.run()) {
            let _ = recorded.child.signal(libc::SIGKILL, true);
            return Err(failed(error));
        }
        Ok(recorded)
    }

    pub fn length(&self) -> u64 {
        self.recording.progress().length
    }

    pub fn write(&self, bytes: &[u8], end: bool) -> Outcome<()> {
        let mut input = lock(&self.input);
        if !bytes.is_empty() {
            input.push(bytes)?;
        }
        if end {
            input.end();
        }
        self.wake.raise();
        Ok(())
    }

    /// Drops the output; what still runs is not recorded any more.
    pub fn forget(&self) {
        self.forgotten.store(true, Ordering::Relaxed);
        self.wake.raise();
        self.recording.forget();
    }
}

struct Pump {
    recorded: Arc<Recorded>,
    pipes: [(Stream, Option<OwnedFd>); 2],
    buffer: Vec<u8>,
}

impl Pump {
    /// Records until the process has ended and nobody holds its pipes any more.
    fn run(mut self) {
        let mut set = PollSet::default();
        let mut ended = false;
        while !ended || self.pipes.iter().any(|(_, pipe)| pipe.is_some()) {
            if self.recorded.forgotten.load(Ordering::Relaxed) && ended {
                break;
            }
            if self.turn(&mut set, ended).is_err() {
                break;
            }
            if !ended && self.recorded.recording.is_lost() {
                // Whoever talks to it would wait for ever.
                let _ = self.recorded.child.signal(libc::SIGKILL, true);
            }
            let fate = self.recorded.child.ended().filter(|_| !ended);
            if let Some(fate) = fate {
                self.drain();
                self.recorded.recording.end(fate);
                lock(&self.recorded.input).close();
                ended = true;
            }
        }
        self.recorded.recording.close();
        for (_, pipe) in self.pipes {
            leftover::adopt(pipe);
        }
    }

    fn turn(&mut self, set: &mut PollSet, ended: bool) -> std::io::Result<()> {
        set.clear();
        let recorded = Arc::clone(&self.recorded);
        let wake = set.add(recorded.wake.as_fd(), true, false);
        if !ended {
            set.add(recorded.child.end_signal(), true, false);
        }
        let slots = self.pipes.each_ref().map(|(_, pipe)| {
            let pipe = pipe.as_ref()?;
            Some(set.add(pipe.as_fd(), true, false))
        });
        // A copy, so that the lock is free while this thread waits.
        let blocked = lock(&recorded.input)
            .blocked()
            .map(|fd| fd.try_clone_to_owned());
        let blocked = blocked.transpose()?;
        let input = blocked.as_ref().map(|fd| set.add(fd.as_fd(), false, true));
        set.wait(None)?;
        if set.readable(wake) {
            recorded.wake.lower();
        }
        if input.is_some_and(|slot| set.writable(slot)) {
            lock(&recorded.input).advance();
        }
        for ((stream, pipe), slot) in self.pipes.iter_mut().zip(slots) {
            if slot.is_some_and(|slot| set.readable(slot)) {
                record(&recorded.recording, *stream, pipe, &mut self.buffer);
            }
        }
        Ok(())
    }

    fn drain(&mut self) {
        for (stream, pipe) in &mut self.pipes {
            drain(&self.recorded.recording, *stream, pipe, &mut self.buffer);
        }
    }
}

/// Records one read; a pipe that ended becomes `None`. Returns the bytes recorded.
pub fn record(
    recording: &Recording,
    stream: Stream,
    pipe: &mut Option<OwnedFd>,
    buffer: &mut [u8],
) -> usize {
    let Some(open) = pipe else { return 0 };
    match sys::read_some(open.as_fd(), buffer) {
        Ok(None) => 0,
        Ok(Some(0)) | Err(_) => {
            *pipe = None;
            0
        }
        Ok(Some(n)) => {
            recording.append(stream, buffer.get(..n).unwrap_or_default());
            n
        }
    }
}

/// Records what is in a pipe at this moment.
pub fn drain(recording: &Recording, stream: Stream, pipe: &mut Option<OwnedFd>, buffer: &mut [u8]) {
    let mut left = pipe.as_ref().map_or(0, |pipe| sys::available(pipe.as_fd()));
    while left > 0 {
        match record(recording, stream, pipe, buffer) {
            0 => return,
            n => left = left.saturating_sub(n),
        }
    }
}

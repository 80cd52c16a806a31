//! The thread of a session: gives its shell one command after the other and records their output.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::thread;

use super::pipes::{Fifo, Pipes};
use super::script::{self, Report, Streams};
use super::shell::Shell;
use super::trail::Trail;
use super::{Run, Session, State};
use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::process::recorded::{CHUNK, STACK};
use crate::process::recording::Stream;
use crate::reaper::Ended;
use crate::state::StateDirectory;
use crate::sys::{self, PollSet, Slot, lock};

/// Ended commands whose background processes are still listened to.
const TRAILS: usize = 64;
/// The status of a command that no shell could be found for.
const NO_SHELL: i32 = 126;

/// Starts the shell and the thread.
pub fn start(
    session: &Arc<Session>,
    prepared: Prepared,
    state: Arc<StateDirectory>,
) -> Outcome<()> {
    let shell = Shell::start(&prepared)?;
    let child = shell.child.clone();
    session.remember(&child);
    let runner = Runner {
        session: Arc::clone(session),
        prepared,
        state,
        shell: Some(shell),
        current: None,
        trails: VecDeque::new(),
        free: Vec::new(),
        buffer: vec![0; CHUNK],
    };
    let thread = thread::Builder::new()
        .name("session".into())
        .stack_size(STACK);
    if let Err(error) = thread.spawn(move || runner.run()) {
        let _ = child.signal(libc::SIGKILL, true);
        return Err(Failure::of("create the session", &error));
    }
    Ok(())
}

struct Runner {
    session: Arc<Session>,
    prepared: Prepared,
    state: Arc<StateDirectory>,
    shell: Option<Shell>,
    current: Option<Current>,
    trails: VecDeque<Trail>,
    free: Vec<Pipes>,
    buffer: Vec<u8>,
}

/// The command that runs.
struct Current {
    trail: Trail,
    /// Removed when the command ends.
    _input: Option<Fifo>,
    orders: Vec<u8>,
    given: usize,
    begun: bool,
}

/// Where a poll found what of the shell.
struct ShellSlots {
    end: Slot,
    status: Option<Slot>,
    orders: Option<Slot>,
}

impl Runner {
    fn run(mut self) {
        let mut set = PollSet::default();
        loop {
            let (closing, deleted) = {
                let state = lock(&self.session.state);
                (state.closing, state.deleted)
            };
            if deleted {
                return self.leave();
            }
            if closing {
                // A shell that was told to end while it began to wait for orders would go on waiting.
                self.shell.iter_mut().for_each(|shell| shell.orders = None);
            } else if self.current.is_none() {
                self.begin_next();
            }
            if let Err(error) = self.turn(&mut set) {
                sys::note(&format!("session: {error}"));
                return self.leave();
            }
        }
    }

    /// Waits for something to happen and deals with it.
    fn turn(&mut self, set: &mut PollSet) -> io::Result<()> {
        set.clear();
        let session = Arc::clone(&self.session);
        let wake = set.add(session.wake.as_fd(), true, false);
        let shell = self.register_shell(set);
        let blocked = self.blocked_input()?;
        let input = blocked.as_ref().map(|fd| set.add(fd.as_fd(), false, true));
        let output = self
            .current
            .as_ref()
            .map(|current| current.trail.register(set));
        let trails: Vec<_> = self
            .trails
            .iter()
            .map(|trail| trail.register(set))
            .collect();
        set.wait(None)?;

        if set.readable(wake) {
            session.wake.lower();
        }
        for (trail, slots) in self.trails.iter_mut().zip(trails) {
            trail.record(set, slots, &mut self.buffer);
        }
        if let (Some(current), Some(slots)) = (&mut self.current, output) {
            current.trail.record(set, slots, &mut self.buffer);
            if input.is_some_and(|slot| set.writable(slot)) {
                lock(&current.trail.run.input).advance();
            }
        }
        if let Some(slots) = shell {
            self.attend_shell(set, &slots);
        }
        self.tidy();
        Ok(())
    }

    fn register_shell(&self, set: &mut PollSet) -> Option<ShellSlots> {
        let shell = self.shell.as_ref()?;
        let waiting = self
            .current
            .as_ref()
            .is_some_and(|c| c.given < c.orders.len());
        Some(ShellSlots {
            end: set.add(shell.child.end_signal(), true, false),
            status: (!shell.silent).then(|| set.add(shell.status.as_fd(), true, false)),
            orders: (shell.orders.as_ref())
                .filter(|_| waiting)
                .map(|orders| set.add(orders.as_fd(), false, true)),
        })
    }

    /// The pipe that the command's input waits for; a copy, so that the lock is free meanwhile.
    fn blocked_input(&self) -> io::Result<Option<OwnedFd>> {
        let Some(current) = &self.current else {
            return Ok(None);
        };
        let input = lock(&current.trail.run.input);
        input
            .blocked()
            .map(|fd| fd.try_clone_to_owned())
            .transpose()
    }

    fn attend_shell(&mut self, set: &PollSet, slots: &ShellSlots) {
        if slots.orders.is_some_and(|slot| set.writable(slot)) {
            self.give_orders();
        }
        let ended = set.readable(slots.end);
        // The report of a command that ended precedes the end of a shell.
        if ended || slots.status.is_some_and(|slot| set.readable(slot)) {
            self.listen();
        }
        if ended {
            self.bury_shell();
        }
    }

    fn begin_next(&mut self) {
        let Some(run) = lock(&self.session.state).queue.pop_front() else {
            return;
        };
        if let Err(failure) = self.begin(&run) {
            run.recording
                .append(Stream::Errors, format!("{}\n", failure.message).as_bytes());
            end(&run, NO_SHELL);
            // The next one in the queue is looked at without waiting.
            self.session.wake.raise();
        }
    }

    fn begin(&mut self, run: &Arc<Run>) -> Outcome<()> {
        let failed = |error| Failure::of("run the command", &error);
        let keyword = self.living_shell()?.keyword;
        let owner = &self.prepared.user.ids;
        let pipes = match self.free.pop() {
            Some(pipes) => pipes,
            None => Pipes::create(&self.state, owner).map_err(failed)?,
        };
        let input = match run.takes_input {
            true => Some(Fifo::create(&self.state, owner).map_err(failed)?),
            false => None,
        };
        let streams = Streams {
            input: input.as_ref().map(Fifo::path),
            output: pipes.output.path(),
            errors: pipes.errors.path(),
        };
        let orders = script::run(keyword, &run.text, &streams);
        if let Some(input) = &input {
            lock(&run.input).connect(input.writer().map_err(failed)?);
        }
        let trail = Trail::open(Arc::clone(run), pipes).map_err(failed)?;
        self.current = Some(Current {
            trail,
            _input: input,
            orders,
            given: 0,
            begun: false,
        });
        self.give_orders();
        Ok(())
    }

    /// The shell, or a fresh one where the last has ended.
    fn living_shell(&mut self) -> Outcome<&Shell> {
        if self
            .shell
            .as_ref()
            .is_some_and(|shell| shell.child.ended().is_some())
        {
            self.shell = None;
        }
        let shell = match self.shell.take() {
            Some(shell) => shell,
            None => {
                let shell = Shell::start(&self.prepared)?;
                if !self.session.remember(&shell.child) {
                    let _ = shell.child.signal(libc::SIGKILL, true);
                }
                shell
            }
        };
        Ok(self.shell.insert(shell))
    }

    fn give_orders(&mut self) {
        let (Some(shell), Some(current)) = (&self.shell, &mut self.current) else {
            return;
        };
        let Some(orders) = &shell.orders else { return };
        while let Some(rest) = current
            .orders
            .get(current.given..)
            .filter(|r| !r.is_empty())
        {
            match sys::write_some(orders.as_fd(), rest) {
                Ok(Some(n)) => current.given += n,
                // The end of a shell that reads no more is seen elsewhere.
                Ok(None) | Err(_) => return,
            }
        }
    }

    fn listen(&mut self) {
        let Some(shell) = &mut self.shell else { return };
        let mut buffer = [0; 512];
        while let Ok(Some(n)) = sys::read_some(shell.status.as_fd(), &mut buffer) {
            if n == 0 {
                shell.silent = true;
                break;
            }
            shell
                .heard
                .extend_from_slice(buffer.get(..n).unwrap_or_default());
            for report in script::reports(&mut shell.heard) {
                match (report, &mut self.current) {
                    (Report::Begun, Some(current)) => {
                        current.begun = true;
                        lock(&current.trail.run.input).release();
                    }
                    (Report::Ended(code), current) => {
                        conclude(current, &mut self.trails, code, &mut self.buffer);
                    }
                    (Report::Begun, None) => {}
                }
            }
        }
    }

    fn bury_shell(&mut self) {
        let Some(shell) = self.shell.take() else {
            return;
        };
        let code = shell.child.ended().unwrap_or_default().code;
        conclude(&mut self.current, &mut self.trails, code, &mut self.buffer);
    }

    /// Takes back pipes that nobody writes to any more.
    fn tidy(&mut self) {
        let (over, open): (VecDeque<_>, VecDeque<_>) = self.trails.drain(..).partition(Trail::over);
        self.trails = open;
        for trail in over {
            trail.run.recording.close();
            if self.free.len() < 4 {
                self.free.push(trail.pipes);
            }
        }
        while self.trails.len() > TRAILS {
            if let Some(trail) = self.trails.pop_front() {
                trail.abandon();
            }
        }
    }

    /// The session is deleted: what has not ended has now.
    fn leave(mut self) {
        conclude(
            &mut self.current,
            &mut self.trails,
            128 + libc::SIGKILL,
            &mut self.buffer,
        );
        let state = {
            let mut state = lock(&self.session.state);
            let deleted = State {
                closing: true,
                deleted: true,
                ..State::default()
            };
            std::mem::replace(&mut *state, deleted)
        };
        for run in state.queue {
            end(&run, 128 + libc::SIGKILL);
        }
        for trail in self.trails {
            trail.abandon();
        }
        for run in state.runs {
            run.recording.forget();
        }
    }
}

/// Records what the command has written and ends it.
fn conclude(
    current: &mut Option<Current>,
    trails: &mut VecDeque<Trail>,
    code: i32,
    buffer: &mut [u8],
) {
    let Some(Current {
        mut trail, begun, ..
    }) = current.take()
    else {
        return;
    };
    trail.drain(buffer);
    end(&trail.run, code);
    if begun {
        trails.push_back(trail);
    }
}

fn end(run: &Run, code: i32) {
    lock(&run.input).close();
    let signal = if code > 128 { code - 128 } else { 0 };
    run.recording.end(Ended { code, signal });
}

//! Runs a command in the foreground of a connection.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use prost::Message;

use crate::command::Prepared;
use crate::configuration::Configuration;
use crate::connection::{self, Connection, encode_exit};
use crate::direct;
use crate::failure::Outcome;
use crate::frame::{Frame, Kind};
use crate::process::input::Input;
use crate::process::leftover;
use crate::process::plumbing::{self, Plumbing};
use crate::reaper::{Child, Ended};
use crate::stream::FrameStream;
use crate::sys::{self, PollSet, Slot};
use crate::terminal;
use crate::wire::control::Action;
use crate::wire::response::Result as Reply;
use crate::wire::{Control, Exec, Started};

/// Bytes read from the command at once, at most.
const CHUNK: usize = 64 * 1024;
/// Room for the output of most commands; more is made for those that say more.
const FIRST_CHUNK: usize = 4 * 1024;

/// Starts the command, answers, and passes bytes until it ends, is timed out or is left alone. Gives
/// the connection back where the client had nothing to say.
pub fn serve(
    mut connection: Connection,
    request: Exec,
    configuration: Outcome<&Configuration>,
) -> io::Result<Option<Connection>> {
    match launch(&request, configuration) {
        Err(failure) => {
            connection.reply(Err(failure))?;
            Ok(Some(connection))
        }
        Ok(launched) => {
            let pid = launched.child.pid();
            let run = Run::new(launched, &request);
            let quiet = !request.stdin && run.terminal.is_none();
            let linger = if quiet { LINGER } else { Duration::ZERO };
            let client = run.serve(connection, &started(pid), linger)?;
            Ok(Some(client).filter(|_| quiet))
        }
    }
}

fn started(pid: i32) -> Vec<u8> {
    connection::encode(Ok(Reply::Started(Started { pid })))
}

/// A command that runs.
struct Launched {
    child: Child,
    plumbing: Plumbing,
    /// The shell that was not needed to run it.
    spared: Option<Prepared>,
}

fn launch(request: &Exec, configuration: Outcome<&Configuration>) -> Outcome<Launched> {
    let configuration = configuration?;
    let command = request.command.clone().unwrap_or_default();
    let prepared = Prepared::of(&command, configuration)?;
    if command.terminal.is_none()
        && !request.stdin
        && let Some(direct) = direct::of(&prepared)
        // What cannot be started so is for the shell to make something of, or to complain about.
        && let Ok((child, plumbing)) = plumbing::start(&direct, None, request.merge_output)
    {
        return Ok(Launched {
            child,
            plumbing,
            spared: Some(prepared),
        });
    }
    let terminal = command.terminal.as_ref();
    let (child, plumbing) = plumbing::start(&prepared, terminal, request.merge_output)?;
    Ok(Launched {
        child,
        plumbing,
        spared: None,
    })
}

/// How long the first words about a command may wait for the last.
const LINGER: Duration = Duration::from_millis(3);

/// A command and its connections to the client.
struct Run {
    child: Child,
    /// The shell that was not needed to run it, and would comment on its end.
    spared: Option<Prepared>,
    output: Option<OwnedFd>,
    errors: Option<OwnedFd>,
    merged: bool,
    input: Input,
    terminal: Option<OwnedFd>,
    takes_input: bool,
    deadline: Option<Instant>,
    timed_out: bool,
    buffer: Vec<u8>,
}

/// Where a poll found what.
struct Found {
    client: Slot,
    end: Slot,
    output: Option<Slot>,
    errors: Option<Slot>,
    input: Option<Slot>,
}

impl Run {
    fn new(launched: Launched, request: &Exec) -> Self {
        let plumbing = launched.plumbing;
        let mut input = plumbing.input;
        if !request.stdin && plumbing.terminal.is_none() {
            input.end();
        }
        Self {
            child: launched.child,
            spared: launched.spared,
            output: plumbing.output,
            errors: plumbing.errors,
            merged: request.merge_output,
            input,
            terminal: plumbing.terminal,
            takes_input: request.stdin,
            deadline: sys::deadline(request.timeout_millis),
            timed_out: false,
            buffer: vec![0; FIRST_CHUNK],
        }
    }

    fn serve(
        mut self,
        connection: Connection,
        response: &[u8],
        linger: Duration,
    ) -> io::Result<Connection> {
        let outcome = FrameStream::of(connection).and_then(|mut client| {
            client.queue(Kind::Response, response);
            if self.ends_within(linger)? {
                self.conclude(&mut client)?;
            } else {
                client.flush()?;
                self.relay(&mut client)?;
            }
            client.finish()
        });
        if outcome.is_err() {
            self.kill();
        }
        outcome
    }

    /// Waits a moment for the end: all that there is to say of a short command then goes to the client,
    /// whom each part of it would wake, at once.
    fn ends_within(&self, time: Duration) -> io::Result<bool> {
        if time.is_zero() {
            return Ok(false);
        }
        let mut set = PollSet::default();
        set.add(self.child.end_signal(), true, false);
        set.wait(Some(Instant::now() + time))
    }

    /// Passes bytes until the command has ended and everything it wrote is queued.
    fn relay(&mut self, client: &mut FrameStream) -> io::Result<()> {
        let mut set = PollSet::default();
        loop {
            set.clear();
            let found = self.register(&mut set, client);
            if !set.wait(self.deadline)? {
                self.timed_out = true;
                self.deadline = None;
                self.kill();
                continue;
            }
            if set.writable(found.client) {
                client.flush()?;
            }
            if set.hung_up(found.client) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            if set.readable(found.client) {
                self.receive(client)?;
            }
            if found.input.is_some_and(|slot| set.writable(slot)) {
                self.input.advance();
            }
            if set.readable(found.end) {
                return self.conclude(client);
            }
            if found.output.is_some_and(|slot| set.readable(slot)) {
                pass(&mut self.output, Kind::Stdout, &mut self.buffer, client);
                client.flush()?;
            }
            if found.errors.is_some_and(|slot| set.readable(slot)) {
                pass(&mut self.errors, Kind::Stderr, &mut self.buffer, client);
                client.flush()?;
            }
        }
    }

    fn register(&self, set: &mut PollSet, client: &FrameStream) -> Found {
        let room = !client.pending();
        let readable = |fd: &Option<OwnedFd>, set: &mut PollSet| {
            let fd = fd.as_ref().filter(|_| room)?;
            Some(set.add(fd.as_fd(), true, false))
        };
        let output = readable(&self.output, set);
        let errors = readable(&self.errors, set);
        Found {
            client: set.add(client.as_fd(), self.input.has_room(), client.pending()),
            end: set.add(self.child.end_signal(), true, false),
            output,
            errors,
            input: self.input.blocked().map(|fd| set.add(fd, false, true)),
        }
    }

    fn receive(&mut self, client: &mut FrameStream) -> io::Result<()> {
        while self.input.has_room() {
            let Some(frame) = client.receive()? else {
                break;
            };
            self.handle(frame)?;
        }
        Ok(())
    }

    fn handle(&mut self, frame: Frame) -> io::Result<()> {
        match frame.kind {
            // A command that closed its input, or ended, loses what comes after: as in a pipe.
            Kind::Stdin if self.takes_input => drop(self.input.push(&frame.payload)),
            Kind::End if self.takes_input && self.terminal.is_some() => {
                drop(self.input.push(&[terminal::END_OF_INPUT]));
            }
            Kind::End => self.input.end(),
            Kind::Control => self.control(&frame.payload),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(())
    }

    fn control(&mut self, payload: &[u8]) {
        let Ok(control) = Control::decode(payload) else {
            return;
        };
        match (control.action, &self.terminal) {
            // Fails when the command has just ended, or for a signal that does not exist.
            (Some(Action::Signal(signal)), _) => {
                // It would have ended the shell as well.
                self.spared = None;
                drop(self.child.signal(signal, true));
            }
            (Some(Action::Resize(size)), Some(terminal)) => {
                drop(terminal::resize(terminal.as_fd(), &size));
            }
            _ => {}
        }
    }

    /// Queues what the command had written when it ended, and how it ended.
    fn conclude(&mut self, client: &mut FrameStream) -> io::Result<()> {
        for (fd, kind) in [
            (&mut self.output, Kind::Stdout),
            (&mut self.errors, Kind::Stderr),
        ] {
            let mut left = match &self.terminal {
                Some(_) => terminal::BACKLOG,
                None => fd.as_ref().map_or(0, |fd| sys::available(fd.as_fd())),
            };
            while left > 0 {
                match pass(fd, kind, &mut self.buffer, client) {
                    0 => break,
                    n => left = left.saturating_sub(n),
                }
            }
            if self.terminal.is_none() {
                leftover::adopt(fd.take());
            }
        }
        let ended = self.child.ended().unwrap_or_default();
        if let Some(words) = self.last_words(ended) {
            let kind = if self.merged {
                Kind::Stdout
            } else {
                Kind::Stderr
            };
            client.queue(kind, words.as_bytes());
        }
        client.send(Kind::Exit, &encode_exit(ended, self.timed_out, 0))
    }

    fn last_words(&self, ended: Ended) -> Option<String> {
        let shell = self.spared.as_ref().filter(|_| !self.timed_out)?;
        direct::last_words(shell, self.child.pid(), ended)
    }

    fn kill(&self) {
        // It may have ended in this moment, which is as good.
        let _ = self.child.signal(libc::SIGKILL, true);
    }
}

/// Queues what one read brings; an output that ended becomes `None`. Returns the bytes.
fn pass(
    fd: &mut Option<OwnedFd>,
    kind: Kind,
    buffer: &mut Vec<u8>,
    client: &mut FrameStream,
) -> usize {
    let Some(open) = fd else { return 0 };
    match sys::read_some(open.as_fd(), buffer) {
        Ok(None) => 0,
        // A terminal answers with an error when its last user is gone.
        Ok(Some(0)) | Err(_) => {
            *fd = None;
            0
        }
        Ok(Some(n)) => {
            client.queue(kind, buffer.get(..n).unwrap_or_default());
            if n == buffer.len() && n < CHUNK {
                buffer.resize(CHUNK, 0);
            }
            n
        }
    }
}

//! Lets a client look at a terminal and type.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;

use prost::Message;

use super::END_OF_INPUT;
use super::screen::{Screen, Seen};
use crate::connection::{Connection, encode_exit};
use crate::frame::{Frame, Kind};
use crate::process::Process;
use crate::stream::FrameStream;
use crate::sys::{PollSet, Signal};
use crate::wire::Control;
use crate::wire::control::Action;

/// Bytes shown at once.
const CHUNK: usize = 64 * 1024;

/// Passes bytes both ways until the process ends, the client leaves, or he is too slow.
pub fn serve(
    connection: Connection,
    process: &Process,
    screen: &Arc<Screen>,
    from_history: u32,
) -> io::Result<()> {
    let signal = Arc::new(Signal::new()?);
    let number = screen.enter(from_history, &signal);
    let viewing = Viewing {
        process,
        screen,
        number,
        signal,
    };
    let outcome = FrameStream::of(connection).and_then(|client| viewing.relay(client));
    screen.leave(number);
    outcome
}

struct Viewing<'a> {
    process: &'a Process,
    screen: &'a Arc<Screen>,
    number: u64,
    signal: Arc<Signal>,
}

impl Viewing<'_> {
    fn relay(&self, mut client: FrameStream) -> io::Result<()> {
        match self.pass(&mut client) {
            Ok(()) => client.finish().map(drop),
            // Showing him more may fail before his last input is read; he has typed it.
            Err(left) if has_left(&left) => self.hear(&mut client),
            Err(other) => Err(other),
        }
    }

    /// Ends with the end of the process queued; fails when the client leaves, is too slow or sends
    /// what is no frame.
    fn pass(&self, client: &mut FrameStream) -> io::Result<()> {
        let mut set = PollSet::default();
        let mut buffer = vec![0; CHUNK];
        loop {
            while !client.pending() {
                match self.screen.look(self.number, &mut buffer) {
                    Seen::Bytes(n) => {
                        client.send(Kind::Stdout, buffer.get(..n).unwrap_or_default())?;
                    }
                    Seen::Nothing => break,
                    Seen::CutOff => return Err(io::ErrorKind::TimedOut.into()),
                    Seen::Ended(ended) => {
                        client.queue(Kind::Exit, &encode_exit(ended, false, 0));
                        return Ok(());
                    }
                }
            }
            if client.pending() && !self.screen.admits(self.number) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            set.clear();
            let slot = set.add(client.as_fd(), true, client.pending());
            set.add(self.signal.as_fd(), true, false);
            set.wait(None)?;
            self.signal.lower();
            if set.writable(slot) {
                client.flush()?;
            }
            if set.readable(slot) {
                self.hear(client)?;
            }
        }
    }

    /// Handles what has arrived.
    fn hear(&self, client: &mut FrameStream) -> io::Result<()> {
        while let Some(frame) = client.receive()? {
            self.handle(frame)?;
        }
        Ok(())
    }

    /// What fails here fails because the process is ending, of which the viewer hears anyway.
    fn handle(&self, frame: Frame) -> io::Result<()> {
        match frame.kind {
            Kind::Stdin => drop(self.screen.write(&frame.payload, false)),
            Kind::End => drop(self.screen.write(&[END_OF_INPUT], false)),
            Kind::Control => match Control::decode(frame.payload.as_slice()) {
                Ok(Control {
                    action: Some(Action::Signal(signal)),
                }) => drop(self.process.signal(signal, true)),
                Ok(Control {
                    action: Some(Action::Resize(size)),
                }) => drop(self.screen.resize(&size)),
                _ => {}
            },
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(())
    }
}

fn has_left(failure: &io::Error) -> bool {
    matches!(
        failure.kind(),
        io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset
    )
}

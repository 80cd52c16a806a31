//! The recorded output of a session's command.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;

use super::Run;
use super::pipes::Pipes;
use crate::process::leftover;
use crate::process::recorded::{drain, record};
use crate::process::recording::Stream;
use crate::sys::{PollSet, Slot};

/// The output of a command, which may go on after its end.
pub struct Trail {
    pub run: Arc<Run>,
    pub pipes: Pipes,
    streams: [(Stream, Option<OwnedFd>); 2],
}

impl Trail {
    /// Opens the agent's ends of the pipes.
    pub fn open(run: Arc<Run>, pipes: Pipes) -> io::Result<Self> {
        let streams = [
            (Stream::Output, Some(pipes.output.reader()?)),
            (Stream::Errors, Some(pipes.errors.reader()?)),
        ];
        Ok(Self {
            run,
            pipes,
            streams,
        })
    }

    /// True when nobody can write any more.
    pub fn over(&self) -> bool {
        self.streams.iter().all(|(_, pipe)| pipe.is_none())
    }

    pub fn register(&self, set: &mut PollSet) -> [Option<Slot>; 2] {
        self.streams.each_ref().map(|(_, pipe)| {
            let pipe = pipe.as_ref()?;
            Some(set.add(pipe.as_fd(), true, false))
        })
    }

    pub fn record(&mut self, set: &PollSet, slots: [Option<Slot>; 2], buffer: &mut [u8]) {
        for ((stream, pipe), slot) in self.streams.iter_mut().zip(slots) {
            if slot.is_some_and(|slot| set.readable(slot)) {
                record(&self.run.recording, *stream, pipe, buffer);
            }
        }
    }

    /// Records what is in the pipes at this moment.
    pub fn drain(&mut self, buffer: &mut [u8]) {
        for (stream, pipe) in &mut self.streams {
            drain(&self.run.recording, *stream, pipe, buffer);
        }
    }

    /// Stops recording, without harm to background processes that still write.
    pub fn abandon(self) {
        for (_, pipe) in self.streams {
            leftover::adopt(pipe);
        }
        self.run.recording.close();
    }
}

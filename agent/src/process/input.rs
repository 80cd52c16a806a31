//! Standard input of a process, fed without waiting for it.

use std::collections::VecDeque;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::sys;
use crate::wire::error::Code;

/// Bytes on their way to a process, and whether more will come.
#[derive(Default)]
pub struct Input {
    pipe: Option<OwnedFd>,
    pending: VecDeque<u8>,
    ending: bool,
    held: bool,
    awaited: bool,
}

impl Input {
    /// Feeds a pipe whose write end does not block.
    pub fn to(pipe: OwnedFd) -> Self {
        Self {
            pipe: Some(pipe),
            ..Self::default()
        }
    }

    /// Collects bytes for a pipe that [`Input::connect`] will bring.
    pub fn awaited() -> Self {
        Self {
            awaited: true,
            ..Self::default()
        }
    }

    /// Brings the awaited pipe. It is not closed before [`Input::release`], however early the end
    /// of input came.
    pub fn connect(&mut self, pipe: OwnedFd) {
        self.awaited = false;
        self.held = true;
        self.pipe = Some(pipe);
        self.advance();
    }

    /// Takes bytes and writes what the process takes at once.
    pub fn push(&mut self, bytes: &[u8]) -> Outcome<()> {
        if self.ending || !(self.awaited || self.pipe.is_some()) {
            return Err(Failure::new(Code::Gone, "Standard input is closed."));
        }
        if self.pending.len() + bytes.len() > limits::PENDING_INPUT {
            return Err(Failure::exhausted("The process does not read its input."));
        }
        self.pending.extend(bytes);
        self.advance();
        Ok(())
    }

    /// Closes the pipe after what is pending.
    pub fn end(&mut self) {
        self.ending = true;
        self.advance();
    }

    /// Allows the connected pipe to be closed.
    pub fn release(&mut self) {
        self.held = false;
        self.advance();
    }

    /// Drops everything: the process is gone.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Room for more bytes.
    pub fn has_room(&self) -> bool {
        self.pending.len() < limits::FRAME_PAYLOAD
    }

    /// The pipe to wait for until it can be written.
    pub fn blocked(&self) -> Option<BorrowedFd<'_>> {
        let pipe = self.pipe.as_ref()?;
        (!self.pending.is_empty()).then(|| pipe.as_fd())
    }

    /// Writes what the process takes now.
    pub fn advance(&mut self) {
        let Some(pipe) = &self.pipe else { return };
        while !self.pending.is_empty() {
            match sys::write_some(pipe.as_fd(), self.pending.as_slices().0) {
                Ok(Some(n)) => drop(self.pending.drain(..n)),
                Ok(None) => return,
                // Nobody reads any more.
                Err(_) => return self.close(),
            }
        }
        if self.ending && !self.held {
            self.close();
        }
    }
}

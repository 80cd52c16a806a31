//! A connection inside a poll loop: nothing here waits.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use crate::connection::Connection;
use crate::frame::{self, Decoder, Frame, Kind};
use crate::sys::PollSet;

/// Frames in both directions, with a buffer of what the client did not take yet.
pub struct FrameStream {
    stream: UnixStream,
    decoder: Decoder,
    out: Vec<u8>,
    sent: usize,
}

impl FrameStream {
    pub fn of(connection: Connection) -> io::Result<Self> {
        connection.stream.set_nonblocking(true)?;
        Ok(Self {
            stream: connection.stream,
            decoder: connection.decoder,
            out: Vec::new(),
            sent: 0,
        })
    }

    /// True while bytes wait for the client. Whoever produces more should wait too.
    pub fn pending(&self) -> bool {
        self.sent < self.out.len()
    }

    /// Adds a frame and sends what can be sent.
    pub fn send(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        self.queue(kind, payload);
        self.flush()
    }

    /// Adds a frame to what will be sent.
    pub fn queue(&mut self, kind: Kind, payload: &[u8]) {
        frame::append(&mut self.out, kind, payload);
    }

    /// Sends what can be sent.
    pub fn flush(&mut self) -> io::Result<()> {
        while let Some(rest) = self.out.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match self.stream.write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => self.sent += n,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.out.clear();
        self.sent = 0;
        Ok(())
    }

    /// Waits until everything is sent, and gives the connection back.
    pub fn finish(mut self) -> io::Result<Connection> {
        let mut set = PollSet::default();
        while self.pending() {
            set.clear();
            set.add(self.stream.as_fd(), false, true);
            set.wait(None)?;
            self.flush()?;
        }
        self.stream.set_nonblocking(false)?;
        Ok(Connection {
            stream: self.stream,
            decoder: self.decoder,
        })
    }

    /// The next frame that has arrived whole, if any; `UnexpectedEof` when the client is gone.
    pub fn receive(&mut self) -> io::Result<Option<Frame>> {
        loop {
            match self.decoder.read(&mut self.stream) {
                Ok(Some(frame)) => return Ok(Some(frame)),
                Ok(None) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl AsFd for FrameStream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

//! One client's connection, with waiting reads and writes.

use std::io::{self, IoSlice, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use prost::Message;

use crate::failure::{Failure, Outcome};
use crate::frame::{Decoder, Frame, Header, Kind};
use crate::limits;
use crate::reaper::Ended;
use crate::wire::response::Result as Reply;
use crate::wire::{Error, Exit, Ok as Done, Request, Response};

/// How long the first frame may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection on which the client has sent, or will send, its one request.
pub struct Connection {
    pub stream: UnixStream,
    pub decoder: Decoder,
}

impl Connection {
    pub fn new(stream: UnixStream) -> Self {
        let decoder = Decoder::default();
        Self { stream, decoder }
    }

    /// Waits for the first frame.
    pub fn request(&mut self) -> io::Result<Request> {
        self.stream.set_read_timeout(Some(PATIENCE))?;
        let frame = self.receive()?;
        self.stream.set_read_timeout(None)?;
        decoded(&frame)
    }

    /// Waits, for hours if need be, for another request. What the client had still to say to the
    /// operation before is dropped.
    pub fn next_request(&mut self) -> io::Result<Request> {
        loop {
            let frame = self.receive()?;
            if !matches!(frame.kind, Kind::Stdin | Kind::End | Kind::Control) {
                return decoded(&frame);
            }
        }
    }

    /// Waits for the next frame.
    pub fn receive(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = self.decoder.read(&mut self.stream)? {
                return Ok(frame);
            }
        }
    }

    /// Sends a frame of at most the limit's length.
    pub fn send(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        if payload.len() > limits::FRAME_PAYLOAD {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too long"));
        }
        let length = payload.len();
        let header = Header { kind, length }.encode();
        let mut parts = [IoSlice::new(&header), IoSlice::new(payload)];
        let mut rest = parts.as_mut_slice();
        while !rest.is_empty() {
            match self.stream.write_vectored(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => IoSlice::advance_slices(&mut rest, n),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Sends the answer. One that outgrows a frame becomes an error.
    pub fn reply(&mut self, outcome: Outcome<Reply>) -> io::Result<()> {
        let mut payload = encode(outcome);
        if payload.len() > limits::FRAME_PAYLOAD {
            payload = encode(Err(Failure::exhausted(
                "The answer is too long for a frame.",
            )));
        }
        self.send(Kind::Response, &payload)
    }

    /// Sends an answer without content.
    pub fn reply_ok(&mut self) -> io::Result<()> {
        self.reply(Ok(Reply::Ok(Done {})))
    }
}

fn decoded(frame: &Frame) -> io::Result<Request> {
    if frame.kind != Kind::Request {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no request"));
    }
    Request::decode(frame.payload.as_slice())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

impl AsFd for Connection {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

/// The payload of a RESPONSE frame.
pub fn encode(outcome: Outcome<Reply>) -> Vec<u8> {
    let result = outcome.unwrap_or_else(|failure| {
        Reply::Error(Error {
            code: failure.code.into(),
            message: failure.message,
        })
    });
    Response {
        result: Some(result),
    }
    .encode_to_vec()
}

/// The payload of an EXIT frame for a process that ended.
pub fn encode_exit(ended: Ended, timed_out: bool, next_offset: u64) -> Vec<u8> {
    Exit {
        code: ended.code,
        signal: ended.signal,
        timed_out,
        still_running: false,
        next_offset,
    }
    .encode_to_vec()
}

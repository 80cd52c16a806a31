//! Frames: one byte of kind, four of length, and the payload.

use std::io::{self, Read};

use crate::limits::{FRAME_PAYLOAD, STREAM_CHUNK};

/// Bytes of a frame before its payload.
pub const HEADER: usize = 5;

/// What a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The operation that the client asks for.
    Request = 1,
    /// The agent's one answer to it.
    Response = 2,
    /// Standard input.
    Stdin = 3,
    /// Standard output, or a terminal's.
    Stdout = 4,
    /// Standard error.
    Stderr = 5,
    /// Bytes of a file or of a dialled connection.
    Data = 6,
    /// The sender's direction is complete.
    End = 7,
    /// A signal or a new size for a running command.
    Control = 8,
    /// How a process ended.
    Exit = 9,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            1 => Self::Request,
            2 => Self::Response,
            3 => Self::Stdin,
            4 => Self::Stdout,
            5 => Self::Stderr,
            6 => Self::Data,
            7 => Self::End,
            8 => Self::Control,
            9 => Self::Exit,
            _ => return None,
        })
    }
}

/// A header that keeps the protocol's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What follows.
    pub kind: Kind,
    /// Bytes that follow, at most [`FRAME_PAYLOAD`].
    pub length: usize,
}

impl Header {
    /// Reads a header; fails with `InvalidData` on an unknown kind or a length beyond the limit.
    pub fn decode(bytes: [u8; HEADER]) -> io::Result<Self> {
        let [kind, length @ ..] = bytes;
        let kind = Kind::of(kind).ok_or_else(|| invalid("unknown kind of frame"))?;
        let length = u32::from_be_bytes(length) as usize;
        if length > FRAME_PAYLOAD {
            return Err(invalid("frame too long"));
        }
        Ok(Self { kind, length })
    }

    /// The bytes on the wire.
    pub fn encode(self) -> [u8; HEADER] {
        let [a, b, c, d] = (self.length as u32).to_be_bytes();
        [self.kind as u8, a, b, c, d]
    }
}

/// A whole frame.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    /// What the payload is.
    pub kind: Kind,
    /// At most [`FRAME_PAYLOAD`] bytes.
    pub payload: Vec<u8>,
}

/// Appends a frame to `out`.
pub fn append(out: &mut Vec<u8>, kind: Kind, payload: &[u8]) {
    let length = payload.len();
    out.reserve(HEADER + length);
    out.extend_from_slice(&Header { kind, length }.encode());
    out.extend_from_slice(payload);
}

/// Puts frames together from a stream that arrives in pieces.
#[derive(Default)]
pub struct Decoder {
    header: [u8; HEADER],
    have: usize,
    open: Option<Header>,
    /// The payload that is arriving in its first `filled` bytes; longer than that only by what the
    /// next read may bring.
    payload: Vec<u8>,
    filled: usize,
}

impl Decoder {
    /// Takes at most one read from `source` and gives the frame that it completes, if any.
    ///
    /// Fails with `UnexpectedEof` when the stream ends, with `WouldBlock` when `source` does, and
    /// with `InvalidData` on a broken frame. Never allocates much more than has arrived.
    pub fn read(&mut self, source: &mut impl Read) -> io::Result<Option<Frame>> {
        let header = match self.open {
            Some(header) => {
                self.read_payload(source, header.length)?;
                header
            }
            None => {
                let rest = self.header.get_mut(self.have..).unwrap_or_default();
                self.have += some(source.read(rest)?)?;
                if self.have < HEADER {
                    return Ok(None);
                }
                self.have = 0;
                let header = Header::decode(self.header)?;
                *self.open.insert(header)
            }
        };
        if self.filled < header.length {
            return Ok(None);
        }
        self.open = None;
        self.filled = 0;
        let mut payload = std::mem::take(&mut self.payload);
        payload.truncate(header.length);
        let kind = header.kind;
        Ok(Some(Frame { kind, payload }))
    }

    fn read_payload(&mut self, source: &mut impl Read, length: usize) -> io::Result<()> {
        let end = length.min(self.filled + STREAM_CHUNK);
        if self.payload.len() < end {
            self.payload.resize(end, 0);
        }
        let space = self.payload.get_mut(self.filled..end).unwrap_or_default();
        self.filled += some(source.read(space)?)?;
        Ok(())
    }

    /// Takes a payload back, so that the next one needs no memory of its own.
    pub fn recycle(&mut self, payload: Vec<u8>) {
        if self.open.is_none() {
            self.payload = payload;
        }
    }
}

/// Bytes of a read that was not the end.
fn some(bytes: usize) -> io::Result<usize> {
    match bytes {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        n => Ok(n),
    }
}

fn invalid(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives a stream in pieces of the given size.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(self.1.max(1));
            (&mut self.0).read(&mut buffer[..most])
        }
    }

    fn all(decoder: &mut Decoder, source: &mut impl Read) -> (Vec<Frame>, io::Error) {
        let mut frames = Vec::new();
        loop {
            match decoder.read(source) {
                Ok(None) => {}
                Ok(Some(frame)) => {
                    decoder.recycle(frame.payload.clone());
                    frames.push(frame);
                }
                Err(error) => return (frames, error),
            }
        }
    }

    proptest! {
        #[test]
        fn any_frames_survive_any_fragmentation(
            payloads in prop::collection::vec((1u8..=9, prop::collection::vec(any::<u8>(), 0..5000)), 0..8),
            piece in 1usize..700,
        ) {
            let mut bytes = Vec::new();
            for (kind, payload) in &payloads {
                append(&mut bytes, Kind::of(*kind).unwrap(), payload);
            }
            let (frames, end) = all(&mut Decoder::default(), &mut Pieces(&bytes, piece));
            prop_assert_eq!(end.kind(), io::ErrorKind::UnexpectedEof);
            let seen: Vec<_> = frames.into_iter().map(|f| (f.kind as u8, f.payload)).collect();
            prop_assert_eq!(seen, payloads);
        }

        #[test]
        fn any_bytes_end_in_an_error_and_never_in_a_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..4000), piece in 1usize..100,
        ) {
            let (_, end) = all(&mut Decoder::default(), &mut Pieces(&bytes, piece));
            let kind = end.kind();
            prop_assert!(kind == io::ErrorKind::UnexpectedEof || kind == io::ErrorKind::InvalidData);
        }
    }

    #[test]
    fn a_frame_beyond_the_limit_is_refused_before_its_payload() {
        let mut bytes: &[u8] = &[6, 0, 16, 0, 1];
        let end = Decoder::default().read(&mut bytes).unwrap_err();
        assert_eq!(end.kind(), io::ErrorKind::InvalidData);
    }
}

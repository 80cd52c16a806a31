//! Output of a process on disk: readable from any offset, by any number of readers, at any time.
//!
//! The bytes of both streams lie in one file in the order in which they were read. A second file,
//! made when the stream changes for the first time, names the places where it changes: eight bytes
//! each, the offset shifted left by one with the stream in the lowest bit. So an offset of the
//! protocol is a place in the file, and its stream is found by bisection.
//!
//! A transient recording gives back to the disk what its readers have had. Its offsets go on counting,
//! the files have holes in front.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};

use super::readers::{Place, Readers};
use crate::reaper::Ended;
use crate::sys::{self, Signal, lock};

/// Told to the reader where recording had to stop.
const TRUNCATED: &[u8] =
    b"\n[paddock: the output could not be recorded any further: no space left on the disk]\n";
/// Bytes of an entry in the second file.
const ENTRY: u64 = 8;
/// Bytes that a transient recording gives back at once.
const GIVEN_BACK: u64 = 1 << 20;

/// Which stream a byte came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Output,
    Errors,
}

/// The recorded output of one process or session command.
pub struct Recording {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bytes: u64,
    /// Stretches of one stream each.
    stretches: u64,
    /// Where the stretch begins in which the first kept byte lies.
    first: Option<Stretch>,
    last: Option<Stream>,
    /// The first byte that is kept.
    kept_from: u64,
    /// Of a transient recording.
    readers: Option<Readers>,
    data: Option<File>,
    index: Option<File>,
    truncated: bool,
    /// How the process ended, and how long its output was then.
    ended: Option<(Ended, u64)>,
    watchers: Vec<Weak<Signal>>,
}

/// Bytes of one stream without a byte of the other between them.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    number: u64,
    stream: Stream,
}

/// What a reader can know at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub length: u64,
    pub ended: Option<(Ended, u64)>,
}

impl Recording {
    /// A recording that takes no space until something is written.
    pub fn new(path: PathBuf) -> Self {
        let state = Mutex::default();
        Self { path, state }
    }

    /// A recording that keeps what its readers have still to see.
    pub fn transient(path: PathBuf) -> Self {
        let state = Mutex::new(State {
            readers: Some(Readers::default()),
            ..State::default()
        });
        Self { path, state }
    }

    /// Adds bytes. When the disk refuses them, recording stops and a note takes their place.
    pub fn append(&self, stream: Stream, bytes: &[u8]) {
        let mut state = lock(&self.state);
        if state.truncated || bytes.is_empty() {
            return;
        }
        if self.write(&mut state, stream, bytes).is_err() {
            state.truncated = true;
        }
        state.give_back();
        state.wake();
    }

    fn write(&self, state: &mut State, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        if state.first.is_none() {
            state.data = Some(create(self.path.clone())?);
            state.first = Some(Stretch { number: 0, stream });
            state.stretches = 1;
        } else if state.last != Some(stream) {
            if state.index.is_none() {
                state.index = Some(create(self.index_path())?);
            }
            let entry = state.bytes << 1 | u64::from(stream == Stream::Errors);
            let place = (state.stretches - 1) * ENTRY;
            let index = state.index.as_ref().ok_or(io::ErrorKind::NotFound)?;
            index.write_all_at(&entry.to_le_bytes(), place)?;
            state.stretches += 1;
        }
        state.last = Some(stream);
        let mut rest = bytes;
        while !rest.is_empty() {
            let data = state.data.as_ref().ok_or(io::ErrorKind::NotFound)?;
            match data.write_at(rest, state.bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => {
                    state.bytes += n as u64;
                    rest = rest.get(n..).unwrap_or_default();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a transient recording had to stop, so that nobody learns any more what comes.
    pub fn is_lost(&self) -> bool {
        let state = lock(&self.state);
        state.truncated && state.readers.is_some()
    }

    /// The process has ended; whatever it wrote is appended.
    pub fn end(&self, ended: Ended) {
        let mut state = lock(&self.state);
        let length = state.length();
        state.ended.get_or_insert((ended, length));
        state.wake();
    }

    /// Nothing can come any more.
    pub fn close(&self) {
        let mut state = lock(&self.state);
        state.data = None;
        state.index = None;
    }

    pub fn progress(&self) -> Progress {
        let state = lock(&self.state);
        Progress {
            length: state.length(),
            ended: state.ended,
        }
    }

    /// Raised on every change until the signal is dropped.
    pub fn watch(&self, signal: &Arc<Signal>) {
        let mut state = lock(&self.state);
        state.watchers.retain(|other| other.strong_count() > 0);
        state.watchers.push(Arc::downgrade(signal));
    }

    /// A reader that begins at an offset, or at the first kept byte after it.
    pub fn reader(self: &Arc<Self>, offset: u64) -> Reader {
        let mut state = lock(&self.state);
        let offset = offset.max(state.kept_from);
        Reader {
            recording: Arc::clone(self),
            offset,
            place: state.readers.as_mut().map(|readers| readers.join(offset)),
            data: None,
            index: None,
        }
    }

    /// Removes the files; readers that have begun go on.
    pub fn forget(&self) {
        self.close();
        for path in [self.path.clone(), self.index_path()] {
            // Most recordings have no second file, and many no first.
            let _ = std::fs::remove_file(path);
        }
    }

    fn index_path(&self) -> PathBuf {
        self.path.with_extension("index")
    }
}

impl State {
    fn length(&self) -> u64 {
        let note = if self.truncated { TRUNCATED.len() } else { 0 };
        self.bytes + note as u64
    }

    /// Gives back to the disk what no reader of a transient recording needs any more.
    fn give_back(&mut self) {
        let Some(readers) = self.readers.as_mut() else {
            return;
        };
        let needed_from = readers.needed_from(self.bytes).min(self.bytes);
        if needed_from < self.kept_from + GIVEN_BACK {
            return;
        }
        // A file system that makes no holes keeps all.
        let _ = self.drop_before(needed_from);
    }

    fn drop_before(&mut self, offset: u64) -> io::Result<()> {
        let (Some(data), Some(first)) = (&self.data, self.first) else {
            return Ok(());
        };
        let index = self.index.as_ref();
        let (first, _) = find(first, self.stretches, self.bytes, offset, |number| {
            entry(index.ok_or(io::ErrorKind::NotFound)?, number)
        })?;
        sys::make_hole(data.as_fd(), offset)?;
        self.first = Some(first);
        self.kept_from = offset;
        if let Some(index) = index {
            // The first stretch's own entry stays for a reader who is about to look at it.
            sys::make_hole(index.as_fd(), first.number.saturating_sub(1) * ENTRY)?;
        }
        Ok(())
    }

    fn wake(&mut self) {
        self.watchers.retain(|watcher| match watcher.upgrade() {
            Some(signal) => {
                signal.raise();
                true
            }
            None => false,
        });
    }
}

fn create(path: PathBuf) -> io::Result<File> {
    File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Reads a recording in order.
pub struct Reader {
    recording: Arc<Recording>,
    offset: u64,
    /// Of a transient recording.
    place: Option<Arc<Place>>,
    data: Option<File>,
    index: Option<File>,
}

impl Reader {
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What was read has reached its reader, and a transient recording needs it for others at most.
    pub fn delivered(&self) {
        if let Some(place) = &self.place {
            place.move_to(self.offset);
            lock(&self.recording.state).give_back();
        }
    }

    /// Reads bytes of one stream into the buffer; `None` when none are recorded beyond the offset.
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<(Stream, usize)>> {
        let (bytes, stretches, first, truncated) = {
            let state = lock(&self.recording.state);
            (state.bytes, state.stretches, state.first, state.truncated)
        };
        if self.offset >= bytes {
            return Ok(if truncated {
                self.note(bytes, buffer)
            } else {
                None
            });
        }
        let first = first.ok_or(io::ErrorKind::InvalidData)?;
        let (stream, end) = self.stretch(first, stretches, bytes)?;
        let most = (end - self.offset).min(buffer.len() as u64) as usize;
        if self.data.is_none() {
            self.data = Some(File::open(&self.recording.path)?);
        }
        let data = self.data.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let n = data.read_at(buffer.get_mut(..most).unwrap_or_default(), self.offset)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.offset += n as u64;
        Ok(Some((stream, n)))
    }

    fn note(&mut self, bytes: u64, buffer: &mut [u8]) -> Option<(Stream, usize)> {
        let rest = TRUNCATED.get((self.offset - bytes) as usize..)?;
        let n = rest.len().min(buffer.len());
        buffer.get_mut(..n)?.copy_from_slice(rest.get(..n)?);
        self.offset += n as u64;
        (n > 0).then_some((Stream::Errors, n))
    }

    /// The stream at the offset, and where its stretch ends.
    fn stretch(&mut self, first: Stretch, stretches: u64, bytes: u64) -> io::Result<(Stream, u64)> {
        if self.index.is_none() && stretches > first.number + 1 {
            self.index = Some(File::open(self.recording.index_path())?);
        }
        let index = self.index.as_ref();
        let (found, end) = find(first, stretches, bytes, self.offset, |number| {
            entry(index.ok_or(io::ErrorKind::NotFound)?, number)
        })?;
        if end <= self.offset {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok((found.stream, end))
    }
}

/// The stretch in which an offset lies, and where it ends.
fn find(
    first: Stretch,
    stretches: u64,
    bytes: u64,
    offset: u64,
    entry: impl Fn(u64) -> io::Result<(Stream, u64)>,
) -> io::Result<(Stretch, u64)> {
    let mut found = first;
    let (mut high, mut end) = (stretches, bytes);
    // Stretch `found` begins at or before the offset, stretch `high` (if any) after it.
    while high - found.number > 1 {
        let number = found.number + (high - found.number) / 2;
        let (stream, start) = entry(number)?;
        if start <= offset {
            found = Stretch { number, stream };
        } else {
            high = number;
            end = start;
        }
    }
    Ok((found, end))
}

/// The stream of a stretch, and where it begins.
fn entry(index: &File, stretch: u64) -> io::Result<(Stream, u64)> {
    let mut entry = [0; ENTRY as usize];
    index.read_exact_at(&mut entry, (stretch - 1) * ENTRY)?;
    let entry = u64::from_le_bytes(entry);
    let stream = if entry & 1 == 1 {
        Stream::Errors
    } else {
        Stream::Output
    };
    Ok((stream, entry >> 1))
}

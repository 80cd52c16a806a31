//! Passes bytes between two TCP connections.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;

use crate::sys::{self, PollSet, Slot};

/// Bytes held for a side that does not read.
const CHUNK: usize = 64 * 1024;

/// One direction.
struct Flow {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
}

impl Flow {
    fn new() -> Self {
        Self {
            buffer: vec![0; CHUNK],
            start: 0,
            end: 0,
            ended: false,
        }
    }

    fn pending(&self) -> bool {
        self.start < self.end
    }

    fn wants_read(&self) -> bool {
        !self.ended && !self.pending()
    }

    fn read(&mut self, from: &TcpStream, to: &TcpStream) -> io::Result<()> {
        match sys::read_some(from.as_fd(), &mut self.buffer)? {
            None => Ok(()),
            Some(0) => {
                self.ended = true;
                to.shutdown(Shutdown::Write)
            }
            Some(n) => {
                (self.start, self.end) = (0, n);
                self.write(to)
            }
        }
    }

    fn write(&mut self, to: &TcpStream) -> io::Result<()> {
        while let Some(rest) = self
            .buffer
            .get(self.start..self.end)
            .filter(|r| !r.is_empty())
        {
            match sys::write_some(to.as_fd(), rest)? {
                Some(n) => self.start += n,
                None => break,
            }
        }
        Ok(())
    }
}

/// Passes bytes both ways until both sides have ended, or one breaks.
pub fn run(near: &TcpStream, far: &TcpStream) -> io::Result<()> {
    near.set_nonblocking(true)?;
    far.set_nonblocking(true)?;
    let (mut inward, mut outward) = (Flow::new(), Flow::new());
    let mut set = PollSet::default();
    while !(inward.ended && outward.ended) {
        set.clear();
        // A side of which nothing is wanted is left out: its hang-up would end every wait.
        let near_slot = watch(&mut set, near, inward.wants_read(), outward.pending());
        let far_slot = watch(&mut set, far, outward.wants_read(), inward.pending());
        set.wait(None)?;
        if far_slot.is_some_and(|slot| set.writable(slot)) && inward.pending() {
            inward.write(far)?;
        }
        if near_slot.is_some_and(|slot| set.writable(slot)) && outward.pending() {
            outward.write(near)?;
        }
        if near_slot.is_some_and(|slot| set.readable(slot)) && inward.wants_read() {
            inward.read(near, far)?;
        }
        if far_slot.is_some_and(|slot| set.readable(slot)) && outward.wants_read() {
            outward.read(far, near)?;
        }
    }
    Ok(())
}

fn watch(set: &mut PollSet, side: &TcpStream, read: bool, write: bool) -> Option<Slot> {
    (read || write).then(|| set.add(side.as_fd(), read, write))
}

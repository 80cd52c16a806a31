//! Sends what a search finds.

use std::io;
use std::time::{Duration, Instant};

use prost::Message;

use crate::connection::Connection;
use crate::frame::Kind;
use crate::wire::{Found, FoundList};

/// Bytes after which a frame is sent. One result more has at most some 17 KiB.
const FULL: usize = 64 * 1024;

/// Results in a frame.
const MANY: usize = 1000;

/// How often the client hears something, and so how late its leaving is noticed.
const PULSE: Duration = Duration::from_secs(1);

/// Collects results into frames.
pub struct Results<'a> {
    connection: &'a mut Connection,
    list: FoundList,
    bytes: usize,
    sent: Instant,
}

impl<'a> Results<'a> {
    pub fn new(connection: &'a mut Connection) -> Self {
        Self {
            connection,
            list: FoundList::default(),
            bytes: 0,
            sent: Instant::now(),
        }
    }

    pub fn add(&mut self, found: Found) -> io::Result<()> {
        self.bytes += found.encoded_len();
        self.list.found.push(found);
        if self.bytes >= FULL || self.list.found.len() >= MANY {
            return self.send();
        }
        Ok(())
    }

    /// To be called now and then; fails when the client has left.
    pub fn pulse(&mut self) -> io::Result<()> {
        if self.sent.elapsed() >= PULSE {
            return self.send();
        }
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        if !self.list.found.is_empty() {
            self.send()?;
        }
        self.connection.send(Kind::End, &[])
    }

    fn send(&mut self) -> io::Result<()> {
        self.connection
            .send(Kind::Data, &self.list.encode_to_vec())?;
        self.list.found.clear();
        self.bytes = 0;
        self.sent = Instant::now();
        Ok(())
    }
}

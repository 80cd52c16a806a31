//! The last output of a terminal, addressed by its place in the whole.

use std::collections::VecDeque;

use crate::limits::TERMINAL_HISTORY;

/// A window on the end of a stream of bytes.
#[derive(Default)]
pub struct History {
    bytes: VecDeque<u8>,
    end: u64,
}

impl History {
    /// Bytes ever written.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Place of the eldest byte that is kept.
    pub fn start(&self) -> u64 {
        self.end - self.bytes.len() as u64
    }

    /// Place of the eldest byte that will be kept after another `more` are written.
    pub fn start_after(&self, more: usize) -> u64 {
        (self.end + more as u64).saturating_sub(TERMINAL_HISTORY as u64)
    }

    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        self.end += bytes.len() as u64;
        let surplus = self.bytes.len().saturating_sub(TERMINAL_HISTORY);
        self.bytes.drain(..surplus);
    }

    /// Bytes from a place, into the buffer; how many.
    pub fn read(&self, place: u64, buffer: &mut [u8]) -> usize {
        let skip = place.saturating_sub(self.start()) as usize;
        let from = self.bytes.iter().skip(skip);
        let mut n = 0;
        for (target, byte) in buffer.iter_mut().zip(from) {
            *target = *byte;
            n += 1;
        }
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bytes_are_kept_under_their_place() {
        let mut history = History::default();
        for round in 0..20u8 {
            history.push(&vec![round; TERMINAL_HISTORY / 8]);
        }
        assert_eq!(history.end() - history.start(), TERMINAL_HISTORY as u64);
        let mut buffer = [0; 4];
        assert_eq!(history.read(history.end() - 3, &mut buffer), 3);
        assert_eq!(buffer, [19, 19, 19, 0]);
        assert_eq!(history.read(history.start(), &mut buffer), 4);
        assert_eq!(buffer, [12; 4]);
    }
}

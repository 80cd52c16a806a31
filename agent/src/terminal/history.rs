//! The last output of a terminal, addressed by its place in the whole.

use std::collections::VecDeque;

use crate::limits::{TERMINAL_HISTORY, TERMINAL_LAG};

/// Memory that is not given back when it lies idle, in bytes.
const SPARE: usize = 4 * TERMINAL_HISTORY;

/// A window on the end of a stream of bytes: never less than the last [`TERMINAL_HISTORY`], never
/// more than the last [`TERMINAL_LAG`].
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
    fn start(&self) -> u64 {
        self.end - self.bytes.len() as u64
    }

    /// Place of the eldest byte that is shown to viewers to come.
    pub fn recent(&self) -> u64 {
        self.end.saturating_sub(TERMINAL_HISTORY as u64)
    }

    /// Place of the eldest byte that can be kept after another `more` are written.
    pub fn limit_after(&self, more: usize) -> u64 {
        (self.end + more as u64).saturating_sub(TERMINAL_LAG as u64)
    }

    /// Adds bytes; what nobody asked to [`forget`](Self::forget) stays, up to the limit.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        self.end += bytes.len() as u64;
        let surplus = self.bytes.len().saturating_sub(TERMINAL_LAG);
        self.bytes.drain(..surplus);
    }

    /// Lets go of the bytes before a place that are not recent.
    pub fn forget(&mut self, place: u64) {
        let until = place.min(self.recent());
        let surplus = until.saturating_sub(self.start()) as usize;
        self.bytes.drain(..surplus);
        if self.bytes.capacity() > SPARE && self.bytes.len() <= SPARE / 2 {
            self.bytes.shrink_to(SPARE / 2);
        }
    }

    /// Bytes from a place, into the buffer; how many.
    pub fn read(&self, place: u64, buffer: &mut [u8]) -> usize {
        let skip = place.saturating_sub(self.start()) as usize;
        let (first, second) = self.bytes.as_slices();
        let (head, tail) = match skip.checked_sub(first.len()) {
            Some(within) => (&[][..], second.get(within..)),
            None => (first.get(skip..).unwrap_or_default(), Some(second)),
        };
        let n = copy(head, buffer);
        let rest = buffer.get_mut(n..).unwrap_or_default();
        n + copy(tail.unwrap_or_default(), rest)
    }
}

/// Copies as many bytes as there are and fit; how many.
fn copy(from: &[u8], to: &mut [u8]) -> usize {
    let n = from.len().min(to.len());
    if let (Some(to), Some(from)) = (to.get_mut(..n), from.get(..n)) {
        to.copy_from_slice(from);
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEBIBYTE: usize = 1 << 20;

    fn numbered_mebibytes(count: u8) -> History {
        let mut history = History::default();
        (0..count).for_each(|number| history.push(&vec![number; MEBIBYTE]));
        history
    }

    fn first(history: &History, place: usize) -> Option<u8> {
        let mut buffer = [0];
        (history.read(place as u64, &mut buffer) == 1).then_some(buffer[0])
    }

    #[test]
    fn bytes_are_kept_under_their_place() {
        let history = numbered_mebibytes(20);
        let mut buffer = [0; 4];
        assert_eq!(history.read(history.end() - 3, &mut buffer), 3);
        assert_eq!(buffer, [19, 19, 19, 0]);
        assert_eq!(history.read(3 * MEBIBYTE as u64 - 2, &mut buffer), 4);
        assert_eq!(buffer, [2, 2, 3, 3]);
        assert_eq!(first(&history, 20 * MEBIBYTE), None);
    }

    #[test]
    fn what_wraps_around_the_end_of_memory_is_read_in_one() {
        let mut history = History::default();
        let mut written = 0u64;
        for length in (1..2_000).cycle().take(4_000) {
            let bytes: Vec<u8> = (written..written + length).map(|n| n as u8).collect();
            history.push(&bytes);
            history.forget(history.end());
            written += length;
            let mut buffer = vec![0; 300];
            let place = written.saturating_sub(MEBIBYTE as u64).max(written / 2);
            let n = history.read(place, &mut buffer) as u64;
            assert_eq!(n, 300.min(written - place));
            assert!(
                (place..place + n)
                    .zip(&buffer)
                    .all(|(at, byte)| *byte == at as u8)
            );
        }
    }

    #[test]
    fn no_more_than_the_limit_is_kept() {
        let history = numbered_mebibytes(40);
        assert_eq!(history.end() - history.start(), TERMINAL_LAG as u64);
        assert_eq!(first(&history, history.start() as usize), Some(8));
    }

    #[test]
    fn what_is_forgotten_is_gone_and_its_memory_too() {
        let mut history = numbered_mebibytes(20);
        history.forget(5 * MEBIBYTE as u64);
        assert_eq!(history.start(), 5 * MEBIBYTE as u64);
        history.forget(history.end());
        assert_eq!(history.start(), history.recent());
        assert_eq!(history.recent(), history.end() - TERMINAL_HISTORY as u64);
        assert!(history.bytes.capacity() <= SPARE);
        assert_eq!(first(&history, history.recent() as usize), Some(19));
    }
}

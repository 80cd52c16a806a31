//! Looks for a text in the lines of a file.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};

/// Bytes of a file that are in memory at a time.
const WINDOW: usize = 256 * 1024;
/// A file with a zero among so many first bytes is no text.
const HEAD: usize = 8 * 1024;
/// Bytes of a line that a client is shown.
const SHOWN: usize = 4096;

/// Looks for one text in file after file.
pub struct Lines<'a> {
    finder: Finder<'a>,
    text: usize,
    window: Vec<u8>,
}

/// Where in a file a search is.
struct Progress {
    line: u64,
    reported: u64,
}

type Report<'a> = dyn FnMut(u64, &[u8]) -> io::Result<()> + 'a;

impl<'a> Lines<'a> {
    pub fn with(text: &'a [u8]) -> Self {
        Self {
            finder: Finder::new(text),
            text: text.len(),
            window: vec![0; WINDOW],
        }
    }

    /// Reports each line that holds the text, with its number. Files that are no text have none;
    /// one that cannot be read further ends there.
    pub fn search(&mut self, mut file: &File, report: &mut Report<'_>) -> io::Result<()> {
        let mut window = std::mem::take(&mut self.window);
        let outcome = self.search_in(&mut window, &mut file, report);
        self.window = window;
        outcome
    }

    fn search_in(
        &self,
        window: &mut [u8],
        file: &mut dyn Read,
        report: &mut Report<'_>,
    ) -> io::Result<()> {
        let mut progress = Progress {
            line: 1,
            reported: 0,
        };
        let mut filled = 0;
        let mut first = true;
        loop {
            let read = read(file, window.get_mut(filled..).unwrap_or_default());
            filled += read;
            let known = window.get(..filled).unwrap_or_default();
            if std::mem::take(&mut first) && is_binary(known) {
                return Ok(());
            }
            let done = match read {
                0 => filled,
                _ => self.complete(known, window.len()),
            };
            // Of a line that fills the window, the text may lie across its end.
            let seen = match memrchr(b'\n', known) {
                None => known,
                Some(_) => known.get(..done).unwrap_or_default(),
            };
            if done > 0 {
                self.scan(seen, done, &mut progress, report)?;
            }
            window.copy_within(done..filled, 0);
            filled -= done;
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// How much of the window needs no more to be searched: its whole lines.
    fn complete(&self, known: &[u8], capacity: usize) -> usize {
        match memrchr(b'\n', known) {
            Some(end) => end + 1,
            None if known.len() < capacity => 0,
            None => known.len() + 1 - self.text,
        }
    }

    fn scan(
        &self,
        seen: &[u8],
        done: usize,
        progress: &mut Progress,
        report: &mut Report<'_>,
    ) -> io::Result<()> {
        let mut from = 0;
        let mut counted = 0;
        while let Some(offset) = self.finder.find(part(seen, from, seen.len())) {
            let hit = from + offset;
            progress.line += breaks(part(seen, counted, hit));
            counted = hit;
            let start = memrchr(b'\n', part(seen, 0, hit)).map_or(0, |at| at + 1);
            let end = memchr(b'\n', part(seen, hit, seen.len())).map_or(seen.len(), |at| hit + at);
            if progress.line != progress.reported {
                let shown = cut(part(seen, start, end), hit - start, self.text);
                report(progress.line, shown)?;
                progress.reported = progress.line;
            }
            from = end;
        }
        progress.line += breaks(part(seen, counted, done));
        Ok(())
    }
}

/// Fills what it can; a file that cannot be read ends.
fn read(file: &mut dyn Read, into: &mut [u8]) -> usize {
    loop {
        match file.read(into) {
            Ok(n) => return n,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return 0,
        }
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    memchr(0, part(bytes, 0, bytes.len().min(HEAD))).is_some()
}

fn breaks(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

fn part(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to).unwrap_or_default()
}

/// A line without its end, or of a long one what lies around the text.
fn cut(line: &[u8], hit: usize, text: usize) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() <= SHOWN {
        return line;
    }
    let before = SHOWN.saturating_sub(text) / 2;
    let start = hit.saturating_sub(before).min(line.len() - SHOWN);
    trim(part(line, start, start + SHOWN))
}

/// Takes away the halves of characters at both ends.
fn trim(bytes: &[u8]) -> &[u8] {
    let follows = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    let start = bytes
        .iter()
        .take(3)
        .take_while(|byte| follows(byte))
        .count();
    let bytes = part(bytes, start, bytes.len());
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => part(bytes, 0, error.valid_up_to()),
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of a size.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(into.len());
            into[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn found(text: &str, content: &[u8], piece: usize, window: usize) -> Vec<(u64, String)> {
        let mut all = Vec::new();
        let lines = Lines::with(text.as_bytes());
        lines
            .search_in(
                &mut vec![0; window],
                &mut Pieces(content, piece),
                &mut |line, content| {
                    all.push((line, String::from_utf8_lossy(content).into_owned()));
                    Ok(())
                },
            )
            .unwrap();
        all
    }

    #[test]
    fn lines_are_found_whatever_the_pieces() {
        let content = b"no\r\nan abc\r\nabcabc\n\nend abc";
        for piece in 1..=content.len() {
            for window in [16, 17, 64] {
                let lines = found("abc", content, piece, window);
                let expected = [(2, "an abc"), (3, "abcabc"), (5, "end abc")];
                let expected: Vec<_> = expected.map(|(n, text)| (n, text.to_owned())).into();
                assert_eq!(lines, expected, "pieces of {piece}, window of {window}");
            }
        }
    }

    #[test]
    fn a_line_longer_than_the_window_is_reported_once() {
        let mut content = vec![b'x'; 100];
        content[15..18].copy_from_slice(b"abc");
        content[60..63].copy_from_slice(b"abc");
        content.extend_from_slice(b"\nabc\n");
        for piece in [1, 7, 16, 200] {
            let lines: Vec<_> = found("abc", &content, piece, 16)
                .into_iter()
                .map(|(line, _)| line)
                .collect();
            assert_eq!(lines, [1, 2], "pieces of {piece}");
        }
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        assert_eq!(found("abc", b"abc\0", 100, 64), []);
        assert_eq!(found("abc", b"", 100, 64), []);
    }

    #[test]
    fn of_a_long_line_the_part_with_the_text_is_shown() {
        let mut line = "ä".repeat(10_000).into_bytes();
        let hit = 5001 * 2;
        line.splice(hit..hit, *b"abc");
        let shown = std::str::from_utf8(cut(&line, hit, 3)).unwrap();
        assert!(shown.contains("äabcä"));
        assert!(shown.len() <= SHOWN && shown.len() > SHOWN - 8);
    }
}

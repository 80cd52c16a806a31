//! Finds files by their names and by what is in them.

mod glob;
mod lines;
mod results;
mod walk;

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt;

use self::glob::Glob;
use self::lines::Lines;
use self::results::Results;
use self::walk::{Entry, walk};
use super::{Place, info};
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::wire::response::Result as Reply;
use crate::wire::{FileInfo, FindNames, FindText, Found};

/// Longest text or pattern, in bytes.
const PATTERN: usize = 4096;

pub fn text(connection: &mut Connection, place: &Place, request: &FindText) -> io::Result<()> {
    let prepared = check(&request.text).and_then(|()| {
        if request.text.contains('\n') {
            return Err(Failure::invalid(
                "A text is looked for within lines, so it has no line break.",
            ));
        }
        start(place, &request.path)
    });
    let (start, root) = match prepared {
        Ok(prepared) => prepared,
        Err(failure) => return connection.reply(Err(failure)),
    };
    connection.reply(Ok(Reply::File(root)))?;
    let mut lines = Lines::with(request.text.as_bytes());
    let mut results = Results::new(connection);
    walk(start, &mut |entry| {
        results.pulse()?;
        let Some(file) = open(entry) else {
            return Ok(());
        };
        let mut report = |line, content: &[u8]| {
            results.add(Found {
                path: entry.shown(),
                line,
                content: String::from_utf8_lossy(content).into_owned(),
            })
        };
        lines.search(&file, &mut report)
    })?;
    results.finish()
}

pub fn names(connection: &mut Connection, place: &Place, request: &FindNames) -> io::Result<()> {
    let prepared = check(&request.pattern)
        .and_then(|()| Glob::parse(&request.pattern))
        .and_then(|glob| Ok((glob, start(place, &request.path)?)));
    let (glob, (start, root)) = match prepared {
        Ok(prepared) => prepared,
        Err(failure) => return connection.reply(Err(failure)),
    };
    connection.reply(Ok(Reply::File(root)))?;
    let mut results = Results::new(connection);
    walk(start, &mut |entry| {
        results.pulse()?;
        if entry.is_start_directory() || !glob.matches(entry.name()) {
            return Ok(());
        }
        results.add(Found {
            path: entry.shown(),
            ..Found::default()
        })
    })?;
    results.finish()
}

fn check(pattern: &str) -> Outcome<()> {
    match pattern.len() {
        1..=PATTERN => Ok(()),
        _ => Err(Failure::invalid("A pattern has 1 to 4096 bytes.")),
    }
}

fn start(place: &Place, shown: &str) -> Outcome<(Entry, FileInfo)> {
    let path = place.path(shown)?;
    let failed = |error| Failure::of(format!("search {}", path.display()), &error);
    let root = info::of(&path).map_err(failed)?;
    let kind = path.metadata().map_err(failed)?.file_type();
    Ok((Entry::start(path, shown, kind), root))
}

/// A file that can be read to its end. What cannot is passed over, as everybody's files are in a
/// tree that has some of other users.
fn open(entry: &Entry) -> Option<File> {
    let regular = match entry.kind() {
        kind if kind.is_symlink() => entry.path().metadata().ok()?.is_file(),
        kind => kind.is_file(),
    };
    if !regular {
        return None;
    }
    File::options()
        .read(true)
        // A file that was replaced by a pipe meanwhile must not hold up the search.
        .custom_flags(libc::O_NONBLOCK)
        .open(entry.path())
        .ok()
}

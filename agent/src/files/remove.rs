//! Removes files and trees.

use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::Place;
use super::directory::{DEPTH, Directory};
use crate::failure::{Failure, Outcome};
use crate::names;
use crate::wire::response::Result as Reply;
use crate::wire::{Ok as Done, RemoveFile};

/// Times that a directory is read again because somebody filled it meanwhile.
const RETRIES: u32 = 3;

pub fn remove(place: &Place, request: &RemoveFile) -> Outcome<Reply> {
    let path = place.path(&request.path)?;
    let failed = |error| Failure::of(format!("remove {}", path.display()), &error);
    let is_directory = path.symlink_metadata().map_err(failed)?.is_dir();
    if !is_directory {
        std::fs::remove_file(&path).map_err(failed)?;
        return Ok(Reply::Ok(Done {}));
    }
    if !request.recursive {
        return Err(failed(io::Error::from_raw_os_error(libc::EISDIR)));
    }
    remove_tree(&path).map_err(failed)?;
    Ok(Reply::Ok(Done {}))
}

/// A directory on the way down, and its name in the one above.
struct Level {
    directory: Directory,
    name: CString,
    retries: u32,
}

impl Level {
    fn open(parent: Option<&Directory>, name: CString) -> io::Result<Self> {
        Ok(Self {
            directory: Directory::open(parent, &name)?,
            name,
            retries: RETRIES,
        })
    }
}

/// Removes whatever a path names.
pub fn remove_any(path: &Path) -> io::Result<()> {
    match path.symlink_metadata()?.is_dir() {
        true => remove_tree(path),
        false => std::fs::remove_file(path),
    }
}

/// Removes a directory and what it holds; links are removed, not followed.
fn remove_tree(path: &Path) -> io::Result<()> {
    let name = names::c_string(path.as_os_str().as_bytes())
        .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut levels = vec![Level::open(None, name)?];
    while let Some(level) = levels.last_mut() {
        if let Some(name) = level.directory.next_name()? {
            if let Some(below) = remove_entry(&level.directory, name)? {
                if levels.len() == DEPTH {
                    return Err(io::Error::from_raw_os_error(libc::ENAMETOOLONG));
                }
                levels.push(below);
            }
            continue;
        }
        let Some(mut empty) = levels.pop() else { break };
        let removed = match levels.last() {
            Some(above) => above.directory.unlink(&empty.name, libc::AT_REMOVEDIR),
            None => std::fs::remove_dir(path),
        };
        match removed {
            Err(error) if error.raw_os_error() == Some(libc::ENOTEMPTY) && empty.retries > 0 => {
                empty.retries -= 1;
                empty.directory.rewind();
                levels.push(empty);
            }
            other => other?,
        }
    }
    Ok(())
}

/// Removes what is no directory, and opens what is one.
fn remove_entry(directory: &Directory, name: CString) -> io::Result<Option<Level>> {
    match directory.unlink(&name, 0) {
        Ok(()) => Ok(None),
        Err(error) => match error.raw_os_error() {
            Some(libc::ENOENT) => Ok(None),
            Some(libc::EISDIR | libc::EPERM) => Level::open(Some(directory), name).map(Some),
            _ => Err(error),
        },
    }
}

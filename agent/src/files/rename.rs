//! Renames files and directories.

use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::Place;
use crate::failure::{Failure, Outcome};
use crate::names;
use crate::sys;
use crate::wire::response::Result as Reply;
use crate::wire::{Ok as Done, RenameFile};

pub fn rename(place: &Place, request: &RenameFile) -> Outcome<Reply> {
    let source = place.path(&request.source)?;
    let destination = place.path(&request.destination)?;
    let failed = |error| {
        let (source, destination) = (source.display(), destination.display());
        Failure::of(format!("move {source} to {destination}"), &error)
    };
    move_file(&source, &destination, request.replace).map_err(failed)?;
    Ok(Reply::Ok(Done {}))
}

fn move_file(source: &Path, destination: &Path, replace: bool) -> io::Result<()> {
    match replace {
        true => std::fs::rename(source, destination),
        false => rename_to_free(source, destination),
    }
}

/// Renames unless the destination exists, which the kernel decides in the same step.
fn rename_to_free(source: &Path, destination: &Path) -> io::Result<()> {
    let [from, to] = [source, destination].map(|path| names::c_string(path.as_os_str().as_bytes()));
    let (Ok(from), Ok(to)) = (from, to) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let at = libc::AT_FDCWD;
    // SAFETY: both paths are C strings.
    let result =
        unsafe { libc::renameat2(at, from.as_ptr(), at, to.as_ptr(), libc::RENAME_NOREPLACE) };
    sys::check(result).map(drop)
}

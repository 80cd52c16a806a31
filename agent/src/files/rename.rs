//! Renames files and directories.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::Place;
use super::copy::copy_tree;
use super::remove::remove_any;
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
    let renamed = match replace {
        true => fs::rename(source, destination),
        false => rename_to_free(source, destination),
    };
    match renamed {
        Err(error) if error.raw_os_error() == Some(libc::EXDEV) => {
            copy_and_remove(source, destination, replace)
        }
        other => other,
    }
}

/// Copies to a name beside the destination, so that nobody sees half a tree there.
fn copy_and_remove(source: &Path, destination: &Path, replace: bool) -> io::Result<()> {
    if destination.starts_with(source) {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    let parent = destination.parent().unwrap_or(Path::new("/"));
    let copy = parent.join(format!(".paddock-{}", sys::hex(&sys::random::<8>()?)));
    let moved = copy_tree(source, &copy).and_then(|()| match replace {
        true => fs::rename(&copy, destination),
        false => rename_to_free(&copy, destination),
    });
    if let Err(error) = moved {
        // What was copied is incomplete or unwanted; the source is whole.
        let _ = remove_any(&copy);
        return Err(error);
    }
    remove_any(source)
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

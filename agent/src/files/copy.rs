//! Copies a tree, for a move to where the kernel cannot rename: another file system, or a directory
//! of the image, which an overlay does not rename.

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, lchown, symlink,
};
use std::path::{Path, PathBuf};

use super::directory::DEPTH;

/// Copies what `source` names to `destination`, which must not exist, with modes, times and, where
/// the user may, owners. Sockets are left out, pipes and devices refused.
pub fn copy_tree(source: &Path, destination: &Path) -> io::Result<()> {
    let mut waiting = vec![(source.to_owned(), destination.to_owned(), 0)];
    let mut directories = Vec::new();
    while let Some((from, to, depth)) = waiting.pop() {
        let metadata = fs::symlink_metadata(&from)?;
        if metadata.is_dir() {
            if depth == DEPTH {
                return Err(io::Error::from_raw_os_error(libc::ENAMETOOLONG));
            }
            // Writable while it is filled, whatever its mode will be.
            DirBuilder::new().mode(0o700).create(&to)?;
            for entry in fs::read_dir(&from)? {
                let name = entry?.file_name();
                waiting.push((from.join(&name), to.join(&name), depth + 1));
            }
            directories.push((to, metadata));
        } else {
            copy_entry(&from, &to, &metadata)?;
        }
    }
    // Those below come after those above, whose times they change.
    directories
        .into_iter()
        .rev()
        .try_for_each(|(path, metadata)| finish_directory(path, &metadata))
}

fn copy_entry(from: &Path, to: &Path, metadata: &Metadata) -> io::Result<()> {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        symlink(fs::read_link(from)?, to)?;
        return keep_owner(to, metadata);
    }
    if kind.is_socket() {
        return Ok(());
    }
    if !kind.is_file() {
        return Err(io::Error::from_raw_os_error(libc::EXDEV));
    }
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    let mut source = File::options().read(true).custom_flags(flags).open(from)?;
    let mut options = File::options();
    let mut target = options.write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(&mut source, &mut target)?;
    keep_owner(to, metadata)?;
    target.set_permissions(Permissions::from_mode(metadata.mode() & 0o7777))?;
    target.set_modified(metadata.modified()?)
}

fn finish_directory(path: PathBuf, metadata: &Metadata) -> io::Result<()> {
    keep_owner(&path, metadata)?;
    let directory = File::open(&path)?;
    directory.set_permissions(Permissions::from_mode(metadata.mode() & 0o7777))?;
    directory.set_modified(metadata.modified()?)
}

/// A user cannot give files away, and then becomes the owner of the copy.
fn keep_owner(path: &Path, metadata: &Metadata) -> io::Result<()> {
    match lchown(path, Some(metadata.uid()), Some(metadata.gid())) {
        Err(error) if error.raw_os_error() != Some(libc::EPERM) => Err(error),
        _ => Ok(()),
    }
}

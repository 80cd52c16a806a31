//! What a client is told about a file.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use crate::names;
use crate::users::Accounts;
use crate::wire::FileInfo;
use crate::wire::file_info::Type;

/// Describes a file; a link is described by its target, when that exists.
pub fn of(path: &Path) -> io::Result<FileInfo> {
    let itself = fs::symlink_metadata(path)?;
    Ok(describe(path, &itself, &Accounts::load()))
}

/// As [`of`] for a file whose own metadata are known.
pub fn describe(path: &Path, itself: &Metadata, accounts: &Accounts) -> FileInfo {
    let mut info = FileInfo {
        name: path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned(),
        path: path.to_string_lossy().into_owned(),
        symlink: itself.is_symlink(),
        ..FileInfo::default()
    };
    let target = match info.symlink {
        true => fs::metadata(path).ok(),
        false => None,
    };
    fill(&mut info, target.as_ref().unwrap_or(itself), accounts);
    info
}

fn fill(info: &mut FileInfo, metadata: &Metadata, accounts: &Accounts) {
    let kind = match metadata.file_type() {
        kind if kind.is_file() => Type::File,
        kind if kind.is_dir() => Type::Directory,
        kind if kind.is_symlink() => Type::Symlink,
        kind if kind.is_fifo() => Type::Fifo,
        kind if kind.is_socket() => Type::Socket,
        kind if kind.is_char_device() => Type::CharacterDevice,
        kind if kind.is_block_device() => Type::BlockDevice,
        _ => Type::Other,
    };
    info.r#type = kind.into();
    info.size = metadata.size();
    info.mode = metadata.mode() & 0o7777;
    info.modified_at_nanos = (metadata.mtime())
        .saturating_mul(1_000_000_000)
        .saturating_add(metadata.mtime_nsec());
    info.uid = metadata.uid();
    info.gid = metadata.gid();
    info.owner = name_of(metadata.uid(), accounts.user_name(metadata.uid()));
    info.group = name_of(metadata.gid(), accounts.group_name(metadata.gid()));
}

fn name_of(id: u32, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_string(), |name| names::shown(name, 64))
}

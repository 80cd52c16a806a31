//! Makes directories and changes modes and owners.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, lchown};
use std::path::Path;

use super::{Place, info};
use crate::failure::{Failure, Outcome};
use crate::names;
use crate::users::Accounts;
use crate::wire::response::Result as Reply;
use crate::wire::{ChangeMode, ChangeOwner, MakeDirectory, Ok as Done};

/// Makes a directory; with `parents` an existing one is as good.
pub fn make_directory(place: &Place, request: &MakeDirectory) -> Outcome<Reply> {
    let path = place.path(&request.path)?;
    let failed = |error| Failure::of(format!("make the directory {}", path.display()), &error);
    let mode = match request.mode {
        0 => 0o755,
        mode => mode & 0o7777,
    };
    if request.parents && path.is_dir() {
        return info::of(&path).map(Reply::File).map_err(failed);
    }
    let parent = path
        .parent()
        .filter(|parent| request.parents && !parent.exists());
    if let Some(parent) = parent {
        DirBuilder::new()
            .recursive(true)
            .mode(0o755)
            .create(parent)
            .map_err(failed)?;
    }
    match DirBuilder::new().mode(mode).create(&path) {
        // Somebody else was faster.
        Err(error) if request.parents && error.kind() == io::ErrorKind::AlreadyExists => {
            if !path.is_dir() {
                return Err(failed(error));
            }
        }
        // The umask has taken bits away.
        made => made
            .and_then(|()| fs::set_permissions(&path, Permissions::from_mode(mode)))
            .map_err(failed)?,
    }
    info::of(&path).map(Reply::File).map_err(failed)
}

pub fn change_mode(place: &Place, request: &ChangeMode) -> Outcome<Reply> {
    let path = place.path(&request.path)?;
    if request.mode > 0o7777 {
        return Err(Failure::invalid("A mode has at most the bits 07777."));
    }
    fs::set_permissions(&path, Permissions::from_mode(request.mode))
        .map(|()| Reply::Ok(Done {}))
        .map_err(|error| Failure::of(format!("change the mode of {}", path.display()), &error))
}

/// Changes owner and group. A link itself is changed, not its target: root must not be led to give
/// away files that the one who made the link does not own.
pub fn change_owner(place: &Place, request: &ChangeOwner) -> Outcome<Reply> {
    let path = place.path(&request.path)?;
    let accounts = Accounts::load();
    let owner = id(&request.owner, "user", |name| accounts.user_id(name))?;
    let group = id(&request.group, "group", |name| accounts.group_id(name))?;
    lchown(Path::new(&path), owner, group)
        .map(|()| Reply::Ok(Done {}))
        .map_err(|error| Failure::of(format!("change the owner of {}", path.display()), &error))
}

fn id(name: &str, kind: &str, find: impl Fn(&str) -> Option<u32>) -> Outcome<Option<u32>> {
    if name.is_empty() {
        return Ok(None);
    }
    let shown = names::shown(name, 64);
    let unknown = || Failure::invalid(format!("The sandbox has no {kind} {shown}."));
    find(name).map(Some).ok_or_else(unknown)
}

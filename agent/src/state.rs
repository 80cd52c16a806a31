//! The agent's own directory in the sandbox.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::failure::{Failure, Outcome};

/// Where recorded output and the pipes of sessions lie. Only root can list or read what is in it;
/// a session's pipes belong to its user. Made when it is first needed: most sandboxes start without.
pub struct StateDirectory {
    base: PathBuf,
    run: PathBuf,
    next: AtomicU64,
}

impl StateDirectory {
    /// Nothing is touched yet: the agent may run before the sandbox has its files.
    pub fn below(base: &Path) -> Self {
        Self {
            base: base.to_owned(),
            run: base.join("run"),
            next: AtomicU64::new(0),
        }
    }

    /// Begins anew: what an earlier run of the agent left belongs to dead processes.
    pub fn begin(&self) -> Outcome<()> {
        let begun = make(&self.base, 0o711).and_then(|()| match fs::remove_dir_all(&self.run) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        });
        begun.map_err(|error| Failure::of("make the agent's directory", &error))
    }

    /// A path for recorded output that nothing used before.
    pub fn output_path(&self) -> Outcome<PathBuf> {
        self.path("output", 0o700)
            .map_err(|error| Failure::of("make room for recorded output", &error))
    }

    /// A path for a pipe that nothing used before.
    pub fn pipe_path(&self) -> io::Result<PathBuf> {
        self.path("pipes", 0o711)
    }

    fn path(&self, kind: &str, mode: u32) -> io::Result<PathBuf> {
        let directory = self.run.join(kind);
        if !directory.is_dir() {
            make(&self.run, 0o711)?;
            make(&directory, mode)?;
        }
        Ok(directory.join(self.number()))
    }

    fn number(&self) -> String {
        self.next.fetch_add(1, Ordering::Relaxed).to_string()
    }
}

fn make(path: &Path, mode: u32) -> io::Result<()> {
    match DirBuilder::new().mode(mode).create(path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    if fs::metadata(path).is_ok_and(|found| found.is_dir() && found.mode() & 0o7777 == mode) {
        return Ok(());
    }
    // The umask may have taken bits away; on a directory that the host made this may be refused.
    match fs::set_permissions(path, fs::Permissions::from_mode(mode)) {
        Err(error) if path.is_dir() => crate::sys::note(&format!("state directory: {error}")),
        other => other?,
    }
    Ok(())
}

//! Goes through a tree in the order of names.

use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use crate::files::directory::DEPTH;
use crate::names;

/// Numbers of the kernel's own file systems: their files have no end, or do things when read.
const KERNELS: [i64; 5] = [
    0x9fa0,      // proc
    0x6265_6572, // sysfs
    0x0027_e0eb, // cgroup
    0x6367_7270, // cgroup2
    0x6462_6720, // debugfs
];

/// What a walk comes by.
pub struct Entry {
    path: PathBuf,
    shown: PathBuf,
    kind: FileType,
    start: bool,
}

impl Entry {
    /// Where a walk starts.
    ///
    /// `shown` is the client's name for it.
    pub fn start(path: PathBuf, shown: &str, kind: FileType) -> Self {
        Self {
            path,
            shown: tidy(Path::new(shown)),
            kind,
            start: true,
        }
    }

    /// Whether this is the directory in which is searched, and not something in it.
    pub fn is_start_directory(&self) -> bool {
        self.start && self.kind.is_dir()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Of the entry itself, links not followed.
    pub fn kind(&self) -> FileType {
        self.kind
    }

    pub fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or(self.path.as_os_str())
    }

    /// The path as the client would write it.
    pub fn shown(&self) -> String {
        self.shown.to_string_lossy().into_owned()
    }

    fn below(&self, name: &OsStr, kind: FileType) -> Self {
        Self {
            path: self.path.join(name),
            shown: self.shown.join(name),
            kind,
            start: false,
        }
    }
}

/// Visits `start` and all below it, a directory before what it holds. Links are visited and not
/// followed. What may not be read, and what vanishes meanwhile, is passed over.
pub fn walk(start: Entry, visit: &mut dyn FnMut(&Entry) -> io::Result<()>) -> io::Result<()> {
    visit(&start)?;
    if !start.kind.is_dir() {
        return Ok(());
    }
    let inside_kernel = of_kernel(&start.path);
    let mut levels = vec![Level::open(start)];
    while let Some(level) = levels.last_mut() {
        let Some((name, kind)) = level.entries.pop() else {
            levels.pop();
            continue;
        };
        let entry = level.directory.below(&name, kind);
        visit(&entry)?;
        let deeper = kind.is_dir() && levels.len() < DEPTH;
        if deeper && (inside_kernel || !of_kernel(&entry.path)) {
            levels.push(Level::open(entry));
        }
    }
    Ok(())
}

/// A directory and those of its entries whose turn is to come, the last one first.
struct Level {
    directory: Entry,
    entries: Vec<(OsString, FileType)>,
}

impl Level {
    fn open(directory: Entry) -> Self {
        let mut entries: Vec<_> = fs::read_dir(&directory.path)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.file_name(), entry.file_type().ok()?)))
            .collect();
        entries.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        Self { directory, entries }
    }
}

/// A path without what leads nowhere: `./a//b/` is `a/b`.
fn tidy(path: &Path) -> PathBuf {
    (path.components())
        .filter(|component| *component != Component::CurDir)
        .collect()
}

fn of_kernel(path: &Path) -> bool {
    let Ok(path) = names::c_string(path.as_os_str().as_bytes()) else {
        return false;
    };
    // SAFETY: an all-zero statfs is valid, and the kernel fills it.
    let mut about: libc::statfs = unsafe { std::mem::zeroed() };
    // SAFETY: the path is a C string and the structure lives.
    let result = unsafe { libc::statfs(path.as_ptr(), &raw mut about) };
    result == 0 && KERNELS.contains(&(about.f_type as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_what_leads_nowhere() {
        for (path, shown) in [
            ("./a//b/", "a/b"),
            (".", ""),
            ("/", "/"),
            ("../a/./b", "../a/b"),
        ] {
            assert_eq!(tidy(Path::new(path)), Path::new(shown));
        }
    }
}

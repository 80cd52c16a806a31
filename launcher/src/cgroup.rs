//! Control groups: made with their limits, entered by a sandbox's first process itself.

use crate::fault::{At, Fault};
use crate::sys;
use crate::wire::{ControlGroup, Setting};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// Longest value of a limit that is compared.
const LONGEST_VALUE: usize = 64;

/// The groups that sandboxes' groups are made in.
pub struct Parents {
    directories: Vec<OwnedFd>,
    unified: bool,
}

/// One sandbox's groups, ready to be entered.
pub enum Groups {
    /// Version 2: a process is born in it.
    Unified(OwnedFd),
    /// Version 1: the file of each that a thread writes to, to enter alone.
    Separate(Vec<OwnedFd>),
}

impl Parents {
    /// Opens the groups, which exist.
    pub fn open(paths: &[String], unified: bool) -> Result<Self, Fault> {
        let directories = paths
            .iter()
            .map(|path| sys::open(&sys::path(path)?, libc::O_PATH | libc::O_DIRECTORY))
            .collect::<io::Result<_>>()
            .at("open the parent control groups")?;
        Ok(Self {
            directories,
            unified,
        })
    }

    /// Makes a sandbox's groups and sets their limits.
    pub fn make(&self, groups: &[ControlGroup]) -> Result<Groups, Fault> {
        if groups.len() != self.directories.len() {
            return Err(Fault::own("find the hierarchy of each control group"));
        }
        let made = self
            .directories
            .iter()
            .zip(groups)
            .map(|(parent, group)| make(parent.as_fd(), group))
            .collect::<Result<Vec<_>, Fault>>()?;
        if self.unified {
            let group = made.into_iter().next();
            return group
                .map(Groups::Unified)
                .ok_or_else(|| Fault::own("find the control group"));
        }
        let entrances = made
            .iter()
            .map(|group| sys::open_at(group.as_fd(), c"tasks", libc::O_WRONLY))
            .collect::<io::Result<_>>()
            .at("open the control groups")?;
        Ok(Groups::Separate(entrances))
    }

    /// Changes limits of groups that a sandbox is in.
    pub fn change(&self, groups: &[ControlGroup]) -> Result<(), Fault> {
        for (parent, group) in self.directories.iter().zip(groups) {
            if !group.settings.is_empty() {
                let directory = directory(parent.as_fd(), group).at("open the control groups")?;
                for setting in &group.settings {
                    set(directory.as_fd(), setting)?;
                }
            }
        }
        Ok(())
    }
}

impl Groups {
    /// The group that a process is to be born in.
    pub fn birthplace(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Self::Unified(group) => Some(group.as_fd()),
            Self::Separate(_) => None,
        }
    }

    /// Moves the calling thread, the only one of its process, where it is not already. A thread that
    /// moves itself by `tasks` is the one case in which the kernel takes no lock on all processes'
    /// groups, for which it may wait for milliseconds.
    pub fn enter(&self) -> Result<(), Fault> {
        if let Self::Separate(entrances) = self {
            for entrance in entrances {
                sys::write_all(entrance.as_fd(), b"0").at("enter the control groups")?;
            }
        }
        Ok(())
    }
}

/// Makes a group, or takes the one that the slot's last holder left.
fn make(parent: BorrowedFd<'_>, group: &ControlGroup) -> Result<OwnedFd, Fault> {
    let made = sys::path(&group.name).and_then(|name| sys::make_directory(parent, &name, 0o755));
    let is_new = match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
        other => other.at("make the control groups").map(|()| true)?,
    };
    let directory = directory(parent, group).at("open the control groups")?;
    for setting in &group.settings {
        if is_new || !is_set(directory.as_fd(), setting) {
            set(directory.as_fd(), setting)?;
        }
    }
    Ok(directory)
}

/// Whether a limit is what it shall be. To set one again makes the kernel look at all groups.
fn is_set(directory: BorrowedFd<'_>, setting: &Setting) -> bool {
    let mut buffer = [0; LONGEST_VALUE];
    let read = sys::path(&setting.file)
        .and_then(|name| sys::open_at(directory, &name, libc::O_RDONLY))
        .and_then(|file| sys::read(file.as_fd(), &mut buffer));
    read.ok()
        .and_then(|length| buffer.get(..length))
        .is_some_and(|value| value.trim_ascii_end() == setting.value.as_bytes())
}

fn directory(parent: BorrowedFd<'_>, group: &ControlGroup) -> io::Result<OwnedFd> {
    let name = sys::path(&group.name)?;
    sys::open_beneath(parent, &name, libc::O_PATH | libc::O_DIRECTORY)
}

fn set(directory: BorrowedFd<'_>, setting: &Setting) -> Result<(), Fault> {
    let file = sys::path(&setting.file)
        .and_then(|name| sys::open_at(directory, &name, libc::O_WRONLY))
        .and_then(|file| sys::write_all(file.as_fd(), setting.value.as_bytes()));
    file.at(&format!("set the limit {}", setting.file))
}

/// Moves this process into groups that it and its children stay in.
pub fn enter_all(directories: &[String]) -> Result<(), Fault> {
    for directory in directories {
        sys::path(&format!("{directory}/cgroup.procs"))
            .and_then(|path| sys::open(&path, libc::O_WRONLY))
            .and_then(|file| sys::write_all(file.as_fd(), b"0"))
            .at("enter the engine's control groups")?;
    }
    Ok(())
}

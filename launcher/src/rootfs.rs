//! Root file systems: an overlay over id-mapped layers, attached nowhere until a child takes it.

use crate::fault::{At, Fault};
use crate::mount::{self, Context, attribute};
use crate::room::SCRATCH;
use crate::sys;
use crate::wire::Launch;
use std::ffi::CString;
use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

const DIRECTORY: i32 = libc::O_PATH | libc::O_DIRECTORY;

/// How this kernel's overlay takes its layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As descriptors of detached mounts: Linux 6.15 and newer.
    Detached,
    /// As paths of attached mounts.
    Attached,
}

/// What an overlay is made of; ids on disk are as the sandbox sees them.
struct Parts {
    layers: Vec<OwnedFd>,
    writable: OwnedFd,
}

/// Makes the root file system of a sandbox. Device files in it do not open: an image or the sandbox
/// may have brought them.
pub fn make(
    way: Way,
    worker: usize,
    data: BorrowedFd<'_>,
    launch: &Launch,
    id_map: BorrowedFd<'_>,
) -> Result<OwnedFd, Fault> {
    let parts = Parts {
        layers: launch
            .layers
            .iter()
            .map(|layer| mapped(data, layer, id_map, attribute::READ_ONLY))
            .collect::<io::Result<_>>()
            .at("map the image's layers")?,
        writable: mapped(data, &launch.writable, id_map, 0).at("map the writable directory")?,
    };
    match way {
        Way::Detached => detached(&parts).at("mount the root file system"),
        Way::Attached => attached(&parts, worker).at("mount the root file system"),
    }
}

/// Finds the kernel's way out by trying the new one on an empty overlay.
pub fn find_way(ids: BorrowedFd<'_>) -> Result<Way, Fault> {
    match trial(ids) {
        Ok(_) => Ok(Way::Detached),
        Err(error) if error.raw_os_error() == Some(libc::EINVAL) => Ok(Way::Attached),
        Err(error) => Err(error).at("try the kernel's overlay"),
    }
}

fn trial(ids: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let overlay = Context::new(c"overlay")?;
    // They have to be open until the overlay is made.
    let layers = [trial_layer("trial-1", ids)?, trial_layer("trial-2", ids)?];
    for layer in &layers {
        overlay.descriptor(c"lowerdir+", layer.as_fd())?;
    }
    overlay.mount(attribute::READ_ONLY)
}

fn trial_layer(name: &str, ids: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let path = format!("{SCRATCH}/{name}");
    fs::create_dir_all(&path)?;
    let directory = sys::open(&sys::path(&path)?, DIRECTORY)?;
    let layer = mount::copy(directory.as_fd())?;
    mount::map_ids(layer.as_fd(), ids, attribute::READ_ONLY)?;
    Ok(layer)
}

fn mapped(
    data: BorrowedFd<'_>,
    path: &str,
    id_map: BorrowedFd<'_>,
    attributes: u64,
) -> io::Result<OwnedFd> {
    let directory = sys::open_beneath(data, &sys::path(path)?, DIRECTORY)?;
    let copy = mount::copy(directory.as_fd())?;
    mount::map_ids(copy.as_fd(), id_map, attributes)?;
    Ok(copy)
}

fn detached(parts: &Parts) -> io::Result<OwnedFd> {
    let overlay = Context::new(c"overlay")?;
    for layer in &parts.layers {
        overlay.descriptor(c"lowerdir+", layer.as_fd())?;
    }
    let upper = sys::open_at(parts.writable.as_fd(), c"upper", DIRECTORY)?;
    let work = sys::open_at(parts.writable.as_fd(), c"work", DIRECTORY)?;
    overlay.descriptor(c"upperdir", upper.as_fd())?;
    overlay.descriptor(c"workdir", work.as_fd())?;
    overlay.mount(attribute::NO_DEVICES)
}

fn attached(parts: &Parts, worker: usize) -> io::Result<OwnedFd> {
    let scratch = Scratch::new(worker)?;
    let mut lower = Vec::new();
    for (index, layer) in parts.layers.iter().enumerate() {
        lower.push(scratch.attach(layer.as_fd(), &index.to_string())?);
    }
    let writable = scratch.attach(parts.writable.as_fd(), "w")?;
    let options = format!(
        "lowerdir={},upperdir={writable}/upper,workdir={writable}/work",
        lower.join(":")
    );
    let root = scratch.place("root")?;
    let target = sys::path(&root)?;
    mount::mount_at(
        c"overlay",
        &target,
        libc::MS_NODEV,
        &CString::new(options).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?,
    )?;
    let mounted = sys::open(&target, DIRECTORY)?;
    mount::copy(mounted.as_fd())
}

/// A file system of its own for mount points, all of which go with it.
struct Scratch(String);

impl Scratch {
    fn new(worker: usize) -> io::Result<Self> {
        let path = format!("{SCRATCH}/{worker}");
        fs::create_dir_all(&path)?;
        let target = sys::path(&path)?;
        mount::mount_at(c"tmpfs", &target, 0, c"size=1m")?;
        Ok(Self(path))
    }

    fn place(&self, name: &str) -> io::Result<String> {
        let path = format!("{}/{name}", self.0);
        fs::create_dir(&path)?;
        Ok(path)
    }

    fn attach(&self, mount: BorrowedFd<'_>, name: &str) -> io::Result<String> {
        let path = self.place(name)?;
        let place = sys::open(&sys::path(&path)?, DIRECTORY)?;
        mount::attach(mount, place.as_fd())?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Ok(target) = sys::path(&self.0) {
            // What cannot be detached now goes with the launcher.
            let _ = mount::detach(&target);
        }
    }
}

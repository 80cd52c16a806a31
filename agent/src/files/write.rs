//! Receives a file: into a temporary one beside the target, which replaces it at the end.

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io::{self, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use super::{Place, info};
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::frame::Kind;
use crate::sys;
use crate::wire::WriteFile;
use crate::wire::response::Result as Reply;

/// Symbolic links followed to a target that does not exist yet.
const LINKS: usize = 16;

/// Receives the file. Fails when the connection breaks; then the target is as it was.
pub fn serve(
    connection: &mut Connection,
    place: &Place,
    request: &WriteFile,
) -> io::Result<Outcome<Reply>> {
    let path = match place.path(&request.path) {
        Ok(path) => path,
        Err(failure) => return Ok(Err(failure)),
    };
    let failed = |error| Err(Failure::of(format!("write {}", path.display()), &error));
    let mut upload = match Upload::open(&path, request.make_parents) {
        Ok(upload) => upload,
        Err(error) => return Ok(failed(error)),
    };
    loop {
        let frame = connection.receive()?;
        match frame.kind {
            Kind::Data => {
                if let Err(error) = upload.file.write_all(&frame.payload) {
                    return Ok(failed(error));
                }
                connection.decoder.recycle(frame.payload);
            }
            Kind::End => break,
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
    match upload.finish(request.mode).and_then(|()| info::of(&path)) {
        Ok(info) => Ok(Ok(Reply::File(info))),
        Err(error) => Ok(failed(error)),
    }
}

/// A file that is being received. Dropped before its end it leaves nothing.
struct Upload {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
    former: Option<Metadata>,
    done: bool,
}

impl Upload {
    fn open(path: &Path, make_parents: bool) -> io::Result<Self> {
        let target = resolve(path)?;
        let former = match writable(&target) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let parent = target
            .parent()
            .ok_or(io::Error::from_raw_os_error(libc::EISDIR))?;
        if make_parents && former.is_none() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(parent)?;
        }
        let temporary = parent.join(format!(".paddock-{}", sys::hex(&sys::random::<8>()?)));
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&temporary)?;
        Ok(Self {
            file,
            temporary,
            target,
            former,
            done: false,
        })
    }

    fn finish(mut self, mode: u32) -> io::Result<()> {
        let mode = match (mode, &self.former) {
            (0, Some(former)) => former.mode() & 0o7777,
            (0, None) => 0o644,
            (mode, _) => mode & 0o7777,
        };
        if let Some(former) = &self.former {
            // A user cannot give files away, and then becomes the owner of what he writes.
            let _ = fchown(&self.file, Some(former.uid()), Some(former.gid()));
        }
        self.file.set_permissions(Permissions::from_mode(mode))?;
        match fs::rename(&self.temporary, &self.target) {
            Ok(()) => self.done = true,
            // What is mounted at the target, like /etc/hosts, can only be overwritten.
            Err(error) if error.raw_os_error() == Some(libc::EBUSY) => self.overwrite()?,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn overwrite(&mut self) -> io::Result<()> {
        self.file.rewind()?;
        let mut target = File::options()
            .write(true)
            .truncate(true)
            .open(&self.target)?;
        io::copy(&mut self.file, &mut target).map(drop)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.done {
            // Its directory may be gone, and the file with it.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Checks that an existing target is a regular file that may be written.
fn writable(target: &Path) -> io::Result<Metadata> {
    let flags = libc::O_NONBLOCK | libc::O_NOFOLLOW;
    let opened = File::options().write(true).custom_flags(flags).open(target);
    let metadata = match opened {
        Ok(file) => file.metadata()?,
        // A program that runs cannot be opened for writing, but can be replaced.
        Err(error) if error.raw_os_error() == Some(libc::ETXTBSY) => fs::symlink_metadata(target)?,
        Err(error) => return Err(error),
    };
    match metadata.is_file() {
        true => Ok(metadata),
        false => Err(io::Error::from_raw_os_error(libc::EINVAL)),
    }
}

/// The file behind symbolic links, so that a link survives being written to.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(io::Error::from_raw_os_error(libc::EISDIR));
    }
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(target) => {
                let base = path.parent().unwrap_or(Path::new("/"));
                path = base.join(target);
            }
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::from_raw_os_error(libc::ELOOP))
}

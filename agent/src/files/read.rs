//! Sends a file, or a part of it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::{Place, info};
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::frame::Kind;
use crate::limits::STREAM_CHUNK;
use crate::users::Accounts;
use crate::wire::response::Result as Reply;
use crate::wire::{FileInfo, ReadFile};

pub fn serve(connection: &mut Connection, place: &Place, request: &ReadFile) -> io::Result<()> {
    let opened = place
        .path(&request.path)
        .and_then(|path| open(&path, request.offset));
    let (file, info) = match opened {
        Ok(opened) => opened,
        Err(failure) => return connection.reply(Err(failure)),
    };
    connection.reply(Ok(Reply::File(info)))?;
    let length = match request.length {
        0 => u64::MAX,
        length => length,
    };
    let mut source = file.take(length);
    let mut buffer = vec![0; STREAM_CHUNK];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return connection.send(Kind::End, &[]),
            Ok(n) => connection.send(Kind::Data, buffer.get(..n).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Without END the client knows that bytes are missing.
            Err(error) => return Err(error),
        }
    }
}

fn open(path: &Path, offset: u64) -> Outcome<(File, FileInfo)> {
    let failed = |error| Failure::of(format!("read {}", path.display()), &error);
    let file = File::options()
        .read(true)
        // Opening a pipe would wait for somebody who writes.
        .custom_flags(libc::O_NONBLOCK)
        .open(path)
        .map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(io::Error::from_raw_os_error(libc::EISDIR)));
    }
    if !metadata.is_file() {
        let reason = format!("{} is not a regular file.", path.display());
        return Err(Failure::invalid(reason));
    }
    if offset > 0 {
        (&file).seek(SeekFrom::Start(offset)).map_err(failed)?;
    }
    let info = info::describe(path, &metadata, &Accounts::load());
    Ok((file, info))
}

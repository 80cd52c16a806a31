//! Lists a directory, however large, in frames.

use std::fs::{self, ReadDir};
use std::io;
use std::path::Path;

use prost::Message;

use super::{Place, info};
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::frame::Kind;
use crate::users::Accounts;
use crate::wire::response::Result as Reply;
use crate::wire::{FileInfo, FileList, ListDirectory};

/// Files in one frame. With names and owners of the greatest length they stay below its limit.
const BATCH: usize = 64;

pub fn serve(
    connection: &mut Connection,
    place: &Place,
    request: &ListDirectory,
) -> io::Result<()> {
    let path = match place.path(&request.path) {
        Ok(path) => path,
        Err(failure) => return connection.reply(Err(failure)),
    };
    let (directory, entries) = match open(&path) {
        Ok(opened) => opened,
        Err(failure) => return connection.reply(Err(failure)),
    };
    connection.reply(Ok(Reply::File(directory)))?;
    let accounts = Accounts::load();
    let mut list = FileList::default();
    for entry in entries {
        let entry = entry?;
        // A file that vanishes while the directory is read is not there.
        if let Ok(metadata) = entry.metadata() {
            list.files
                .push(info::describe(&entry.path(), &metadata, &accounts));
        }
        if list.files.len() == BATCH {
            connection.send(Kind::Data, &list.encode_to_vec())?;
            list.files.clear();
        }
    }
    if !list.files.is_empty() {
        connection.send(Kind::Data, &list.encode_to_vec())?;
    }
    connection.send(Kind::End, &[])
}

fn open(path: &Path) -> Outcome<(FileInfo, ReadDir)> {
    let failed = |error| Failure::of(format!("list {}", path.display()), &error);
    let directory = info::of(path).map_err(failed)?;
    let entries = fs::read_dir(path).map_err(failed)?;
    Ok((directory, entries))
}

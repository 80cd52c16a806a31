//! Operations on files, with the rights of a user of the sandbox.

mod change;
mod copy;
mod directory;
mod find;
mod info;
mod list;
mod read;
mod remove;
mod rename;
mod rights;
mod write;

use std::io;
use std::path::PathBuf;

use crate::configuration::Configuration;
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::names;
use crate::wire::request::Operation;
use crate::wire::response::Result as Reply;

/// Serves one operation. The calling thread has the user's rights from then on, so it must end with
/// the connection. Returns the operation when it is none on files.
pub fn serve(
    connection: &mut Connection,
    operation: Operation,
    setting: Outcome<&Configuration>,
) -> io::Result<Option<Operation>> {
    let Some(user) = user_of(&operation) else {
        return Ok(Some(operation));
    };
    let place = match setting.and_then(|setting| enter(setting, user)) {
        Ok(place) => place,
        Err(failure) => return connection.reply(Err(failure)).map(|()| None),
    };
    let outcome = match operation {
        Operation::ListDirectory(request) => {
            return list::serve(connection, &place, &request).map(|()| None);
        }
        Operation::ReadFile(request) => {
            return read::serve(connection, &place, &request).map(|()| None);
        }
        Operation::FindText(request) => {
            return find::text(connection, &place, &request).map(|()| None);
        }
        Operation::FindNames(request) => {
            return find::names(connection, &place, &request).map(|()| None);
        }
        Operation::WriteFile(request) => write::serve(connection, &place, &request)?,
        other => change(&place, other),
    };
    connection.reply(outcome).map(|()| None)
}

fn change(place: &Place, operation: Operation) -> Outcome<Reply> {
    match operation {
        Operation::StatFile(request) => place.path(&request.path).and_then(|path| {
            let name = path.display();
            info::of(&path)
                .map(Reply::File)
                .map_err(|error| Failure::of(format!("look at {name}"), &error))
        }),
        Operation::MakeDirectory(request) => change::make_directory(place, &request),
        Operation::RenameFile(request) => rename::rename(place, &request),
        Operation::RemoveFile(request) => remove::remove(place, &request),
        Operation::ChangeMode(request) => change::change_mode(place, &request),
        Operation::ChangeOwner(request) => change::change_owner(place, &request),
        _ => Err(Failure::invalid("This is no operation on files.")),
    }
}

/// Whose rights an operation on files takes: "" for the configured user's, "0" for root's.
fn user_of(operation: &Operation) -> Option<&str> {
    Some(match operation {
        Operation::StatFile(request) => &request.user,
        Operation::ListDirectory(request) => &request.user,
        Operation::ReadFile(request) => &request.user,
        Operation::WriteFile(request) => &request.user,
        Operation::MakeDirectory(request) => &request.user,
        Operation::RenameFile(request) => &request.user,
        Operation::RemoveFile(request) => &request.user,
        Operation::ChangeMode(request) => &request.user,
        Operation::FindText(request) => &request.user,
        Operation::FindNames(request) => &request.user,
        Operation::ChangeOwner(_) => "0",
        _ => return None,
    })
}

/// Where relative paths start.
struct Place {
    base: PathBuf,
}

impl Place {
    fn path(&self, path: &str) -> Outcome<PathBuf> {
        names::absolute(path, &self.base)
    }
}

fn enter(setting: &Configuration, user: &str) -> Outcome<Place> {
    let user = setting.user(user)?;
    let base = setting.work_dir();
    rights::assume(&user.ids)?;
    Ok(Place { base })
}

//! Workers: processes with one thread, which may fork at any time. All wait on the same socket, and
//! the kernel hands each request to one of them.

use crate::channel::{self, Packet};
use crate::fault::{At, Fault};
use crate::host::Host;
use crate::wire::request::Operation;
use crate::wire::{Cell, Done, Failure, Reply, Request, reply};
use crate::{cell, idmap, launch, sys};
use prost::Message;
use std::ffi::c_ulong;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

type Answer = (reply::Result, Option<OwnedFd>);

/// Serves requests until the engine is gone.
fn serve(host: &Host, number: usize, socket: BorrowedFd<'_>) -> io::Result<()> {
    sys::forget_children()?;
    while let Some(packet) = channel::receive(socket)? {
        let request = Request::decode(packet.bytes.as_slice()).map_err(io::Error::other)?;
        let id = request.id;
        let (result, descriptor) =
            answer(host, number, request, packet).unwrap_or_else(|fault| (failure(fault), None));
        reply(socket, id, result, descriptor)?;
    }
    Ok(())
}

fn answer(host: &Host, number: usize, request: Request, packet: Packet) -> Result<Answer, Fault> {
    match request.operation {
        Some(Operation::Launch(what)) => {
            let given = launch::Given::from(packet.descriptors)?;
            launch::launch(host, number, &what, &given)?;
            Ok((reply::Result::Done(Done {}), None))
        }
        Some(Operation::MakeCell(what)) => {
            let given = cell::Given::from(packet.descriptors)?;
            let born = cell::make(host, &what, given)?;
            let cell = Cell { pid: born.pid };
            Ok((reply::Result::Cell(cell), Some(born.pidfd)))
        }
        Some(Operation::MakeIdMap(what)) => {
            let namespace = idmap::namespace(what.first_id, what.ids)?;
            Ok((reply::Result::Done(Done {}), Some(namespace)))
        }
        None => Err(Fault::own("understand the request")),
    }
}

/// Tells the engine whether the launcher is ready.
pub fn report(socket: BorrowedFd<'_>, outcome: Result<(), Fault>) -> io::Result<()> {
    let result = outcome.map_or_else(failure, |()| reply::Result::Done(Done {}));
    reply(socket, 0, result, None)
}

fn failure(fault: Fault) -> reply::Result {
    reply::Result::Failure(Failure {
        step: fault.step,
        errno: fault.errno,
    })
}

fn reply(
    socket: BorrowedFd<'_>,
    id: u64,
    result: reply::Result,
    descriptor: Option<OwnedFd>,
) -> io::Result<()> {
    let reply = Reply {
        id,
        result: Some(result),
    };
    let descriptor = descriptor.as_ref().map(AsFd::as_fd);
    channel::send(socket, &reply.encode_to_vec(), descriptor)
}

/// Makes the workers and waits until one of them ends. All others end with this process then, and
/// the engine, which sees the socket closed, starts another launcher.
pub fn run(host: &Host, count: usize, socket: BorrowedFd<'_>) -> Result<(), Fault> {
    let parent = std::process::id();
    for number in 0..count {
        // SAFETY: this process has one thread.
        if unsafe { sys::fork() }.at("make a worker")? == 0 {
            let ended = tie_to(parent).and_then(|()| serve(host, number, socket));
            std::process::exit(i32::from(ended.is_err()));
        }
    }
    sys::wait().at("wait for a worker").map(drop)
}

/// Ends with the parent, even where that has ended already.
fn tie_to(parent: u32) -> io::Result<()> {
    sys::control(libc::PR_SET_PDEATHSIG, libc::SIGKILL as c_ulong)?;
    if std::os::unix::process::parent_id() == parent {
        Ok(())
    } else {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

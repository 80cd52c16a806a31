//! Making a cell, the host's side of it: all of a sandbox that does not depend on what it is for.

use crate::cgroup::Groups;
use crate::child::{self, Inheritance};
use crate::fault::{At, Fault};
use crate::host::Host;
use crate::room::Cover;
use crate::sys::{self, Born};
use crate::wire::MakeCell;
use crate::{devices, idmap};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

const NAMESPACES: i32 = libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC;

/// The descriptors that come with the request.
pub struct Given {
    /// The agent's listening socket.
    pub socket: OwnedFd,
    /// The sandbox's network namespace.
    pub network: OwnedFd,
}

impl Given {
    /// Takes the descriptors in their order.
    pub fn from(descriptors: Vec<OwnedFd>) -> Result<Self, Fault> {
        let mut all = descriptors.into_iter();
        match (all.next(), all.next()) {
            (Some(socket), Some(network)) => Ok(Self { socket, network }),
            _ => Err(Fault::own("find the request's descriptors")),
        }
    }
}

/// How far a cell that nobody waits for gives way: to a tenth of a processor that others want, which
/// is not so little that what it holds in the kernel would keep them waiting.
const GIVING_WAY: i32 = 10;

/// Makes a cell; returns when its first process runs the agent. When it fails, the process is gone;
/// control groups may be left for the engine to remove.
pub fn make(host: &Host, what: &MakeCell, given: Given) -> Result<Born, Fault> {
    if !what.ahead {
        return make_now(host, what, given);
    }
    sys::set_niceness(None, GIVING_WAY).at("give way to others")?;
    let made = make_now(host, what, given);
    sys::set_niceness(None, 0).at("stop giving way")?;
    made
}

fn make_now(host: &Host, what: &MakeCell, given: Given) -> Result<Born, Fault> {
    let groups = host.groups.make(&what.control_groups)?;
    let dev = devices::make(what.first_id)?;
    let limits = host.room.proc_limits.iter().map(Cover::copy);
    let limits = limits
        .collect::<Result<_, _>>()
        .at("copy the files with limits")?;
    let (mapped, tell_mapped) = sys::pipe().at("make a pipe")?;
    let (faults, tell_fault) = sys::pipe().at("make a pipe")?;
    let inheritance = Inheritance {
        socket: given.socket,
        dev,
        limits,
        mapped,
        tell_fault,
    };
    let Some(born) = born(host, &groups, given.network.as_fd())? else {
        drop(tell_mapped);
        child::run(host, &groups, &inheritance);
    };
    drop(inheritance);
    let outcome = idmap::set(&born, what.first_id, what.ids)
        .and_then(|()| sys::write_all(tell_mapped.as_fd(), b"m").at("wake the first process"))
        .and_then(|()| child::outcome(faults.as_fd()))
        // It was born as considerate as this process.
        .and_then(|()| sys::set_niceness(Some(&born), 0).at("let the sandbox work as usual"));
    match outcome {
        Ok(()) => Ok(born),
        Err(fault) => {
            sys::signal(born.pidfd.as_fd(), libc::SIGKILL);
            Err(fault)
        }
    }
}

/// Makes the process. The network namespace belongs to the host, so that only the host's root can
/// enter it; a child then is born there.
fn born(host: &Host, groups: &Groups, network: BorrowedFd<'_>) -> Result<Option<Born>, Fault> {
    sys::enter(network, libc::CLONE_NEWNET).at("enter the network namespace")?;
    // SAFETY: workers have one thread.
    let born = unsafe { sys::clone(NAMESPACES, groups.birthplace()) };
    if matches!(born, Ok(None)) {
        return Ok(None);
    }
    let back = sys::enter(host.network.as_fd(), libc::CLONE_NEWNET);
    let born = born.at("make the first process")?;
    back.at("return from the network namespace")?;
    Ok(born)
}

//! From the engine's first message to a launcher that is ready.

use crate::cgroup::{self, Parents};
use crate::fault::{At, Fault};
use crate::launch::Host;
use crate::room::Room;
use crate::seccomp::Filter;
use crate::wire::Policy;
use crate::{idmap, rootfs, sys};
use std::os::fd::AsFd;

/// An id of the host that nothing belongs to, for trying things out.
const NOBODYS: u32 = 0x0fff_0000;

/// Gets everything ready that launches have in common.
pub fn host(policy: Policy) -> Result<Host, Fault> {
    // SAFETY: plain umask.
    unsafe { libc::umask(0) };
    let network = sys::open(c"/proc/self/ns/net", libc::O_RDONLY);
    let network = network.at("open the network namespace")?;
    let groups = Parents::open(&policy.control_groups, policy.unified)?;
    cgroup::enter_all(&policy.entered_groups)?;
    let room = Room::enter(&policy)?;
    let way = rootfs::find_way(idmap::namespace(NOBODYS, 1)?.as_fd())?;
    Ok(Host {
        filter: Filter::new(&policy.rules),
        policy,
        room,
        groups,
        way,
        network,
    })
}

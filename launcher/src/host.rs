//! From the engine's first message to a launcher that is ready.

use crate::cgroup::{self, Parents};
use crate::fault::{At, Fault};
use crate::room::Room;
use crate::rootfs::{self, Way};
use crate::seccomp::Filter;
use crate::wire::Policy;
use crate::{idmap, sys};
use std::os::fd::{AsFd, OwnedFd};

/// An id of the host that nothing belongs to, for trying things out.
const NOBODYS: u32 = 0x0fff_0000;

/// What all sandboxes of a launcher have in common.
pub struct Host {
    /// What sandboxes may do.
    pub policy: Policy,
    /// The mount namespace with the shared parts.
    pub room: Room,
    /// The filter of system calls.
    pub filter: Filter,
    /// The parents of the control groups.
    pub groups: Parents,
    /// How root file systems are mounted here.
    pub way: Way,
    /// The host's network namespace.
    pub network: OwnedFd,
    /// A process that is, and stays, in the launcher's own namespaces.
    pub home: OwnedFd,
}

impl Host {
    /// Gets everything ready that sandboxes have in common.
    pub fn prepare(policy: Policy) -> Result<Self, Fault> {
        // SAFETY: plain umask.
        unsafe { libc::umask(0) };
        let network = sys::open(c"/proc/self/ns/net", libc::O_RDONLY);
        let network = network.at("open the network namespace")?;
        let home = sys::this_process().at("open the launcher's process")?;
        let groups = Parents::open(&policy.control_groups, policy.unified)?;
        cgroup::enter_all(&policy.entered_groups)?;
        let room = Room::enter(&policy)?;
        let way = rootfs::find_way(idmap::namespace(NOBODYS, 1)?.as_fd())?;
        Ok(Self {
            filter: Filter::new(&policy.rules),
            policy,
            room,
            groups,
            way,
            network,
            home,
        })
    }
}

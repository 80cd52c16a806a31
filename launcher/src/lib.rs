//! The host side of a Paddock runner: it turns the description of a sandbox into its running first
//! process.
//!
//! It is told what to do by the engine, through the socket at descriptor 3, and decides nothing by
//! itself: `proto/launcher.proto` is its whole interface. A sandbox is made in two steps: [`cell`] and,
//! inside of the new process, [`child`] make all that does not depend on its image, which can be done
//! ahead; [`launch`] gives that a root file system.

pub mod cell;
pub mod cgroup;
pub mod channel;
pub mod child;
pub mod devices;
pub mod fault;
pub mod host;
pub mod idmap;
pub mod launch;
pub mod mount;
pub mod room;
pub mod rootfs;
pub mod seccomp;
pub mod sys;
pub mod worker;

/// The messages of the protocol.
#[allow(missing_docs)]
pub mod wire {
    include!(concat!(env!("OUT_DIR"), "/paddock.launcher.v1.rs"));
}

//! The host side of a Paddock runner: it turns the description of a sandbox into its running first
//! process, in the few milliseconds that the kernel needs for that.
//!
//! It is told what to do by the engine, through the socket at descriptor 3, and decides nothing by
//! itself: `proto/launcher.proto` is its whole interface. A request goes through [`worker`],
//! [`launch`] and, inside the new process, [`child`].

pub mod cgroup;
pub mod channel;
pub mod child;
pub mod devices;
pub mod fault;
pub mod idmap;
pub mod launch;
pub mod mount;
pub mod prepare;
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

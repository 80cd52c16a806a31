//! PID 1 of a Paddock sandbox. It reaps, runs commands, keeps sessions and terminals, and works on
//! files for the host, over the protocol that `docs/agent-protocol.md` describes.

pub mod agent;
pub mod frame;
pub mod limits;
pub mod users;

mod command;
mod configuration;
mod connection;
mod direct;
mod dispatch;
mod exec;
mod failure;
mod files;
mod hosts;
mod metrics;
mod names;
mod net;
mod process;
mod reaper;
mod root;
mod session;
mod shell;
mod shutdown;
mod spawn;
mod state;
mod stream;
mod sys;
mod terminal;
mod usage;

/// The messages of `agent/proto/agent.proto`, generated.
#[allow(missing_docs, clippy::all)]
pub mod wire {
    include!(concat!(env!("OUT_DIR"), "/paddock.agent.v1.rs"));
}

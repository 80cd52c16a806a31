//! `paddock-launcher`: takes no arguments; descriptor 3 is its socket to the engine.

use paddock_launcher::fault::{At, Fault};
use paddock_launcher::host::Host;
use paddock_launcher::wire::Policy;
use paddock_launcher::{channel, worker};
use prost::Message;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};
use std::process::ExitCode;

const SOCKET: i32 = 3;

fn main() -> ExitCode {
    // SAFETY: plain fcntl; it fails on a number that is not open.
    if unsafe { libc::fcntl(SOCKET, libc::F_SETFD, libc::FD_CLOEXEC) } < 0 {
        eprintln!("paddock-launcher is started by the engine, which gives it a socket");
        return ExitCode::FAILURE;
    }
    // What a person types at the engine's terminal is for the engine. Fails where this is so already.
    // SAFETY: plain setsid.
    let _ = unsafe { libc::setsid() };
    // SAFETY: the descriptor is open, and this process's own.
    let socket = unsafe { OwnedFd::from_raw_fd(SOCKET) };
    match run(socket.as_fd()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            // The engine may be gone, which is then the reason.
            let _ = worker::report(socket.as_fd(), Err(fault));
            ExitCode::FAILURE
        }
    }
}

fn run(socket: BorrowedFd<'_>) -> Result<(), Fault> {
    let Some(first) = channel::receive(socket).at("hear from the engine")? else {
        return Ok(());
    };
    let policy = Policy::decode(first.bytes.as_slice());
    let policy = policy.map_err(|_| Fault::own("understand the policy"))?;
    let workers = policy.workers.clamp(1, 64) as usize;
    let host = Host::prepare(policy)?;
    worker::report(socket, Ok(())).at("tell the engine")?;
    worker::run(&host, workers, socket)
}

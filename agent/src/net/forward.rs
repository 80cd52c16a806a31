//! Listeners that make ports reachable which only listen on the sandbox's loopback.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{connect_loopback, relay};
use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::sys::{self, lock};
use crate::wire::error::Code;

/// How long a port of the loopback may take to accept.
const PATIENCE: Duration = Duration::from_secs(5);
/// Stack of a relaying thread, in bytes.
const STACK: usize = 64 * 1024;
/// Pause after an accept that failed because too many files are open.
const PAUSE: Duration = Duration::from_millis(50);

static RELAYS: AtomicUsize = AtomicUsize::new(0);

/// The relaying listeners by the port they lead to.
#[derive(Default)]
pub struct Forwards(Mutex<BTreeMap<u16, u16>>);

impl Forwards {
    /// The listener for a port, made when there is none. Fails when nothing listens on the port.
    pub fn open(&self, port: u32) -> Outcome<u16> {
        let port = u16::try_from(port).ok().filter(|port| *port > 0);
        let port = port.ok_or_else(|| Failure::invalid("A port is a number from 1 to 65535."))?;
        if connect_loopback(port, PATIENCE).is_err() {
            let reason = format!("Nothing listens on port {port}.");
            return Err(Failure::new(Code::ConnectionRefused, reason));
        }
        let mut all = lock(&self.0);
        if let Some(listen) = all.get(&port) {
            return Ok(*listen);
        }
        if all.len() >= limits::FORWARDS {
            return Err(Failure::exhausted("Too many ports are forwarded."));
        }
        let failed = |error| Failure::of(format!("forward port {port}"), &error);
        let listener = listen().map_err(failed)?;
        let listen = listener.local_addr().map_err(failed)?.port();
        let thread = thread::Builder::new()
            .name("forward".into())
            .stack_size(STACK);
        thread
            .spawn(move || accept(&listener, port))
            .map_err(failed)?;
        all.insert(port, listen);
        Ok(listen)
    }

    /// True for a port that is the agent's own listener.
    pub fn owns(&self, port: u16) -> bool {
        lock(&self.0).values().any(|listen| *listen == port)
    }
}

fn listen() -> io::Result<TcpListener> {
    let any: [SocketAddr; 2] = [
        (Ipv6Addr::UNSPECIFIED, 0).into(),
        (Ipv4Addr::UNSPECIFIED, 0).into(),
    ];
    TcpListener::bind(any.as_slice())
}

fn accept(listener: &TcpListener, port: u16) {
    loop {
        match listener.accept() {
            Ok((near, _)) => admit(near, port),
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                sys::note(&format!("forward {port}: {error}"));
                thread::sleep(PAUSE);
            }
        }
    }
}

/// Serves a connection; one too many is closed.
fn admit(near: TcpStream, port: u16) {
    if RELAYS.fetch_add(1, Ordering::Relaxed) >= limits::RELAYS {
        RELAYS.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    let thread = thread::Builder::new()
        .name("relay".into())
        .stack_size(STACK);
    let spawned = thread.spawn(move || {
        // Either side may break at any time; both see their connection close.
        let _ = pass(&near, port);
        RELAYS.fetch_sub(1, Ordering::Relaxed);
    });
    if spawned.is_err() {
        RELAYS.fetch_sub(1, Ordering::Relaxed);
    }
}

fn pass(near: &TcpStream, port: u16) -> io::Result<()> {
    near.set_nodelay(true)?;
    let far = connect_loopback(port, PATIENCE)?;
    relay::run(near, &far)
}

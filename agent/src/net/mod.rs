//! TCP ports of the sandbox.

pub mod dial;
pub mod forward;
pub mod ports;
mod relay;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// The sandbox's own addresses, in the order in which they are tried.
const LOOPBACK: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::LOCALHOST),
    IpAddr::V6(Ipv6Addr::LOCALHOST),
];

/// Connects to a port on the loopback.
fn connect_loopback(port: u16, timeout: Duration) -> io::Result<TcpStream> {
    connect(&LOOPBACK, port, timeout)
}

/// Connects to the first address that answers. Fails as the first address did.
fn connect(addresses: &[IpAddr], port: u16, timeout: Duration) -> io::Result<TcpStream> {
    let mut failure = None;
    for address in addresses {
        match TcpStream::connect_timeout(&SocketAddr::new(*address, port), timeout) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => drop(failure.get_or_insert(error)),
        }
    }
    Err(failure.unwrap_or_else(|| io::Error::from_raw_os_error(libc::ECONNREFUSED)))
}

//! Connects a client to a TCP port inside the sandbox.

use std::io;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::time::Duration;

use super::{LOOPBACK, connect};
use crate::connection::Connection;
use crate::failure::{Failure, Outcome};
use crate::frame::Kind;
use crate::process::input::Input;
use crate::stream::FrameStream;
use crate::sys::{self, PollSet};
use crate::users;
use crate::wire::Dial;
use crate::wire::error::Code;

/// Used when the client names no time-out.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes passed at once.
const CHUNK: usize = 64 * 1024;

pub fn serve(mut connection: Connection, request: &Dial) -> io::Result<()> {
    match open(request) {
        Err(failure) => connection.reply(Err(failure)),
        Ok(peer) => {
            connection.reply_ok()?;
            relay(FrameStream::of(connection)?, peer)
        }
    }
}

fn open(request: &Dial) -> Outcome<TcpStream> {
    let port = u16::try_from(request.port).ok().filter(|port| *port > 0);
    let port = port.ok_or_else(|| Failure::invalid("A port is a number from 1 to 65535."))?;
    let addresses = addresses(&request.host)?;
    let timeout = match request.timeout_millis {
        0 => PATIENCE,
        millis => Duration::from_millis(millis.into()),
    };
    connect(&addresses, port, timeout).map_err(|error| match error.kind() {
        io::ErrorKind::TimedOut => Failure::new(
            Code::TimedOut,
            format!("Port {port} did not answer in time."),
        ),
        _ => Failure::of(format!("connect to port {port}"), &error),
    })
}

/// The addresses of a host: a number, `localhost`, or a name in the sandbox's /etc/hosts.
fn addresses(host: &str) -> Outcome<Vec<IpAddr>> {
    if host.is_empty() || host == "localhost" {
        return Ok(LOOPBACK.to_vec());
    }
    if let Ok(address) = host.parse() {
        return Ok(vec![address]);
    }
    let hosts = users::text("/etc/hosts");
    let named = hosts.lines().filter_map(|line| {
        let mut fields = line.split('#').next()?.split_whitespace();
        let address = fields.next()?.parse().ok()?;
        fields.any(|name| name == host).then_some(address)
    });
    let named: Vec<IpAddr> = named.take(8).collect();
    if named.is_empty() {
        return Err(Failure::invalid(
            "The host must be an address, localhost or a name in the sandbox's /etc/hosts.",
        ));
    }
    Ok(named)
}

/// Passes bytes until both directions have ended.
fn relay(mut client: FrameStream, peer: TcpStream) -> io::Result<()> {
    peer.set_nonblocking(true)?;
    let mut to_peer = Input::to(peer.try_clone()?.into());
    let (mut peer_ended, mut client_ended) = (false, false);
    let mut buffer = vec![0; CHUNK];
    let mut set = PollSet::default();
    while !peer_ended || !client_ended || client.pending() {
        set.clear();
        let reads = !client_ended && to_peer.has_room();
        // A client who has hung up but is not read yet, for want of room, would end every wait.
        let watched = reads || client_ended || client.pending();
        let frames = watched.then(|| set.add(client.as_fd(), reads, client.pending()));
        let bytes = (!peer_ended && !client.pending()).then(|| set.add(peer.as_fd(), true, false));
        let blocked = to_peer.blocked().map(|fd| set.add(fd, false, true));
        set.wait(None)?;
        if frames.is_some_and(|slot| set.writable(slot)) {
            client.flush()?;
        }
        if client_ended && frames.is_some_and(|slot| set.hung_up(slot)) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        if blocked.is_some_and(|slot| set.writable(slot)) {
            to_peer.advance();
        }
        if bytes.is_some_and(|slot| set.readable(slot)) {
            match sys::read_some(peer.as_fd(), &mut buffer)? {
                Some(0) => {
                    peer_ended = true;
                    client.send(Kind::End, &[])?;
                }
                Some(n) => client.send(Kind::Data, buffer.get(..n).unwrap_or_default())?,
                None => {}
            }
        }
        if frames.is_some_and(|slot| set.readable(slot)) {
            while let Some(frame) = client.receive()? {
                match frame.kind {
                    // A peer that reads no more loses what comes; its own end is seen above.
                    Kind::Data => drop(to_peer.push(&frame.payload)),
                    Kind::End => client_ended = true,
                    _ => return Err(io::ErrorKind::InvalidData.into()),
                }
                if !to_peer.has_room() {
                    break;
                }
            }
        }
        if client_ended && to_peer.blocked().is_none() {
            // It may have closed the connection already.
            let _ = peer.shutdown(Shutdown::Write);
        }
    }
    Ok(())
}

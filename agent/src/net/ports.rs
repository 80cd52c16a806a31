//! Which TCP ports listen.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use super::forward::Forwards;
use crate::wire::{ListeningPort, PortList};

/// Most that is read of the kernel's table, in bytes.
const TABLE: u64 = 16 << 20;
/// State of a listening socket in the kernel's table.
const LISTEN: &str = "0A";

/// All listening ports in order, without the agent's own.
pub fn list(forwards: &Forwards) -> PortList {
    let mut found = BTreeMap::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        // Without IPv6 the second does not exist.
        let Ok(file) = File::open(table) else {
            continue;
        };
        for line in BufReader::new(file.take(TABLE))
            .lines()
            .map_while(Result::ok)
        {
            if let Some((port, loopback)) = parse(&line) {
                *found.entry(port).or_insert(true) &= loopback;
            }
        }
    }
    let ports = found.into_iter().filter(|(port, _)| !forwards.owns(*port));
    PortList {
        ports: ports
            .map(|(port, loopback_only)| ListeningPort {
                port: port.into(),
                loopback_only,
            })
            .collect(),
    }
}

/// The port of a listening socket, and whether it is reached by the loopback only.
fn parse(line: &str) -> Option<(u16, bool)> {
    let mut fields = line.split_whitespace().skip(1);
    let (address, port) = fields.next()?.split_once(':')?;
    if fields.nth(1)? != LISTEN {
        return None;
    }
    let port = u16::from_str_radix(port, 16).ok()?;
    Some((port, is_loopback(address)))
}

/// Addresses are words of 32 bits in the byte order of the machine, in hexadecimal.
fn is_loopback(address: &str) -> bool {
    let Some(Ok(last)) = address
        .len()
        .checked_sub(8)
        .and_then(|at| address.get(at..))
        .map(|word| u32::from_str_radix(word, 16).map(u32::to_ne_bytes))
    else {
        return false;
    };
    if address.len() == 8 {
        return last[0] == 127;
    }
    let mapped = address.get(16..24) == Some("FFFF0000") && last[0] == 127;
    let one = address
        .get(..24)
        .is_some_and(|zero| zero.bytes().all(|b| b == b'0'));
    mapped || (one && last == [0, 0, 0, 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn loopback_and_other_listeners_are_told_apart() {
        let row = |address: &str, state: &str| {
            parse(&format!(
                "   0: {address}:0BB8 00000000:0000 {state} 00000000:00000000"
            ))
        };
        assert_eq!(row("0100007F", "0A"), Some((3000, true)));
        assert_eq!(row("00000000", "0A"), Some((3000, false)));
        assert_eq!(row("0100007F", "01"), None);
        assert_eq!(
            row("00000000000000000000000001000000", "0A"),
            Some((3000, true))
        );
        assert_eq!(
            row("00000000000000000000000000000000", "0A"),
            Some((3000, false))
        );
        assert_eq!(
            row("0000000000000000FFFF00000100007F", "0A"),
            Some((3000, true))
        );
    }

    proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in ".{0,200}") {
            let _ = parse(&line);
        }
    }
}

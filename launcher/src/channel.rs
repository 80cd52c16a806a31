//! The socket to the engine: one message a packet, descriptors beside it.

use crate::sys::check;
use std::ffi::c_int;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::ptr;

/// Largest message in bytes.
pub const LARGEST: usize = 64 * 1024;

/// Most descriptors with one message.
pub const MOST_DESCRIPTORS: usize = 4;

/// Room for the descriptors and their header.
const ANCILLARY: usize = 64;

/// A message and what came with it.
pub struct Packet {
    /// The message's bytes.
    pub bytes: Vec<u8>,
    /// The descriptors, closed on exec.
    pub descriptors: Vec<OwnedFd>,
}

#[repr(align(8))]
struct Ancillary(MaybeUninit<[u8; ANCILLARY]>);

/// Waits for a message; `None` when the engine is gone.
pub fn receive(socket: BorrowedFd<'_>) -> io::Result<Option<Packet>> {
    let mut bytes = vec![0u8; LARGEST];
    let mut ancillary = Ancillary(MaybeUninit::uninit());
    let mut part = libc::iovec {
        iov_base: bytes.as_mut_ptr().cast(),
        iov_len: bytes.len(),
    };
    let mut header = header(&mut part, &mut ancillary, ANCILLARY);
    let length = loop {
        // SAFETY: the header points to buffers that outlive the call.
        let n =
            unsafe { libc::recvmsg(socket.as_raw_fd(), &raw mut header, libc::MSG_CMSG_CLOEXEC) };
        match check(n as i64) {
            Ok(n) => break n as usize,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    };
    let descriptors = descriptors_of(&header);
    if header.msg_flags & (libc::MSG_TRUNC | libc::MSG_CTRUNC) != 0 {
        return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
    }
    if length == 0 {
        return Ok(None);
    }
    bytes.truncate(length);
    Ok(Some(Packet { bytes, descriptors }))
}

/// Sends a message, with at most one descriptor.
pub fn send(
    socket: BorrowedFd<'_>,
    bytes: &[u8],
    descriptor: Option<BorrowedFd<'_>>,
) -> io::Result<()> {
    let mut ancillary = Ancillary(MaybeUninit::zeroed());
    let mut part = libc::iovec {
        iov_base: bytes.as_ptr().cast_mut().cast(),
        iov_len: bytes.len(),
    };
    let size = size_of::<c_int>() as u32;
    // SAFETY: plain arithmetic.
    let space = descriptor.map_or(0, |_| unsafe { libc::CMSG_SPACE(size) } as usize);
    let header = header(&mut part, &mut ancillary, space);
    if let Some(descriptor) = descriptor {
        // SAFETY: the header points to a zeroed buffer with room for one descriptor.
        unsafe {
            let first = libc::CMSG_FIRSTHDR(&raw const header);
            (*first).cmsg_level = libc::SOL_SOCKET;
            (*first).cmsg_type = libc::SCM_RIGHTS;
            (*first).cmsg_len = libc::CMSG_LEN(size) as usize;
            let data = libc::CMSG_DATA(first).cast::<c_int>();
            ptr::write_unaligned(data, descriptor.as_raw_fd());
        }
    }
    // SAFETY: the header points to buffers that outlive the call.
    let n = unsafe { libc::sendmsg(socket.as_raw_fd(), &raw const header, libc::MSG_NOSIGNAL) };
    check(n as i64).map(drop)
}

fn header(part: &mut libc::iovec, ancillary: &mut Ancillary, space: usize) -> libc::msghdr {
    // SAFETY: all-zero is a valid msghdr.
    let mut header: libc::msghdr = unsafe { std::mem::zeroed() };
    header.msg_iov = part;
    header.msg_iovlen = 1;
    if space > 0 {
        header.msg_control = ancillary.0.as_mut_ptr().cast();
        header.msg_controllen = space;
    }
    header
}

fn descriptors_of(header: &libc::msghdr) -> Vec<OwnedFd> {
    let mut found = Vec::new();
    // SAFETY: the kernel filled the buffer in; the macros stay inside of what it filled.
    unsafe {
        let mut entry = libc::CMSG_FIRSTHDR(header);
        while !entry.is_null() {
            if (*entry).cmsg_level == libc::SOL_SOCKET && (*entry).cmsg_type == libc::SCM_RIGHTS {
                let data = libc::CMSG_DATA(entry).cast::<c_int>();
                let bytes = (*entry).cmsg_len - libc::CMSG_LEN(0) as usize;
                for index in 0..bytes / size_of::<c_int>() {
                    let fd = ptr::read_unaligned(data.add(index));
                    found.push(OwnedFd::from_raw_fd(fd));
                }
            }
            entry = libc::CMSG_NXTHDR(header, entry);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixDatagram;

    #[test]
    fn a_message_arrives_with_its_descriptor() {
        let (left, right) = UnixDatagram::pair().unwrap();
        let file = std::fs::File::open("/dev/null").unwrap();
        send(left.as_fd(), b"hello", Some(file.as_fd())).unwrap();
        let packet = receive(right.as_fd()).unwrap().unwrap();
        assert_eq!(packet.bytes, b"hello");
        assert_eq!(packet.descriptors.len(), 1);
    }

    #[test]
    fn a_message_may_come_alone() {
        let (left, right) = UnixDatagram::pair().unwrap();
        send(left.as_fd(), b"hello", None).unwrap();
        let packet = receive(right.as_fd()).unwrap().unwrap();
        assert!(packet.descriptors.is_empty());
    }

    #[test]
    fn a_message_beyond_the_bound_is_refused() {
        let (left, right) = UnixDatagram::pair().unwrap();
        send(left.as_fd(), &vec![0; LARGEST + 1], None).unwrap();
        assert!(receive(right.as_fd()).is_err());
    }
}

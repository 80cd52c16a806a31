//! What an operation answers when it cannot be done.

use std::io;

use crate::wire::error::Code;

/// A code for the client and a sentence for a person.
#[derive(Debug)]
pub struct Failure {
    pub code: Code,
    pub message: String,
}

pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidArgument, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    pub fn exhausted(message: impl Into<String>) -> Self {
        Self::new(Code::ResourceExhausted, message)
    }

    /// The failure of a system call: `doing` is what was tried, as in "read /etc/motd".
    pub fn of(doing: impl AsRef<str>, error: &io::Error) -> Self {
        let doing = doing.as_ref();
        let (code, reason) = explain(error);
        match reason {
            Some(reason) => Self::new(code, format!("Cannot {doing}: {reason}.")),
            None => Self::new(code, format!("Cannot {doing}: {error}.")),
        }
    }
}

fn explain(error: &io::Error) -> (Code, Option<&'static str>) {
    let (code, reason) = match error.raw_os_error().unwrap_or(0) {
        libc::ENOENT => (Code::NotFound, "no such file or directory"),
        libc::ESRCH => (Code::Gone, "the process has ended"),
        libc::EEXIST => (Code::AlreadyExists, "it exists already"),
        libc::EACCES | libc::EPERM => (Code::PermissionDenied, "permission denied"),
        libc::EROFS => (Code::PermissionDenied, "the file system is read-only"),
        libc::ETXTBSY => (Code::PermissionDenied, "the file is being executed"),
        libc::EBUSY => (Code::PermissionDenied, "it is in use by the system"),
        libc::ENOTDIR => (Code::NotADirectory, "a part of the path is not a directory"),
        libc::EISDIR => (Code::IsADirectory, "it is a directory"),
        libc::ENOTEMPTY => (Code::NotEmpty, "the directory is not empty"),
        libc::ENOSPC | libc::EDQUOT => (Code::NoSpace, "no space is left on the disk"),
        libc::EFBIG => (Code::NoSpace, "the file would be too large"),
        libc::ETIMEDOUT => (Code::TimedOut, "it took too long"),
        libc::ECONNREFUSED => (Code::ConnectionRefused, "the connection was refused"),
        libc::EHOSTUNREACH | libc::ENETUNREACH => {
            (Code::ConnectionRefused, "the address is not reachable")
        }
        libc::ELOOP => (Code::InvalidArgument, "too many symbolic links"),
        libc::ENAMETOOLONG => (Code::InvalidArgument, "the name is too long"),
        libc::E2BIG => (
            Code::InvalidArgument,
            "arguments and environment are too long",
        ),
        libc::ENOEXEC => (
            Code::InvalidArgument,
            "it is not a program this system runs",
        ),
        libc::EINVAL => (Code::InvalidArgument, "the system refuses the value"),
        libc::EXDEV => (Code::InvalidArgument, "it lies on another file system"),
        libc::EMFILE | libc::ENFILE => (Code::ResourceExhausted, "too many files are open"),
        libc::EAGAIN => (
            Code::ResourceExhausted,
            "the sandbox's limit of processes is reached",
        ),
        libc::ENOMEM => (Code::ResourceExhausted, "not enough memory"),
        _ => return (Code::Internal, None),
    };
    (code, Some(reason))
}

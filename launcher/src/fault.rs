//! What could not be done, and why.

use std::ffi::c_int;
use std::io;

/// A step that failed. Small and plain, so that a child can send it through a pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was tried, in words for an operator, without a path of the host.
    pub step: String,
    /// The system's error number; 0 where the system was not asked.
    pub errno: c_int,
}

impl Fault {
    /// A fault that is not the system's.
    pub fn own(step: impl Into<String>) -> Self {
        let step = step.into();
        Self { step, errno: 0 }
    }
}

/// Names the step that an error ended.
pub trait At<T> {
    /// Turns the error into a fault of that step.
    fn at(self, step: &str) -> Result<T, Fault>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, step: &str) -> Result<T, Fault> {
        self.map_err(|error| Fault {
            step: step.to_owned(),
            errno: error.raw_os_error().unwrap_or(libc::EIO),
        })
    }
}

//! Checks of ids and paths before they are used.

use std::ffi::CString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::limits;

/// Accepts 1 to 128 characters of `[A-Za-z0-9_.:-]`.
pub fn check_id(id: &str) -> Outcome<()> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
    if id.is_empty() || id.len() > limits::ID || !id.chars().all(fine) {
        return Err(Failure::invalid(
            "An id has 1 to 128 characters of letters, digits, and _ . : -",
        ));
    }
    Ok(())
}

/// A path as the sandbox sees it; a relative one starts at `base`.
pub fn absolute(path: &str, base: &Path) -> Outcome<PathBuf> {
    if path.is_empty() {
        return Err(Failure::invalid("The path is empty."));
    }
    if path.len() > limits::PATH || path.contains('\0') {
        return Err(Failure::invalid(
            "A path has at most 4096 bytes and no NUL character.",
        ));
    }
    Ok(base.join(path))
}

/// The beginning of a text that a client may have made as long as he likes.
pub fn shown(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// A string for the kernel.
pub fn c_string(text: impl Into<Vec<u8>>) -> Outcome<CString> {
    CString::new(text).map_err(|_| Failure::invalid("A NUL character is not allowed here."))
}

//! The sandbox's own name in its `/etc/hosts`: without it `sudo` and many servers complain.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const LONGEST: u64 = 64 * 1024;
const LOCALHOST: &str = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

/// Adds a line for `name` unless there is one. The file may be anything that an earlier run of the
/// sandbox made of it, so nothing but a regular file is touched and nothing is waited for.
pub fn add(file: &Path, name: &str) -> io::Result<()> {
    let mut hosts = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o644)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC)
        .open(file)?;
    if !hosts.metadata()?.is_file() {
        return Ok(());
    }
    let mut text = String::new();
    Read::by_ref(&mut hosts)
        .take(LONGEST)
        .read_to_string(&mut text)?;
    if text
        .lines()
        .any(|line| names(line).any(|known| known == name))
    {
        return Ok(());
    }
    let start = match text.as_str() {
        "" => LOCALHOST,
        other if other.ends_with('\n') => "",
        _ => "\n",
    };
    hosts.write_all(format!("{start}127.0.1.1\t{name}\n").as_bytes())
}

fn names(line: &str) -> impl Iterator<Item = &str> {
    let entry = line.split('#').next().unwrap_or_default();
    entry.split_whitespace().skip(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn file(content: Option<&str>) -> std::path::PathBuf {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("hosts-{}-{number}", std::process::id()));
        if let Some(text) = content {
            std::fs::write(&path, text).unwrap();
        }
        path
    }

    #[test]
    fn a_missing_file_is_made_with_localhost() {
        let path = file(None);
        add(&path, "box").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, format!("{LOCALHOST}127.0.1.1\tbox\n"));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_name_is_added_once() {
        let path = file(Some("127.0.0.1 localhost"));
        add(&path, "box").unwrap();
        add(&path, "box").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "127.0.0.1 localhost\n127.0.1.1\tbox\n");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_link_is_left_alone() {
        let target = file(Some("kept"));
        let link = file(None);
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(add(&link, "box").is_err());
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "kept");
        std::fs::remove_file(link).unwrap();
        std::fs::remove_file(target).unwrap();
    }
}

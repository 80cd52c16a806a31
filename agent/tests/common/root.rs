//! Root directories of small images.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use super::NEXT;

/// The root directory of a small image.
pub struct Root(PathBuf);

impl Root {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Devices and one directory, no program at all.
    pub fn empty() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("paddock-agent-root-{}-{number}", std::process::id());
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir_all(root.join("work")).unwrap();
        std::fs::create_dir_all(root.join("dev")).unwrap();
        let mut null = Command::new("mknod");
        null.arg("-m666").arg(root.join("dev/null"));
        assert!(null.args(["c", "1", "3"]).status().unwrap().success());
        Self(root)
    }

    /// A static shell and the few programs that it brings along, or that the tests use.
    pub fn with_shell(shell: &str) -> Self {
        let root = Self::empty();
        let bin = root.0.join("bin");
        std::fs::create_dir(&bin).unwrap();
        for program in ["busybox", shell] {
            let path = format!("/bin/{program}");
            std::fs::copy(path, bin.join(program)).unwrap();
        }
        std::os::unix::fs::symlink(shell, bin.join("sh")).unwrap();
        std::os::unix::fs::symlink("busybox", bin.join("cat")).unwrap();
        copy_libraries(&root.0, shell);
        root
    }
}

/// Copies what a program is linked with, where ldd names anything.
fn copy_libraries(root: &Path, program: &str) {
    for program in ["busybox", program] {
        let output = Command::new("ldd")
            .arg(format!("/bin/{program}"))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        for path in text.split_whitespace().filter(|word| word.starts_with('/')) {
            let target = root.join(path.trim_start_matches('/'));
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(path, target).unwrap();
        }
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

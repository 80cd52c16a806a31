//! Which shell of the image commands are given to.

use std::fs;
use std::path::Path;

use crate::users;

/// Preferred shells, best first; each counts only when `/etc/shells` lists it.
const PREFERRED: [&str; 4] = ["/usr/bin/zsh", "/bin/zsh", "/usr/bin/bash", "/bin/bash"];

/// Shells that a session can be driven in.
const POSIX: [&str; 9] = [
    "sh", "bash", "zsh", "dash", "ash", "ksh", "mksh", "yash", "busybox",
];

/// The shell for commands: a preferred one that is listed, else `$SHELL`, else `sh`.
pub fn choose(variable: Option<&str>) -> String {
    let listed = users::text("/etc/shells");
    for shell in PREFERRED {
        if listed.lines().any(|line| line.trim() == shell) && executable(shell) {
            return shell.to_owned();
        }
    }
    match variable {
        Some(shell) if !shell.is_empty() => shell.to_owned(),
        _ => "sh".to_owned(),
    }
}

/// The shell for sessions, which must understand the language of `sh`.
pub fn choose_posix(variable: Option<&str>) -> String {
    let shell = choose(variable);
    if POSIX.contains(&base_name(&shell)) {
        return shell;
    }
    "sh".to_owned()
}

/// True where built-in commands are named by `builtin` rather than `command`. In zsh `command`
/// means programs only; in the others it keeps an error of `eval` from ending the shell.
pub fn has_builtin(shell: &str) -> bool {
    matches!(base_name(shell), "zsh" | "bash")
}

fn base_name(shell: &str) -> &str {
    shell.rsplit('/').next().unwrap_or(shell)
}

/// Whether somebody may execute the file.
pub fn executable(path: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(Path::new(path)).is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

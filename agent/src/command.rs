//! Turns a command of the protocol into a process that can be started.

use std::collections::BTreeMap;
use std::ffi::{CString, c_int};
use std::os::fd::{BorrowedFd, OwnedFd};
use std::path::PathBuf;

use crate::configuration::Configuration;
use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::names;
use crate::reaper::Child;
use crate::shell;
use crate::spawn::{self, Plan, StartError};
use crate::sys;
use crate::users::User;
use crate::wire::Command;

/// Used when the environment has no `PATH`.
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A command that needs only its descriptors to start.
pub struct Prepared {
    pub argv: Vec<String>,
    /// The program's file where it was found already; otherwise `PATH` is searched.
    pub file: Option<String>,
    pub env: BTreeMap<String, String>,
    pub cwd: PathBuf,
    pub user: User,
    /// What its standard input begins with: the text for a shell.
    pub script: Vec<u8>,
}

impl Prepared {
    /// Checks a command and completes it from the configuration.
    pub fn of(command: &Command, configuration: &Configuration) -> Outcome<Self> {
        check_env(&command.env)?;
        if command.argv.len() > limits::STRINGS {
            return Err(Failure::invalid("The command has too many arguments."));
        }
        let user = configuration.user(&command.user)?;
        let work_dir = configuration.work_dir();
        let cwd = match command.cwd.as_str() {
            "" => work_dir,
            cwd => names::absolute(cwd, &work_dir)?,
        };
        let mut env = environment(configuration, &user, !command.user.is_empty());
        env.extend(command.env.clone());
        let terminal = command.terminal.is_some();
        if terminal {
            env.entry("TERM".into()).or_insert("xterm-256color".into());
        }
        let (argv, script) = program(command, terminal, env.get("SHELL"))?;
        Ok(Self {
            argv,
            file: None,
            env,
            cwd,
            user,
            script,
        })
    }

    /// A shell that reads the commands of a session.
    pub fn session_shell(configuration: &Configuration, cwd: PathBuf) -> Self {
        let user = configuration.user.clone();
        let env = environment(configuration, &user, false);
        let shell = shell::choose_posix(env.get("SHELL").map(String::as_str));
        Self {
            argv: vec![shell],
            file: None,
            env,
            cwd,
            user,
            script: Vec::new(),
        }
    }

    /// Makes the process's user the owner of a pipe or terminal, so that he can open it again as
    /// /dev/stdout and the like.
    pub fn give(&self, fd: BorrowedFd<'_>) {
        // Outside a sandbox an agent without privileges may be refused, and is the user itself.
        let _ = sys::change_owner(fd, self.user.ids.uid, self.user.ids.gid);
    }

    /// Starts the process with descriptors by their number in it.
    pub fn start(&self, fds: Vec<(OwnedFd, c_int)>, terminal: bool) -> Outcome<Child> {
        let plan = self.plan(fds, terminal)?;
        spawn::start(&plan).map_err(|error| match error {
            StartError::Directory(error) => {
                let cwd = self.cwd.display();
                Failure::of(format!("enter the working directory {cwd}"), &error)
            }
            StartError::Program(error) => {
                let program = self.argv.first().map_or("", String::as_str);
                Failure::of(format!("run {program}"), &error)
            }
            StartError::System(error) => Failure::of("start a process", &error),
        })
    }

    fn plan(&self, fds: Vec<(OwnedFd, c_int)>, terminal: bool) -> Outcome<Plan> {
        let argv = strings(self.argv.iter().cloned())?;
        let env = strings(
            self.env
                .iter()
                .map(|(name, value)| format!("{name}={value}")),
        )?;
        // SAFETY: asks for a number of this process.
        let uid = unsafe { libc::geteuid() };
        // Outside a sandbox an agent without privileges runs commands as itself.
        let ids = (uid == 0).then(|| self.user.ids.clone());
        Ok(Plan {
            programs: self.programs()?,
            argv,
            env,
            cwd: names::c_string(self.cwd.clone().into_os_string().into_encoded_bytes())?,
            ids,
            fds,
            terminal,
        })
    }

    fn programs(&self) -> Outcome<Vec<CString>> {
        if let Some(file) = &self.file {
            return strings([file.clone()]);
        }
        let program = self.argv.first().map_or("", String::as_str);
        if program.contains('/') {
            return strings([program.to_owned()]);
        }
        let path = self.env.get("PATH").map_or(DEFAULT_PATH, String::as_str);
        strings(path.split(':').map(|directory| match directory {
            "" => format!("./{program}"),
            _ => format!("{directory}/{program}"),
        }))
    }

    /// Path of the program as a shell finds it; `None` where it depends on the working directory.
    pub fn found(&self) -> Option<String> {
        let program = self.argv.first()?;
        if program.contains('/') {
            return Some(program.clone());
        }
        let path = self.env.get("PATH").map_or(DEFAULT_PATH, String::as_str);
        let directories = path
            .split(':')
            .map(|directory| directory.starts_with('/').then_some(directory));
        for directory in directories {
            let path = format!("{}/{program}", directory?);
            if shell::executable(&path) {
                return Some(path);
            }
        }
        None
    }

    /// The command as a person would recognise it.
    pub fn label(command: &Command) -> String {
        let mut label = match command.shell_text.as_str() {
            "" => command.argv.join(" "),
            text => text.to_owned(),
        };
        let mut end = label.len().min(limits::PATH);
        while !label.is_char_boundary(end) {
            end -= 1;
        }
        label.truncate(end);
        label
    }
}

/// Program and arguments, and what the program reads first.
fn program(
    command: &Command,
    terminal: bool,
    shell: Option<&String>,
) -> Outcome<(Vec<String>, Vec<u8>)> {
    let text = command.shell_text.as_str();
    if !text.is_empty() {
        if !command.argv.is_empty() {
            return Err(Failure::invalid(
                "A command is argv or shell text, not both.",
            ));
        }
        let shell = shell::choose(shell.map(String::as_str));
        if terminal {
            return Ok((vec![shell, "-c".into(), text.into()], Vec::new()));
        }
        return Ok((vec![shell], text.into()));
    }
    match command.argv.first() {
        Some(first) if !first.is_empty() => Ok((command.argv.clone(), Vec::new())),
        None if terminal => {
            let shell = shell::choose(shell.map(String::as_str));
            Ok((vec![shell, "-i".into(), "-l".into()], Vec::new()))
        }
        _ => Err(Failure::invalid("The command is empty.")),
    }
}

/// The configured environment with what every login has. `other` tells that the user is not the
/// configured one, whose HOME would mislead.
fn environment(
    configuration: &Configuration,
    user: &User,
    other: bool,
) -> BTreeMap<String, String> {
    let mut env = configuration.env.clone();
    let own = [
        ("HOME", &user.home),
        ("USER", &user.name),
        ("LOGNAME", &user.name),
    ];
    for (name, value) in own {
        if other || !env.contains_key(name) {
            env.insert(name.into(), value.clone());
        }
    }
    if !env.contains_key("SHELL") {
        let shell = Some(user.shell.clone()).filter(|s| !s.is_empty() && !s.ends_with("nologin"));
        env.insert("SHELL".into(), shell.unwrap_or_else(|| "/bin/sh".into()));
    }
    env.entry("PATH".into()).or_insert(DEFAULT_PATH.into());
    env
}

/// Refuses names and values that no process can be given.
pub fn check_env(env: &BTreeMap<String, String>) -> Outcome<()> {
    if env.len() > limits::STRINGS {
        return Err(Failure::invalid(
            "There are too many environment variables.",
        ));
    }
    for (name, value) in env {
        if name.is_empty() || name.contains(['=', '\0']) || value.contains('\0') {
            let shown = names::shown(name, 64);
            return Err(Failure::invalid(format!(
                "{shown:?} is no environment variable: a name has no = and neither part a NUL."
            )));
        }
    }
    Ok(())
}

fn strings(texts: impl IntoIterator<Item = String>) -> Outcome<Vec<CString>> {
    texts.into_iter().map(names::c_string).collect()
}

//! Background processes: they outlive every connection, and so does their output.

pub mod input;
pub mod leftover;
pub mod output;
pub mod plumbing;
pub mod readers;
pub mod recorded;
pub mod recording;
pub mod tree;

use std::collections::BTreeMap;
use std::slice;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prost::Message;

use crate::command::Prepared;
use crate::configuration::Configuration;
use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::names;
use crate::state::StateDirectory;
use crate::sys::lock;
use crate::terminal::screen::Screen;
use crate::wire::error::Code;
use crate::wire::{ProcessInfo, ProcessList, StartProcess, TerminalSize};
use recorded::Recorded;
use recording::Recording;

/// Characters of a command or directory in a list that is too long.
const SHORT: usize = 200;

/// A process with an id of the client's choice.
pub struct Process {
    id: String,
    command: String,
    cwd: String,
    env: BTreeMap<String, String>,
    created_at_millis: u64,
    lazy: bool,
    body: Body,
}

/// What a process talks through.
pub enum Body {
    Pipes(Arc<Recorded>),
    Terminal(Arc<Screen>),
}

impl Process {
    fn start(
        message: &StartProcess,
        setting: &Configuration,
        state: &StateDirectory,
    ) -> Outcome<Self> {
        let command = message.command.clone().unwrap_or_default();
        let prepared = Prepared::of(&command, setting)?;
        let cwd = prepared.cwd.display().to_string();
        let body = match &command.terminal {
            Some(size) => {
                let screen = Screen::new(prepared, size)?;
                if !message.lazy_start {
                    screen.start()?;
                }
                Body::Terminal(screen)
            }
            None if message.lazy_start => {
                return Err(Failure::invalid(
                    "Only a process with a terminal starts lazily.",
                ));
            }
            None => {
                let path = state.output_path()?;
                let recording = if message.transient_output {
                    Recording::transient(path)
                } else {
                    Recording::new(path)
                };
                Body::Pipes(Recorded::start(&prepared, recording)?)
            }
        };
        Ok(Self {
            id: message.id.clone(),
            command: Prepared::label(&command),
            cwd,
            env: command.env,
            created_at_millis: now_millis(),
            lazy: message.lazy_start,
            body,
        })
    }

    pub fn info(&self) -> ProcessInfo {
        let (child, size, output_bytes) = match &self.body {
            Body::Pipes(recorded) => (Some(recorded.child.clone()), None, recorded.length()),
            Body::Terminal(screen) => (screen.child(), Some(screen.size()), screen.length()),
        };
        let ended = child.as_ref().and_then(|child| child.ended());
        ProcessInfo {
            id: self.id.clone(),
            pid: child.as_ref().map_or(0, |child| child.pid()),
            running: child.is_some() && ended.is_none(),
            exit_code: ended.map_or(0, |ended| ended.code),
            terminal: size.is_some(),
            size,
            cwd: self.cwd.clone(),
            env: self.env.clone(),
            created_at_millis: self.created_at_millis,
            output_bytes,
            lazy_start: self.lazy,
            command: self.command.clone(),
        }
    }

    pub fn body(&self) -> &Body {
        &self.body
    }

    fn ended(&self) -> bool {
        match &self.body {
            Body::Pipes(recorded) => recorded.child.ended().is_some(),
            Body::Terminal(screen) => screen.child().is_some_and(|child| child.ended().is_some()),
        }
    }

    /// Sends a signal to the process or its group.
    pub fn signal(&self, signal: i32, group: bool) -> Outcome<()> {
        let gone = || Failure::new(Code::Gone, "The process does not run.");
        let child = match &self.body {
            Body::Pipes(recorded) => recorded.child.clone(),
            Body::Terminal(screen) => screen.child().ok_or_else(gone)?,
        };
        let failed = |error| Failure::of(format!("send signal {signal}"), &error);
        child.signal(signal, group).map_err(failed)
    }

    /// Feeds its standard input, and closes that when asked to.
    pub fn write(&self, bytes: &[u8], end: bool) -> Outcome<()> {
        match &self.body {
            Body::Pipes(recorded) => recorded.write(bytes, end),
            Body::Terminal(screen) => screen.write(bytes, end),
        }
    }

    /// Changes the size of its terminal.
    pub fn resize(&self, size: &TerminalSize) -> Outcome<()> {
        match &self.body {
            Body::Terminal(screen) => screen.resize(size),
            Body::Pipes(_) => Err(Failure::invalid("The process has no terminal.")),
        }
    }

    /// Forgets the output of a process that has ended; what it left in the background goes on.
    fn forget(&self) {
        if let Body::Pipes(recorded) = &self.body {
            recorded.forget();
        }
    }

    /// Ends the process and all it started, and forgets its output.
    fn remove(&self, grace: Duration) {
        match &self.body {
            Body::Pipes(recorded) => {
                tree::end(slice::from_ref(&recorded.child), &tree::TERMINATE, grace);
                recorded.forget();
            }
            Body::Terminal(screen) => {
                screen.cancel();
                if let Some(child) = screen.child() {
                    tree::end(&[child], &tree::HANG_UP, grace);
                }
            }
        }
    }
}

/// All background processes.
#[derive(Default)]
pub struct Processes(Mutex<BTreeMap<String, Arc<Process>>>);

impl Processes {
    /// Starts a process; the id of an ended one may be taken again.
    pub fn start(
        &self,
        message: &StartProcess,
        setting: &Configuration,
        state: &StateDirectory,
    ) -> Outcome<Arc<Process>> {
        names::check_id(&message.id)?;
        let mut all = lock(&self.0);
        if all.get(&message.id).is_some_and(|process| !process.ended()) {
            let reason = format!("The process {} exists already.", message.id);
            return Err(Failure::new(Code::AlreadyExists, reason));
        }
        if all.len() >= limits::PROCESSES && !forget_eldest(&mut all) {
            return Err(Failure::exhausted("Too many background processes run."));
        }
        let process = Arc::new(Process::start(message, setting, state)?);
        if let Some(former) = all.insert(message.id.clone(), Arc::clone(&process)) {
            former.forget();
        }
        Ok(process)
    }

    pub fn get(&self, id: &str) -> Outcome<Arc<Process>> {
        lock(&self.0).get(id).cloned().ok_or_else(|| {
            let shown = names::shown(id, limits::ID);
            Failure::not_found(format!("There is no process {shown}."))
        })
    }

    /// All processes. Where that would outgrow a frame, without their environment and with the
    /// beginning of their command only.
    pub fn list(&self) -> ProcessList {
        let all = lock(&self.0);
        let mut list = ProcessList {
            processes: all.values().map(|process| process.info()).collect(),
        };
        if list.encoded_len() > limits::ANSWER {
            for process in &mut list.processes {
                process.env.clear();
                process.cwd = names::shown(&process.cwd, SHORT);
                process.command = names::shown(&process.command, SHORT);
            }
        }
        list
    }

    pub fn remove(&self, id: &str, grace: Duration) -> Outcome<()> {
        let process = self.get(id)?;
        process.remove(grace);
        let mut all = lock(&self.0);
        if all
            .get(id)
            .is_some_and(|other| Arc::ptr_eq(other, &process))
        {
            all.remove(id);
        }
        Ok(())
    }
}

fn forget_eldest(all: &mut BTreeMap<String, Arc<Process>>) -> bool {
    let ended = all.values().filter(|process| process.ended());
    let Some(eldest) = ended.min_by_key(|process| process.created_at_millis) else {
        return false;
    };
    let id = eldest.id.clone();
    if let Some(process) = all.remove(&id) {
        process.forget();
    }
    true
}

fn now_millis() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |duration| duration.as_millis() as u64)
}

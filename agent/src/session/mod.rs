//! Sessions: one long-lived shell each, in which commands run one after the other.

mod listing;
mod pipes;
mod runner;
mod script;
mod shell;
mod trail;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::slice;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::command::Prepared;
use crate::configuration::Configuration;
use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::names;
use crate::process::input::Input;
use crate::process::recorded::Recorded;
use crate::process::recording::{Recording, Stream};
use crate::process::tree;
use crate::reaper::{Child, Ended};
use crate::state::StateDirectory;
use crate::sys::{Signal, lock};
use crate::wire::error::Code;
use crate::wire::{CreateSession, RunInSession, SessionCommand, SessionInfo, SessionList};

/// The session that stands for the image's entrypoint, and its one command.
pub const ENTRYPOINT: &str = "entrypoint";

/// A command of a session.
pub struct Run {
    id: String,
    text: String,
    takes_input: bool,
    pub recording: Arc<Recording>,
    input: Mutex<Input>,
}

impl Run {
    fn info(&self) -> SessionCommand {
        let progress = self.recording.progress();
        SessionCommand {
            id: self.id.clone(),
            command: self.text.clone(),
            running: progress.ended.is_none(),
            exit_code: progress.ended.map_or(0, |(ended, _)| ended.code),
            output_bytes: progress.length,
        }
    }

    fn ended(&self) -> bool {
        self.recording.progress().ended.is_some()
    }
}

/// A session.
pub struct Session {
    id: String,
    state: Mutex<State>,
    wake: Signal,
    entrypoint: Option<Arc<Recorded>>,
}

#[derive(Default)]
struct State {
    runs: VecDeque<Arc<Run>>,
    queue: VecDeque<Arc<Run>>,
    /// The shell, and former ones whose background processes may live.
    shells: VecDeque<Child>,
    /// No further command begins.
    closing: bool,
    deleted: bool,
}

impl State {
    /// Forgets the eldest ended commands until one more has room.
    fn make_room(&mut self, text: usize) -> Outcome<()> {
        let mut held: usize = self.runs.iter().map(|run| run.text.len()).sum();
        while self.runs.len() >= limits::SESSION_COMMANDS || held + text > limits::SESSION_TEXT {
            let place = self.runs.iter().position(|run| run.ended());
            let Some(eldest) = place.and_then(|place| self.runs.remove(place)) else {
                return Err(Failure::exhausted(
                    "The session's waiting commands are too long.",
                ));
            };
            held -= eldest.text.len();
            eldest.recording.forget();
        }
        Ok(())
    }
}

/// Former shells that are remembered for the end of their background processes.
const FORMER_SHELLS: usize = 16;

impl Session {
    fn new(id: &str, entrypoint: Option<Arc<Recorded>>) -> Outcome<Self> {
        let failed = |error| Failure::of("create the session", &error);
        Ok(Self {
            id: id.to_owned(),
            state: Mutex::default(),
            wake: Signal::new().map_err(failed)?,
            entrypoint,
        })
    }

    pub fn info(&self) -> SessionInfo {
        let commands = lock(&self.state)
            .runs
            .iter()
            .map(|run| run.info())
            .collect();
        let id = self.id.clone();
        SessionInfo { id, commands }
    }

    /// Queues a command.
    pub fn run(&self, message: &RunInSession, output: PathBuf) -> Outcome<SessionInfo> {
        names::check_id(&message.command_id)?;
        if self.id == ENTRYPOINT {
            return Err(Failure::invalid(
                "The entrypoint session takes no commands.",
            ));
        }
        if message.command.trim().is_empty() || message.command.contains('\0') {
            return Err(Failure::invalid(
                "The command is empty or holds a NUL character.",
            ));
        }
        let input = if message.stdin {
            Input::awaited()
        } else {
            Input::default()
        };
        let run = Arc::new(Run {
            id: message.command_id.clone(),
            text: message.command.clone(),
            takes_input: message.stdin,
            recording: Arc::new(Recording::new(output)),
            input: Mutex::new(input),
        });
        let mut info = SessionInfo {
            id: self.id.clone(),
            commands: vec![run.info()],
        };
        listing::fit(slice::from_mut(&mut info));
        self.enqueue(run)?;
        Ok(info)
    }

    fn enqueue(&self, run: Arc<Run>) -> Outcome<()> {
        let mut state = lock(&self.state);
        if state.closing {
            return Err(no_session(&self.id));
        }
        if state.runs.iter().any(|other| other.id == run.id) {
            let reason = format!("The session has a command {} already.", run.id);
            return Err(Failure::new(Code::AlreadyExists, reason));
        }
        if state.queue.len() >= limits::SESSION_QUEUE {
            return Err(Failure::exhausted("Too many commands wait in the session."));
        }
        state.make_room(run.text.len())?;
        state.runs.push_back(Arc::clone(&run));
        state.queue.push_back(run);
        self.wake.raise();
        Ok(())
    }

    /// A command by its id; the entrypoint session has only one, which needs none.
    pub fn command(&self, id: &str) -> Outcome<Arc<Run>> {
        let id = if id.is_empty() && self.id == ENTRYPOINT {
            ENTRYPOINT
        } else {
            id
        };
        let state = lock(&self.state);
        state
            .runs
            .iter()
            .find(|run| run.id == id)
            .cloned()
            .ok_or_else(|| {
                let shown = names::shown(id, limits::ID);
                Failure::not_found(format!("The session has no command {shown}."))
            })
    }

    /// Feeds a command's standard input.
    pub fn write(&self, id: &str, bytes: &[u8], end: bool) -> Outcome<()> {
        let run = self.command(id)?;
        if run.ended() {
            return Err(Failure::new(Code::Gone, "The command has ended."));
        }
        let mut input = lock(&run.input);
        if !bytes.is_empty() {
            input.push(bytes)?;
        }
        if end {
            input.end();
        }
        self.wake.raise();
        Ok(())
    }

    fn remember(&self, shell: &Child) -> bool {
        let mut state = lock(&self.state);
        state.shells.push_back(shell.clone());
        if state.shells.len() > FORMER_SHELLS {
            state.shells.pop_front();
        }
        !state.closing
    }

    /// Ends the session's processes and forgets its logs.
    fn delete(&self, grace: Duration) {
        self.close();
        let shells: Vec<_> = lock(&self.state).shells.iter().cloned().collect();
        tree::end(&shells, &tree::TERMINATE, grace);
        if let Some(entrypoint) = &self.entrypoint {
            tree::end(slice::from_ref(&entrypoint.child), &tree::TERMINATE, grace);
            entrypoint.forget();
        }
        lock(&self.state).deleted = true;
        self.wake.raise();
    }

    /// Begins no further command, and lets the shell end after the one that runs.
    fn close(&self) {
        lock(&self.state).closing = true;
        self.wake.raise();
    }
}

/// All sessions.
#[derive(Default)]
pub struct Sessions(Mutex<BTreeMap<String, Arc<Session>>>);

impl Sessions {
    /// Starts a session's shell.
    pub fn create(
        &self,
        message: &CreateSession,
        setting: &Configuration,
        state: &Arc<StateDirectory>,
    ) -> Outcome<SessionInfo> {
        names::check_id(&message.id)?;
        let work_dir = setting.work_dir();
        let cwd = match message.cwd.as_str() {
            "" => work_dir,
            cwd => names::absolute(cwd, &work_dir)?,
        };
        let prepared = Prepared::session_shell(setting, cwd);
        let mut all = lock(&self.0);
        if message.id == ENTRYPOINT || all.contains_key(&message.id) {
            let reason = format!("The session {} exists already.", message.id);
            return Err(Failure::new(Code::AlreadyExists, reason));
        }
        if all.len() >= limits::SESSIONS {
            return Err(Failure::exhausted("There are too many sessions."));
        }
        let session = Arc::new(Session::new(&message.id, None)?);
        runner::start(&session, prepared, Arc::clone(state))?;
        let info = session.info();
        all.insert(message.id.clone(), session);
        Ok(info)
    }

    /// Adds the session of the image's entrypoint, which runs already.
    pub fn add_entrypoint(&self, text: String, recorded: Arc<Recorded>) -> Outcome<()> {
        self.insert_entrypoint(text, Arc::clone(&recorded.recording), Some(recorded))
    }

    /// Adds the session of an entrypoint that could not be started, with the reason as its output.
    pub fn add_failed_entrypoint(
        &self,
        text: String,
        output: PathBuf,
        why: &Failure,
    ) -> Outcome<()> {
        let recording = Arc::new(Recording::new(output));
        recording.append(Stream::Errors, format!("{}\n", why.message).as_bytes());
        recording.end(Ended {
            code: 127,
            signal: 0,
        });
        recording.close();
        self.insert_entrypoint(text, recording, None)
    }

    fn insert_entrypoint(
        &self,
        text: String,
        recording: Arc<Recording>,
        process: Option<Arc<Recorded>>,
    ) -> Outcome<()> {
        let run = Run {
            id: ENTRYPOINT.to_owned(),
            text,
            takes_input: false,
            recording,
            input: Mutex::default(),
        };
        let session = Session::new(ENTRYPOINT, process)?;
        lock(&session.state).runs.push_back(Arc::new(run));
        lock(&self.0).insert(ENTRYPOINT.to_owned(), Arc::new(session));
        Ok(())
    }

    /// Begins no further command in any session: the sandbox ends.
    pub fn close(&self) {
        lock(&self.0).values().for_each(|session| session.close());
    }

    /// The process of the image's entrypoint, which signals to the agent are passed on to.
    pub fn entrypoint(&self) -> Option<Child> {
        let all = lock(&self.0);
        let entrypoint = all.get(ENTRYPOINT)?.entrypoint.as_ref()?;
        Some(entrypoint.child.clone())
    }

    pub fn get(&self, id: &str) -> Outcome<Arc<Session>> {
        lock(&self.0).get(id).cloned().ok_or_else(|| no_session(id))
    }

    /// A session with its commands.
    pub fn info(&self, id: &str) -> Outcome<SessionInfo> {
        let mut info = self.get(id)?.info();
        listing::fit(slice::from_mut(&mut info));
        Ok(info)
    }

    /// All sessions with their commands.
    pub fn list(&self) -> SessionList {
        let mut sessions: Vec<_> = lock(&self.0)
            .values()
            .map(|session| session.info())
            .collect();
        listing::fit(&mut sessions);
        SessionList { sessions }
    }

    pub fn delete(&self, id: &str, grace: Duration) -> Outcome<()> {
        let session = lock(&self.0).remove(id).ok_or_else(|| no_session(id))?;
        session.delete(grace);
        Ok(())
    }
}

fn no_session(id: &str) -> Failure {
    let shown = names::shown(id, limits::ID);
    Failure::not_found(format!("There is no session {shown}."))
}

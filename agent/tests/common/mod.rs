//! Runs the agent's program as an ordinary process and speaks its protocol.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod root;

pub use root::Root;

use std::collections::BTreeMap;
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use paddock_agent::frame::{self, Decoder, Frame, Kind};
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{self, Exit, Request, Response};
use prost::Message;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An agent with a directory of its own; both are gone when it is dropped.
pub struct Agent {
    pub directory: PathBuf,
    process: Child,
    is_init: bool,
}

impl Agent {
    /// A configured agent whose commands start in its directory.
    pub fn start() -> Self {
        let agent = Self::start_bare();
        agent.configure(|_| {});
        agent
    }

    pub fn start_bare() -> Self {
        Self::launch(Command::new(env!("CARGO_BIN_EXE_paddock-agent")))
    }

    /// As PID 1 of a process namespace of its own.
    pub fn start_as_init() -> Self {
        let mut command = Command::new("unshare");
        command.args(["--pid", "--fork", "--mount-proc", "--kill-child"]);
        command.arg(env!("CARGO_BIN_EXE_paddock-agent"));
        Self::launch(command)
    }

    /// As PID 1 of a process namespace whose root is another directory.
    pub fn start_in_root(root: &Root) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_paddock-agent"));
        std::fs::copy(program, root.path().join("agent")).unwrap();
        let mut command = Command::new("unshare");
        command.args(["--pid", "--fork", "--kill-child", "--mount", "--root"]);
        command.arg(root.path()).arg("/agent");
        command.env("PADDOCK_STATE_DIR", "/.paddock");
        Self::launch(command)
    }

    /// The agent's own pid where it is PID 1 of a namespace.
    pub fn init_pid(&self) -> i32 {
        let path = format!("/proc/{0}/task/{0}/children", self.process.id());
        std::fs::read_to_string(path)
            .unwrap()
            .trim()
            .parse()
            .unwrap()
    }

    /// Waits for the agent's end; its exit status.
    pub fn wait(&mut self) -> i32 {
        self.process.wait().unwrap().code().unwrap()
    }

    pub fn write(&self, session: &str, id: &str, data: &str, end: bool) {
        let reply = self.ask(Operation::WriteInput(wire::WriteInput {
            session_id: session.into(),
            command_id: id.into(),
            data: data.into(),
            end,
            ..Default::default()
        }));
        assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    }

    fn launch(mut command: Command) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("paddock-agent-test-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        std::fs::create_dir_all(directory.join("work")).unwrap();
        chmod(&directory, 0o755);
        chmod(&directory.join("work"), 0o777);
        let listener = UnixListener::bind(directory.join("socket")).unwrap();
        let fd = listener.as_raw_fd();
        command.env("PADDOCK_LISTEN_FD", "50");
        if command
            .get_envs()
            .all(|(name, _)| name != "PADDOCK_STATE_DIR")
        {
            command.env("PADDOCK_STATE_DIR", directory.join("state"));
        }
        // SAFETY: both calls are safe between fork and exec.
        unsafe {
            command.pre_exec(move || {
                libc::dup2(fd, 50);
                // Whoever starts an agent may ignore signals, as `nohup` does.
                libc::signal(libc::SIGHUP, libc::SIG_IGN);
                Ok(())
            });
        }
        let process = command.spawn().unwrap();
        let is_init = command.get_program() == "unshare";
        Self {
            directory,
            process,
            is_init,
        }
    }

    pub fn pid(&self) -> i32 {
        self.process.id() as i32
    }

    pub fn work_dir(&self) -> PathBuf {
        self.directory.join("work")
    }

    pub fn configure(&self, change: impl FnOnce(&mut wire::Configure)) -> wire::HelloReply {
        let mut message = wire::Configure {
            work_dir: self.work_dir().display().to_string(),
            ..Default::default()
        };
        change(&mut message);
        match self.ask(Operation::Configure(message)) {
            Reply::Hello(hello) => hello,
            other => panic!("{other:?}"),
        }
    }

    pub fn connect(&self) -> Client {
        let stream = UnixStream::connect(self.directory.join("socket")).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        Client {
            stream,
            decoder: Decoder::default(),
        }
    }

    /// Opens an operation and returns its answer and the connection for what follows.
    pub fn open(&self, operation: Operation) -> (Reply, Client) {
        let mut client = self.connect();
        client.request(operation);
        let reply = client.reply();
        (reply, client)
    }

    pub fn ask(&self, operation: Operation) -> Reply {
        self.open(operation).0
    }

    /// Asks for something that must fail; the code of the failure.
    pub fn refused(&self, operation: Operation) -> wire::error::Code {
        match self.ask(operation) {
            Reply::Error(error) => error.code(),
            other => panic!("{other:?}"),
        }
    }

    pub fn exec(&self, command: wire::Command) -> Outcome {
        self.exec_with(wire::Exec {
            command: Some(command),
            ..Default::default()
        })
    }

    pub fn exec_with(&self, request: wire::Exec) -> Outcome {
        let (reply, mut client) = self.open(Operation::Exec(request));
        assert!(matches!(reply, Reply::Started(_)), "{reply:?}");
        client.outcome()
    }

    pub fn create_session(&self, id: &str) {
        let reply = self.ask(Operation::CreateSession(wire::CreateSession {
            id: id.into(),
            cwd: String::new(),
        }));
        assert!(matches!(reply, Reply::Session(_)), "{reply:?}");
    }

    pub fn queue(&self, session: &str, id: &str, command: &str, stdin: bool) {
        let reply = self.ask(Operation::RunInSession(wire::RunInSession {
            session_id: session.into(),
            command_id: id.into(),
            command: command.into(),
            stdin,
        }));
        assert!(matches!(reply, Reply::Session(_)), "{reply:?}");
    }

    /// Runs a command in a session and waits for its end.
    pub fn run(&self, session: &str, id: &str, command: &str) -> Outcome {
        self.queue(session, id, command, false);
        self.follow(session, id)
    }

    pub fn follow(&self, session: &str, id: &str) -> Outcome {
        self.read_output(wire::ReadOutput {
            session_id: session.into(),
            command_id: id.into(),
            follow: true,
            ..Default::default()
        })
    }

    pub fn read_output(&self, request: wire::ReadOutput) -> Outcome {
        let (reply, mut client) = self.open(Operation::ReadOutput(request));
        assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
        client.outcome()
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        if self.is_init {
            // The one who made the namespace ignores SIGTERM, and takes all with it.
            self.process.kill().unwrap();
        }
        // SAFETY: plain kill of a child that was not waited for.
        unsafe { libc::kill(self.process.id() as i32, libc::SIGTERM) };
        let mut waited = 0;
        while self.process.try_wait().unwrap().is_none() {
            waited += 1;
            if waited > 1000 {
                self.process.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// What a command wrote and how it ended.
#[derive(Debug, Default)]
pub struct Outcome {
    pub out: Vec<u8>,
    pub err: Vec<u8>,
    /// Both streams in order of arrival.
    pub all: Vec<u8>,
    pub exit: Exit,
}

impl Outcome {
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    pub fn err(&self) -> &str {
        std::str::from_utf8(&self.err).unwrap()
    }
}

pub struct Client {
    pub stream: UnixStream,
    decoder: Decoder,
}

impl Client {
    pub fn request(&mut self, operation: Operation) {
        let request = Request {
            version: 1,
            keep_open: false,
            operation: Some(operation),
        };
        self.send(Kind::Request, &request.encode_to_vec());
    }

    /// Asks for an operation on a connection that will carry another.
    pub fn keep_open(&mut self, operation: Operation) {
        let request = Request {
            version: 1,
            keep_open: true,
            operation: Some(operation),
        };
        self.send(Kind::Request, &request.encode_to_vec());
    }

    pub fn send(&mut self, kind: Kind, payload: &[u8]) {
        self.try_send(kind, payload).unwrap();
    }

    pub fn try_send(&mut self, kind: Kind, payload: &[u8]) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        frame::append(&mut bytes, kind, payload);
        std::io::Write::write_all(&mut self.stream, &bytes)
    }

    pub fn receive(&mut self) -> std::io::Result<Frame> {
        loop {
            if let Some(frame) = self.decoder.read(&mut self.stream)? {
                return Ok(frame);
            }
        }
    }

    pub fn reply(&mut self) -> Reply {
        let frame = self.receive().unwrap();
        assert_eq!(frame.kind, Kind::Response);
        Response::decode(frame.payload.as_slice())
            .unwrap()
            .result
            .unwrap()
    }

    /// Collects output until the end.
    pub fn outcome(&mut self) -> Outcome {
        let mut outcome = Outcome::default();
        loop {
            let frame = self.receive().unwrap();
            match frame.kind {
                Kind::Stdout => outcome.out.extend(&frame.payload),
                Kind::Stderr => outcome.err.extend(&frame.payload),
                Kind::Exit => {
                    outcome.exit = Exit::decode(frame.payload.as_slice()).unwrap();
                    return outcome;
                }
                other => panic!("{other:?}"),
            }
            outcome.all.extend(&frame.payload);
        }
    }

    /// Reads output until it contains a text.
    pub fn expect(&mut self, text: &str) -> String {
        let mut seen = Vec::new();
        loop {
            let frame = self.receive().unwrap();
            assert!(
                matches!(frame.kind, Kind::Stdout | Kind::Stderr),
                "{frame:?}"
            );
            seen.extend(frame.payload);
            let seen = String::from_utf8_lossy(&seen);
            if seen.contains(text) {
                return seen.into_owned();
            }
        }
    }
}

pub fn argv(words: &[&str]) -> wire::Command {
    wire::Command {
        argv: words.iter().map(|word| (*word).to_owned()).collect(),
        ..Default::default()
    }
}

pub fn shell(text: &str) -> wire::Command {
    wire::Command {
        shell_text: text.into(),
        ..Default::default()
    }
}

pub fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

pub fn chmod(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

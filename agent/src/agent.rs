//! The agent as a whole: what it holds, how it starts, and whom it listens to.

use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use crate::configuration::Configuration;
use crate::connection::Connection;
use crate::dispatch;
use crate::failure::{Failure, Outcome};
use crate::limits;
use crate::net::forward::Forwards;
use crate::process::Processes;
use crate::reaper;
use crate::root;
use crate::session::Sessions;
use crate::shutdown;
use crate::spawn;
use crate::state::StateDirectory;
use crate::sys::{self, PollSet, lock};
use crate::usage::Usage;
use crate::wire::UpdateEnvironment;
use crate::wire::error::Code;

/// Stack of a thread that serves a connection, in bytes.
const STACK: usize = 256 * 1024;
/// Pause after an accept that failed because too many files are open.
const PAUSE: Duration = Duration::from_millis(20);

static FILE_LIMIT: OnceLock<libc::rlimit> = OnceLock::new();

/// Everything that outlives a connection.
pub struct Agent {
    pub(crate) boot_id: String,
    pub(crate) state: Arc<StateDirectory>,
    pub(crate) processes: Processes,
    pub(crate) sessions: Sessions,
    pub(crate) forwards: Forwards,
    pub(crate) configuration: Mutex<Option<Arc<Configuration>>>,
    pub(crate) usage: Usage,
    /// Whether the entrypoint has had its turn.
    pub(crate) entrypoint_begun: AtomicBool,
    /// The sandbox's root is laid over this one later.
    pub(crate) staged: bool,
    connections: AtomicUsize,
}

impl Agent {
    /// The configuration that commands start with.
    pub(crate) fn configuration(&self) -> Outcome<Arc<Configuration>> {
        lock(&self.configuration).clone().ok_or_else(unconfigured)
    }

    /// Changes the environment that later commands start with.
    pub(crate) fn update_environment(&self, change: &UpdateEnvironment) -> Outcome<()> {
        let mut configuration = lock(&self.configuration);
        let current = configuration.as_ref().ok_or_else(unconfigured)?;
        let updated = current.updated(change)?;
        *configuration = Some(Arc::new(updated));
        Ok(())
    }
}

fn unconfigured() -> Failure {
    Failure::new(Code::NotConfigured, "The sandbox is not configured yet.")
}

/// Serves the listening socket `listen` and keeps its state below `base`. Returns only when it
/// cannot start; otherwise the process ends with the sandbox.
pub fn run(listen: RawFd, base: &Path, staged: bool) -> io::Result<()> {
    let listener = UnixListener::from(sys::inherited(listen)?);
    prepare_process()?;
    let agent = Arc::new(Agent {
        boot_id: sys::hex(&sys::random::<16>()?),
        state: Arc::new(StateDirectory::below(base)),
        processes: Processes::default(),
        sessions: Sessions::default(),
        forwards: Forwards::default(),
        configuration: Mutex::new(None),
        usage: Usage::default(),
        entrypoint_begun: AtomicBool::new(false),
        staged,
        connections: AtomicUsize::new(0),
    });
    listener.set_nonblocking(true)?;
    watch(&agent, &listener, &signal_descriptor()?)
}

/// What a child gets back as its limit of open files.
pub(crate) fn original_file_limit() -> Option<libc::rlimit> {
    FILE_LIMIT.get().copied()
}

/// Settles signals, limits and rights before any other thread exists.
fn prepare_process() -> io::Result<()> {
    // SAFETY: calls on this process; the structures are plain numbers that live through the calls.
    unsafe {
        let mut blocked = signals();
        libc::sigaddset(&mut blocked, root::LAID);
        libc::pthread_sigmask(libc::SIG_BLOCK, &blocked, std::ptr::null_mut());
        spawn::heed_signals();
        libc::umask(0o022);
        // Orphans come to PID 1 anyway; this makes an agent outside a sandbox the same.
        sys::check(libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1))?;
        // No process of the sandbox may look into the agent, whatever user a thread acts as.
        sys::check(libc::prctl(libc::PR_SET_DUMPABLE, 0))?;
        // Threads share two heaps: each more would cost memory that idle sandboxes keep.
        libc::mallopt(libc::M_ARENA_MAX, 2);
        libc::mallopt(libc::M_MMAP_THRESHOLD, 128 * 1024);
        let mut limit: libc::rlimit = std::mem::zeroed();
        sys::check(libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit))?;
        let _ = FILE_LIMIT.set(limit);
        limit.rlim_cur = limit.rlim_max;
        sys::check(libc::setrlimit(libc::RLIMIT_NOFILE, &limit))?;
    }
    Ok(())
}

/// The signals that the agent waits for.
fn signals() -> libc::sigset_t {
    // SAFETY: sigemptyset initialises the set.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        for signal in [
            libc::SIGCHLD,
            libc::SIGTERM,
            libc::SIGINT,
            libc::SIGHUP,
            libc::SIGQUIT,
            libc::SIGUSR1,
            libc::SIGUSR2,
            libc::SIGWINCH,
        ] {
            libc::sigaddset(&mut set, signal);
        }
        set
    }
}

/// What the signals are read from.
fn signal_descriptor() -> io::Result<OwnedFd> {
    let flags = libc::SFD_CLOEXEC | libc::SFD_NONBLOCK;
    // SAFETY: the set lives through the call.
    let fd = sys::check(unsafe { libc::signalfd(-1, &signals(), flags) })?;
    // SAFETY: the call returned a new descriptor that nothing else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Waits for signals and connections. An agent with nothing to do has this one thread.
fn watch(agent: &Arc<Agent>, listener: &UnixListener, signals: &OwnedFd) -> io::Result<()> {
    let mut set = PollSet::default();
    loop {
        set.clear();
        let signal = set.add(signals.as_fd(), true, false);
        let connection = set.add(listener.as_fd(), true, false);
        set.wait(None)?;
        if set.readable(signal) {
            obey(agent, signals)?;
        }
        if set.readable(connection) {
            accept(listener, agent);
        }
    }
}

/// Reaps on SIGCHLD, ends the sandbox on SIGTERM and SIGINT, and passes other signals to the
/// entrypoint.
fn obey(agent: &Arc<Agent>, signals: &OwnedFd) -> io::Result<()> {
    // SAFETY: all-zero is a valid structure.
    let mut info: libc::signalfd_siginfo = unsafe { std::mem::zeroed() };
    let size = size_of_val(&info);
    // SAFETY: the kernel writes at most the structure's size.
    let read = unsafe { libc::read(signals.as_raw_fd(), (&raw mut info).cast(), size) };
    if read < 0 {
        let error = io::Error::last_os_error();
        return match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => Ok(()),
            _ => Err(error),
        };
    }
    match info.ssi_signo as i32 {
        libc::SIGCHLD => drop(reaper::reap()),
        libc::SIGTERM | libc::SIGINT => {
            let ending = Arc::clone(agent);
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn(move || shutdown::run(&ending.sessions, shutdown::GRACE))?;
        }
        other => {
            if let Some(entrypoint) = agent.sessions.entrypoint() {
                // It may have ended, and then nobody wants the signal.
                let _ = entrypoint.signal(other, false);
            }
        }
    }
    Ok(())
}

fn accept(listener: &UnixListener, agent: &Arc<Agent>) {
    match listener.accept() {
        Ok((stream, _)) => admit(Connection::new(stream), agent),
        Err(error) => match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => {}
            _ => {
                sys::note(&format!("accept: {error}"));
                thread::sleep(PAUSE);
            }
        },
    }
}

/// Serves a connection on a thread of its own.
fn admit(connection: Connection, agent: &Arc<Agent>) {
    if agent.connections.fetch_add(1, Ordering::Relaxed) >= limits::CONNECTIONS {
        agent.connections.fetch_sub(1, Ordering::Relaxed);
        return refuse(connection, "Too many operations run in the sandbox.");
    }
    let serving = Arc::clone(agent);
    let spare = connection.stream.try_clone();
    let thread = thread::Builder::new()
        .name("connection".into())
        .stack_size(STACK);
    let spawned = thread.spawn(move || {
        // A client that leaves or breaks the protocol ends its own connection only.
        let _ = dispatch::serve(connection, &serving);
        serving.connections.fetch_sub(1, Ordering::Relaxed);
    });
    if spawned.is_err() {
        agent.connections.fetch_sub(1, Ordering::Relaxed);
        if let Ok(stream) = spare {
            refuse(
                Connection::new(stream),
                "The sandbox's limit of processes is reached.",
            );
        }
    }
}

/// Answers without reading the request. Never waits: the answer fits into an empty socket.
fn refuse(mut connection: Connection, reason: &str) {
    let _ = connection.reply(Err(Failure::exhausted(reason)));
}

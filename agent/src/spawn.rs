//! Starts a process: everything is prepared beforehand, so that between clone and exec only system
//! calls remain.
//!
//! The child shares the agent's memory until it executes its program (as `vfork` does), which makes
//! a start cheap whatever the agent's size. Its user cannot look into that memory meanwhile: the
//! agent is not dumpable, and changing the user id keeps it so.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::ptr;

use crate::reaper::Child;
use crate::sys;
use crate::users::Ids;

/// A process to start.
pub struct Plan {
    /// Paths to try in turn, as a search of `PATH` does.
    pub programs: Vec<CString>,
    pub argv: Vec<CString>,
    pub env: Vec<CString>,
    pub cwd: CString,
    /// `None` leaves the agent's own.
    pub ids: Option<Ids>,
    /// Descriptors of the child by their number in it; all others are closed.
    pub fds: Vec<(OwnedFd, c_int)>,
    /// Descriptor 0 is a terminal that shall control the new session.
    pub terminal: bool,
}

/// Where a start failed.
#[derive(Debug)]
pub enum StartError {
    /// The working directory cannot be entered.
    Directory(io::Error),
    /// The program cannot be executed.
    Program(io::Error),
    /// The system has no more processes, or refuses the user.
    System(io::Error),
}

/// What the child needs, in the form that the kernel takes it, and what it tells back.
struct Image<'a> {
    programs: &'a [CString],
    argv: Vec<*const c_char>,
    env: Vec<*const c_char>,
    cwd: &'a CStr,
    ids: Option<&'a Ids>,
    fds: Vec<(c_int, c_int)>,
    terminal: bool,
    failure: (Stage, c_int),
}

#[derive(Clone, Copy)]
enum Stage {
    None,
    System,
    Directory,
    Program,
}

/// Bytes of the child's stack; its calls need less than 4 KiB.
const STACK: usize = 32 * 1024;

/// The signals that Rust's runtime ignores or handles in the agent.
const OF_RUNTIME: [c_int; 3] = [libc::SIGPIPE, libc::SIGSEGV, libc::SIGBUS];

/// Gives the signals that the agent was started with as ignored their default action, which the
/// processes that it starts inherit.
pub fn heed_signals() {
    for signal in 1..=64 {
        if !OF_RUNTIME.contains(&signal) {
            act_by_default(signal);
        }
    }
}

/// What the kernel refuses are SIGKILL and SIGSTOP, which have no other action.
fn act_by_default(signal: c_int) {
    // All zero is the default action. The library's function would leave out its own signals.
    let default = [0u64; 4];
    let none = ptr::null_mut::<c_void>();
    // SAFETY: reads the structure of the kernel's layout, whose set has 8 bytes.
    unsafe { libc::syscall(libc::SYS_rt_sigaction, signal, default.as_ptr(), none, 8) };
}

/// Starts the process as leader of a session and process group of its own. Returns when it executes
/// its program.
pub fn start(plan: &Plan) -> Result<Child, StartError> {
    // Numbers above all targets, so that no dup2 overwrites a source that is still needed.
    let high: Vec<OwnedFd> = (plan.fds.iter())
        .map(|(fd, _)| sys::duplicate_high(fd.as_fd()))
        .collect::<Result<_, _>>()
        .map_err(StartError::System)?;
    let targets = plan.fds.iter().map(|(_, target)| *target);
    let mut image = Image {
        programs: &plan.programs,
        argv: pointers(&plan.argv),
        env: pointers(&plan.env),
        cwd: &plan.cwd,
        ids: plan.ids.as_ref(),
        fds: high.iter().map(AsRawFd::as_raw_fd).zip(targets).collect(),
        terminal: plan.terminal,
        failure: (Stage::None, 0),
    };
    let child = Child::start(|| clone(&mut image)).map_err(StartError::System)?;
    let error = io::Error::from_raw_os_error(image.failure.1);
    match image.failure.0 {
        Stage::None => Ok(child),
        Stage::System => Err(StartError::System(error)),
        Stage::Directory => Err(StartError::Directory(error)),
        Stage::Program => Err(StartError::Program(error)),
    }
}

fn pointers(strings: &[CString]) -> Vec<*const c_char> {
    let all = strings.iter().map(|s| s.as_ptr());
    all.chain([ptr::null()]).collect()
}

fn clone(image: &mut Image<'_>) -> io::Result<i32> {
    let mut stack = vec![0u128; STACK / 16];
    let top = stack.as_mut_ptr_range().end;
    // SAFETY: the sets are initialised by sigfillset and pthread_sigmask. The child runs on its own
    // stack while this thread waits for its exec or exit (CLONE_VFORK), so `image` and `stack` live.
    unsafe {
        let mut all = std::mem::zeroed();
        let mut before = std::mem::zeroed();
        libc::sigfillset(&mut all);
        // A handler of the agent must not run in the child, whose memory is the agent's.
        libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut before);
        let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
        let pid = libc::clone(child, top.cast(), flags, ptr::from_mut(image).cast());
        let outcome = sys::check(pid);
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, ptr::null_mut());
        outcome
    }
}

extern "C" fn child(image: *mut c_void) -> c_int {
    // SAFETY: `clone` passes its image, which nothing else touches while it waits.
    let image = unsafe { &mut *image.cast::<Image<'_>>() };
    image.failure = run(image);
    // SAFETY: ends the child at once, without the agent's exit handlers.
    unsafe { libc::_exit(127) }
}

/// Turns the child into its program; returns only what went wrong.
fn run(image: &Image<'_>) -> (Stage, c_int) {
    if let Err(errno) = prepare(image) {
        return (Stage::System, errno);
    }
    // SAFETY: the path is a C string.
    if unsafe { libc::chdir(image.cwd.as_ptr()) } != 0 {
        return (Stage::Directory, errno());
    }
    let mut failure = libc::ENOENT;
    for program in image.programs {
        // SAFETY: argv and env are arrays of C strings that end with null.
        unsafe { libc::execve(program.as_ptr(), image.argv.as_ptr(), image.env.as_ptr()) };
        match errno() {
            libc::ENOENT | libc::ENOTDIR => {}
            libc::EACCES => failure = libc::EACCES,
            other => return (Stage::Program, other),
        }
    }
    (Stage::Program, failure)
}

fn prepare(image: &Image<'_>) -> Result<(), c_int> {
    // SAFETY: system calls on the child's own state; every pointer refers to live memory.
    unsafe {
        ok(libc::setsid())?;
        for (source, target) in &image.fds {
            ok(libc::dup2(*source, *target))?;
        }
        close_from(
            image
                .fds
                .iter()
                .map(|(_, target)| target + 1)
                .max()
                .unwrap_or(0),
        );
        if image.terminal {
            ok(libc::ioctl(0, libc::TIOCSCTTY, 0))?;
        }
        for signal in OF_RUNTIME {
            act_by_default(signal);
        }
        libc::umask(0o022);
        if let Some(limit) = crate::agent::original_file_limit() {
            libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
        }
        // The wrappers of the C library would change the ids of the agent's threads as well.
        if let Some(ids) = image.ids {
            let (uid, gid) = (ids.uid, ids.gid);
            let groups = ids.groups.as_ptr();
            ok(libc::syscall(libc::SYS_setgroups, ids.groups.len(), groups) as c_int)?;
            ok(libc::syscall(libc::SYS_setresgid, gid, gid, gid) as c_int)?;
            ok(libc::syscall(libc::SYS_setresuid, uid, uid, uid) as c_int)?;
        }
        let mut none = std::mem::zeroed();
        libc::sigemptyset(&mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &none, ptr::null_mut());
    }
    Ok(())
}

/// Closes what the child does not name. Where the kernel lacks close_range, that every descriptor
/// of the agent is closed on exec does the same.
fn close_from(first: c_int) {
    // SAFETY: closes descriptors of the child only; it has a table of its own.
    unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, 0) };
}

fn ok(result: c_int) -> Result<(), c_int> {
    if result < 0 { Err(errno()) } else { Ok(()) }
}

fn errno() -> c_int {
    // SAFETY: the thread's own errno.
    unsafe { *libc::__errno_location() }
}

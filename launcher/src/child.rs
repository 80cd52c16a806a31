//! A cell seen from its first process, up to the moment when it becomes the agent.

use crate::cgroup::Groups;
use crate::fault::{At, Fault};
use crate::host::Host;
use crate::mount::{self, Context, attribute};
use crate::room::{AGENT, RESOLVER_FILE, ROOT, STAGE, SYSFS, stage};
use crate::sys;
use std::ffi::{CStr, c_ulong};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::ptr;

const DIRECTORY: i32 = libc::O_PATH | libc::O_DIRECTORY;
const INERT: u64 = attribute::NO_SUID | attribute::NO_DEVICES | attribute::NO_EXEC;

/// The descriptor at which the agent finds its listening socket.
const AGENT_SOCKET: i32 = 3;
/// The agent's name in lists of processes: where a sandbox has it.
const NAME: &CStr = c"/.paddock/agent";
const PATH: &CStr = c"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Tells the agent to wait for the sandbox's root.
const STAGED: &CStr = c"PADDOCK_STAGED=1";

/// Longest description of a fault that is sent to the parent.
const LONGEST_FAULT: usize = 256;

/// What the process has from its parent.
pub struct Inheritance {
    /// The agent's listening socket.
    pub socket: OwnedFd,
    /// Its /dev, detached.
    pub dev: OwnedFd,
    /// Copies of the files with limits, in the room's order, detached.
    pub limits: Vec<OwnedFd>,
    /// Has a byte to read when the ids are mapped.
    pub mapped: OwnedFd,
    /// Takes a fault; closed by the exec.
    pub tell_fault: OwnedFd,
}

/// Becomes the agent, or tells the parent what is in the way and ends.
pub fn run(host: &Host, groups: &Groups, inheritance: &Inheritance) -> ! {
    let Err(fault) = become_agent(host, groups, inheritance);
    let mut text = format!("{} {}", fault.errno, fault.step);
    text.truncate(LONGEST_FAULT);
    // Where the parent is gone nobody wants to know.
    let _ = sys::write_all(inheritance.tell_fault.as_fd(), text.as_bytes());
    // SAFETY: ends the process without running anything of the parent's.
    unsafe { libc::_exit(1) }
}

/// What a child told: nothing, because it is the agent now, or its fault.
pub fn outcome(faults: BorrowedFd<'_>) -> Result<(), Fault> {
    let mut buffer = [0; LONGEST_FAULT];
    let length = sys::read(faults, &mut buffer).at("hear from the first process")?;
    let text = String::from_utf8_lossy(buffer.get(..length).unwrap_or_default()).into_owned();
    match text.split_once(' ') {
        None if text.is_empty() => Ok(()),
        Some((errno, step)) => Err(Fault {
            step: step.to_owned(),
            errno: errno.parse().unwrap_or(libc::EIO),
        }),
        None => Err(Fault::own(text)),
    }
}

enum Never {}

fn become_agent(host: &Host, groups: &Groups, inheritance: &Inheritance) -> Result<Never, Fault> {
    groups.enter()?;
    sys::unshare(libc::CLONE_NEWCGROUP).at("make a control group namespace")?;
    await_map(inheritance.mapped.as_fd())?;
    become_root().at("become the sandbox's root")?;
    tie_to_launcher(inheritance.mapped.as_fd())?;
    assemble(host, inheritance)?;
    restrict(host)?;
    arrange_descriptors(inheritance.socket.as_fd()).at("arrange descriptors")?;
    // From here on a sandbox lives longer than the launcher.
    sys::control(libc::PR_SET_PDEATHSIG, 0).at("let go of the launcher")?;
    host.filter.take_on()?;
    Err(execute()).at("run the agent")
}

fn await_map(mapped: BorrowedFd<'_>) -> Result<(), Fault> {
    let mut byte = [0];
    match sys::read(mapped, &mut byte).at("wait for the id map")? {
        0 => Err(Fault::own("outlive the launcher")),
        _ => Ok(()),
    }
}

/// Ends with the launcher from now on, as long as it is not the agent yet. A change of user would
/// undo this, so it comes after that.
fn tie_to_launcher(mapped: BorrowedFd<'_>) -> Result<(), Fault> {
    sys::control(libc::PR_SET_PDEATHSIG, libc::SIGKILL as c_ulong).at("tie to the launcher")?;
    if sys::hung_up(mapped).at("look for the launcher")? {
        return Err(Fault::own("outlive the launcher"));
    }
    Ok(())
}

fn become_root() -> io::Result<()> {
    // SAFETY: plain calls; an empty list of groups needs no pointer.
    unsafe {
        sys::check(libc::setgroups(0, ptr::null()).into())?;
        sys::check(libc::setresgid(0, 0, 0).into())?;
        sys::check(libc::setresuid(0, 0, 0).into())?;
        sys::check(libc::setsid().into())?;
    }
    Ok(())
}

/// Puts together what the sandbox's root will be covered with, and leaves the launcher's behind. It
/// waits here, with nothing else in sight, for a root.
fn assemble(host: &Host, inheritance: &Inheritance) -> Result<(), Fault> {
    let place = sys::open(ROOT, DIRECTORY).at("open the stage's place")?;
    let stage = shared(STAGE)?;
    let stage = stage.as_fd();
    mount::set(stage, attribute::READ_ONLY | INERT).at("protect the stage")?;
    mount::attach(stage, place.as_fd()).at("attach the stage")?;

    let proc = Context::new(c"proc").and_then(|proc| proc.mount(INERT));
    let proc = proc.at("mount /proc")?;
    put(stage, c"proc", proc.as_fd()).at("attach /proc")?;
    for mask in &host.room.proc_masks {
        mask.apply(proc.as_fd()).at("hide parts of /proc")?;
    }
    for (cover, copy) in host.room.proc_limits.iter().zip(&inheritance.limits) {
        let applied = cover.apply(copy.as_fd(), proc.as_fd());
        applied.at("show limits in /proc")?;
    }
    for name in &host.room.proc_read_only {
        let place = sys::open_beneath(proc.as_fd(), name, libc::O_PATH);
        place
            .and_then(|place| mount::cover_with_itself(place.as_fd(), attribute::READ_ONLY))
            .at("protect parts of /proc")?;
    }
    put(stage, c"sys", shared(SYSFS)?.as_fd()).at("attach /sys")?;
    put(stage, c"dev", inheritance.dev.as_fd()).at("attach /dev")?;
    devices(inheritance.dev.as_fd()).at("fill /dev")?;
    let resolver_file = shared(RESOLVER_FILE)?;
    put(stage, c"resolv.conf", resolver_file.as_fd()).at("attach /etc/resolv.conf")?;
    put(stage, c"agent", shared(AGENT)?.as_fd()).at("attach the agent")?;
    mount::change_root(stage).at("enter the stage")
}

fn shared(part: &CStr) -> Result<OwnedFd, Fault> {
    sys::open(part, libc::O_PATH)
        .and_then(|part| mount::copy_tree(part.as_fd()))
        .at("copy a shared part")
}

fn devices(dev: BorrowedFd<'_>) -> io::Result<()> {
    let terminals = Context::new(c"devpts")?;
    terminals.flag(c"newinstance")?;
    terminals.text(c"ptmxmode", c"0666")?;
    terminals.text(c"mode", c"0620")?;
    terminals.text(c"gid", c"5")?;
    let not_executable = attribute::NO_SUID | attribute::NO_EXEC;
    put(dev, c"pts", terminals.mount(not_executable)?.as_fd())?;
    let shared_memory = Context::new(c"tmpfs")?;
    shared_memory.text(c"mode", c"1777")?;
    shared_memory.text(c"size", c"50%")?;
    put(dev, c"shm", shared_memory.mount(INERT)?.as_fd())?;
    let queues = Context::new(c"mqueue")?;
    put(dev, c"mqueue", queues.mount(INERT)?.as_fd())
}

fn put(at: BorrowedFd<'_>, name: &CStr, mount: BorrowedFd<'_>) -> io::Result<()> {
    let place = sys::open_beneath(at, name, libc::O_PATH)?;
    mount::attach(mount, place.as_fd())
}

fn restrict(host: &Host) -> Result<(), Fault> {
    let files = libc::rlimit {
        rlim_cur: host.policy.open_files,
        rlim_max: host.policy.open_files,
    };
    // SAFETY: the structure is valid for the call.
    let limited = unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const files) };
    sys::check(limited.into()).at("limit open files")?;
    // What the bounding set lacks is gone with the exec.
    for capability in 0..64u32 {
        if !host.policy.capabilities.contains(&capability)
            && sys::control(libc::PR_CAPBSET_DROP, c_ulong::from(capability)).is_err()
        {
            break;
        }
    }
    Ok(())
}

/// Descriptor 3 is the socket, 0 to 2 are /dev/null, and nothing else gets through the exec.
fn arrange_descriptors(socket: BorrowedFd<'_>) -> io::Result<()> {
    let null = sys::open(c"/dev/null", libc::O_RDWR)?;
    // SAFETY: plain calls on descriptors that live.
    unsafe {
        for standard in 0..3 {
            sys::check(libc::dup2(null.as_raw_fd(), standard).into())?;
        }
        if socket.as_raw_fd() == AGENT_SOCKET {
            sys::check(libc::fcntl(AGENT_SOCKET, libc::F_SETFD, 0).into())?;
        } else {
            sys::check(libc::dup2(socket.as_raw_fd(), AGENT_SOCKET).into())?;
        }
        libc::umask(0o022);
    }
    Ok(())
}

fn execute() -> io::Error {
    let arguments = [NAME.as_ptr(), ptr::null()];
    let environment = [PATH.as_ptr(), STAGED.as_ptr(), ptr::null()];
    // SAFETY: both lists are C strings that end in null.
    unsafe {
        libc::execve(
            stage::AGENT.as_ptr(),
            arguments.as_ptr(),
            environment.as_ptr(),
        )
    };
    io::Error::last_os_error()
}

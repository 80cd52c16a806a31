//! The pipes or the terminal between the agent and a process.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};

use crate::command::Prepared;
use crate::failure::{Failure, Outcome};
use crate::process::input::Input;
use crate::reaper::Child;
use crate::sys;
use crate::terminal;
use crate::wire::TerminalSize;

/// The agent's ends; none of them blocks.
pub struct Plumbing {
    pub output: Option<OwnedFd>,
    /// `None` when standard error goes the way of the output.
    pub errors: Option<OwnedFd>,
    pub input: Input,
    /// The terminal's own end, for its size.
    pub terminal: Option<OwnedFd>,
}

/// Starts a process on pipes, or on a terminal of the given size.
pub fn start(
    prepared: &Prepared,
    size: Option<&TerminalSize>,
    merge: bool,
) -> Outcome<(Child, Plumbing)> {
    let failed = |error| Failure::of("open a pipe", &error);
    if let Some(size) = size {
        return on_terminal(prepared, size);
    }
    let (stdin, input) = sys::pipe().map_err(failed)?;
    let (output, stdout) = sys::pipe().map_err(failed)?;
    let (errors, stderr) = match merge {
        true => (None, stdout.try_clone().map_err(failed)?),
        false => sys::pipe().map(|(r, w)| (Some(r), w)).map_err(failed)?,
    };
    for fd in [Some(&input), Some(&output), errors.as_ref()]
        .into_iter()
        .flatten()
    {
        sys::set_nonblocking(fd.as_fd()).map_err(failed)?;
    }
    for fd in [&stdin, &stdout, &stderr] {
        prepared.give(fd.as_fd());
    }
    let mut input = Input::to(input);
    if !prepared.script.is_empty() {
        input.push(&prepared.script)?;
    }
    let child = prepared.start(vec![(stdin, 0), (stdout, 1), (stderr, 2)], false)?;
    let plumbing = Plumbing {
        output: Some(output),
        errors,
        input,
        terminal: None,
    };
    Ok((child, plumbing))
}

fn on_terminal(prepared: &Prepared, size: &TerminalSize) -> Outcome<(Child, Plumbing)> {
    let (child, master) = terminal::start(prepared, size)?;
    let failed = |error| Failure::of("open a terminal", &error);
    let input = Input::to(master.try_clone().map_err(failed)?);
    let plumbing = Plumbing {
        output: Some(master.try_clone().map_err(failed)?),
        errors: None,
        input,
        terminal: Some(master),
    };
    Ok((child, plumbing))
}

/// Starts a process without input whose output and errors are had by pipes.
pub fn start_without_input(prepared: &Prepared) -> Outcome<(Child, Plumbing)> {
    let failed = |error| Failure::of("open a pipe", &error);
    let null = File::open("/dev/null").map_err(|error| Failure::of("open /dev/null", &error))?;
    let (output, stdout) = sys::pipe().map_err(failed)?;
    let (errors, stderr) = sys::pipe().map_err(failed)?;
    for fd in [&output, &errors] {
        sys::set_nonblocking(fd.as_fd()).map_err(failed)?;
    }
    for fd in [&stdout, &stderr] {
        prepared.give(fd.as_fd());
    }
    let child = prepared.start(vec![(null.into(), 0), (stdout, 1), (stderr, 2)], false)?;
    let plumbing = Plumbing {
        output: Some(output),
        errors: Some(errors),
        input: Input::default(),
        terminal: None,
    };
    Ok((child, plumbing))
}

//! `paddock-agent`: takes no arguments. `PADDOCK_LISTEN_FD` names the listening socket (3 without
//! it), `PADDOCK_STATE_DIR` the directory for its state (`/.paddock` without it). `PADDOCK_STAGED`
//! says that the sandbox's root is laid over the agent's later.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let listen = match env::var("PADDOCK_LISTEN_FD").map(|text| text.parse()) {
        Ok(Ok(fd)) => fd,
        Ok(Err(_)) => return fail("PADDOCK_LISTEN_FD is not a number"),
        Err(_) => 3,
    };
    let base = env::var_os("PADDOCK_STATE_DIR").unwrap_or_else(|| "/.paddock".into());
    let staged = env::var_os("PADDOCK_STAGED").is_some();
    match paddock_agent::agent::run(listen, &PathBuf::from(base), staged) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(reason: &str) -> ExitCode {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "paddock-agent cannot start: {reason}");
    ExitCode::FAILURE
}

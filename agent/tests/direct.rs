//! Plain commands, which need no shell.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::{Agent, shell};

/// In any order: that of the environment differs.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// What a text gives as it is, for which a shell may not be needed, and as a list, which only a shell
/// understands.
fn both_ways(agent: &Agent, text: &str) -> [common::Outcome; 2] {
    [text.to_owned(), format!("{text} ;")].map(|text| agent.exec(shell(&text)))
}

#[test]
fn a_plain_command_does_the_same_with_and_without_a_shell() {
    let agent = Agent::start();
    std::fs::write(agent.work_dir().join("script"), "echo from a script $1").unwrap();
    common::chmod(&agent.work_dir().join("script"), 0o755);
    for text in [
        "true",
        "false",
        "echo a  b 'c  d' \"e\"",
        "env",
        "pwd",
        "printf %s a",
        "ls -d /usr /nowhere",
        "sh -c 'exit 7'",
        "sh -c 'echo out; echo err >&2'",
        "cat",
        "readlink /proc/self/cwd",
        "./script a",
        "no-such-program a b",
        "/etc/passwd",
        "/",
    ] {
        let [direct, by_shell] = both_ways(&agent, text);
        assert_eq!(lines(direct.out()), lines(by_shell.out()), "{text}");
        assert_eq!(direct.err(), by_shell.err(), "{text}");
        assert_eq!(direct.exit.code, by_shell.exit.code, "{text}");
    }
}

#[test]
fn a_plain_command_that_a_signal_ends_is_told_of_as_the_shell_does() {
    let agent = Agent::start();
    for signal in [
        "SEGV", "KILL", "TERM", "INT", "PIPE", "ABRT", "HUP", "QUIT", "USR1", "BUS", "ILL", "FPE",
        "ALRM", "XCPU",
    ] {
        let [direct, by_shell] = both_ways(&agent, &format!("sh -c 'kill -{signal} $$'"));
        assert_eq!(direct.exit.code, by_shell.exit.code, "{signal}");
        let told = |seen: &common::Outcome| {
            let text = seen
                .err()
                .replace(" ;", "")
                .replace("(core dumped) ", "              ");
            text.split_whitespace()
                .filter(|word| word.parse::<u32>().is_err())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(told(&direct), told(&by_shell), "{signal}");
    }
}

#[test]
fn a_plain_command_runs_without_a_shell() {
    let agent = Agent::start();
    let seen = agent.exec(shell("cat /proc/self/stat"));
    let parent = seen.out().split(' ').nth(3).unwrap();
    assert_eq!(parent, agent.pid().to_string());
}

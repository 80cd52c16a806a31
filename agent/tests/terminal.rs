//! Background processes on terminals.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::time::{Duration, Instant};

use common::{Agent, Client, argv, shell};
use paddock_agent::frame::Kind;
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{
    AttachTerminal, Command, GetProcess, ProcessInfo, RemoveProcess, ResizeTerminal, StartProcess,
    TerminalSize, WriteInput,
};

fn info(reply: Reply) -> ProcessInfo {
    match reply {
        Reply::Process(info) => info,
        other => panic!("{other:?}"),
    }
}

/// Login shells must not run what the developer's own profile says, so they get another home.
fn start(agent: &Agent, id: &str, mut command: Command, lazy_start: bool) -> ProcessInfo {
    let home = command.env.entry("HOME".into());
    home.or_insert_with(|| "/nonexistent".into());
    info(agent.ask(Operation::StartProcess(StartProcess {
        id: id.into(),
        command: Some(Command {
            terminal: Some(TerminalSize {
                columns: 80,
                rows: 24,
            }),
            ..command
        }),
        lazy_start,
        ..Default::default()
    })))
}

fn attach(agent: &Agent, id: &str, from_history: u32) -> Client {
    let (reply, client) = agent.open(Operation::AttachTerminal(AttachTerminal {
        id: id.into(),
        from_history,
    }));
    info(reply);
    client
}

fn get(agent: &Agent, id: &str) -> ProcessInfo {
    info(agent.ask(Operation::GetProcess(GetProcess { id: id.into() })))
}

#[test]
fn an_empty_command_is_an_interactive_login_shell() {
    let agent = Agent::start();
    start(&agent, "p", Command::default(), false);
    let mut viewer = attach(&agent, "p", 4096);
    viewer.send(Kind::Stdin, b"echo $- $TERM; tty; shopt login_shell\n");
    let seen = viewer.expect("login_shell    \ton");
    assert!(
        seen.contains("xterm-256color") && seen.contains("/dev/pts/"),
        "{seen}"
    );
    viewer.send(Kind::Stdin, b"exit 9\n");
    assert_eq!(viewer.outcome().exit.code, 9);
    assert!(!get(&agent, "p").running);
}

#[test]
fn all_viewers_see_the_same_and_history_comes_first() {
    let agent = Agent::start();
    start(&agent, "p", argv(&["cat"]), false);
    let mut first = attach(&agent, "p", 0);
    first.send(Kind::Stdin, b"one\n");
    first.expect("one\r\none\r\n");
    let mut second = attach(&agent, "p", 1 << 20);
    second.expect("one\r\none\r\n");
    second.send(Kind::Stdin, b"two\n");
    first.expect("two\r\ntwo\r\n");
    drop(first);
    second.send(Kind::Stdin, &[4]);
    assert_eq!(second.outcome().exit.code, 0);
}

#[test]
fn a_new_size_reaches_the_process() {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell("trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done"),
        false,
    );
    let mut viewer = attach(&agent, "p", 4096);
    viewer.expect("ready");
    let resized = info(agent.ask(Operation::ResizeTerminal(ResizeTerminal {
        id: "p".into(),
        size: Some(TerminalSize {
            columns: 120,
            rows: 40,
        }),
    })));
    assert_eq!(
        resized.size,
        Some(TerminalSize {
            columns: 120,
            rows: 40
        })
    );
    viewer.expect("40 120");
}

#[test]
fn a_lazy_process_starts_with_its_first_viewer() {
    let agent = Agent::start();
    let made = start(&agent, "p", shell("stty size; read x"), true);
    assert_eq!((made.running, made.pid, made.lazy_start), (false, 0, true));
    agent.ask(Operation::ResizeTerminal(ResizeTerminal {
        id: "p".into(),
        size: Some(TerminalSize {
            columns: 90,
            rows: 30,
        }),
    }));
    let mut viewer = attach(&agent, "p", 4096);
    viewer.expect("30 90");
    assert!(get(&agent, "p").running);
}

/// What a viewer saw up to the end mark, in bytes, and the longest time that he saw nothing.
fn watch_until_the_end(mut viewer: Client) -> (usize, Duration) {
    let mut length = 0;
    let mut longest = Duration::ZERO;
    let mut last: Option<Instant> = None;
    loop {
        let frame = viewer.receive().unwrap();
        let now = Instant::now();
        longest = longest.max(last.map_or(Duration::ZERO, |last| now - last));
        last = Some(now);
        length += frame.payload.len();
        if frame.payload.windows(7).any(|w| w == b"the-end") {
            return (length, longest);
        }
    }
}

/// Runs a script before three viewers who read and one who does not.
fn watch_with_a_viewer_who_does_not_read(script: &str) -> Vec<(usize, Duration)> {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell(&format!("read go; {script}; echo the-end; read x")),
        false,
    );
    let mut stuck = attach(&agent, "p", 0);
    let mut others: Vec<_> = (0..3).map(|_| attach(&agent, "p", 0)).collect();
    others[0].send(Kind::Stdin, b"\n");
    let threads: Vec<_> = others
        .drain(..)
        .map(|viewer| std::thread::spawn(move || watch_until_the_end(viewer)))
        .collect();
    let watched = threads.into_iter().map(|t| t.join().unwrap()).collect();
    // The stuck one finds what was sent to him and then the end of the connection.
    while stuck.receive().is_ok() {}
    assert!(get(&agent, "p").running);
    watched
}

#[test]
fn a_viewer_who_does_not_read_is_cut_off() {
    let script = "head -c 50000000 /dev/zero | tr '\\0' x";
    for (length, _) in watch_with_a_viewer_who_does_not_read(script) {
        assert!(length > 50_000_000, "{length}");
    }
}

#[test]
fn a_viewer_who_does_not_read_holds_up_nobody_at_ten_megabytes_a_second() {
    let script = "for i in $(seq 45); do head -c 1000000 /dev/zero; sleep 0.1; done";
    for (length, longest) in watch_with_a_viewer_who_does_not_read(script) {
        assert!(length > 45_000_000, "{length}");
        assert!(longest < Duration::from_secs(1), "{longest:?}");
    }
}

#[test]
fn a_viewer_who_takes_nothing_for_a_second_loses_nothing() {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell("read go; head -c 50000000 /dev/zero | tr '\\0' x; echo the-end; read x"),
        false,
    );
    let mut viewer = attach(&agent, "p", 0);
    viewer.send(Kind::Stdin, b"\n");
    std::thread::sleep(Duration::from_millis(1_000));
    assert!(watch_until_the_end(viewer).0 > 50_000_000);
}

#[test]
fn a_viewer_to_come_sees_a_mebibyte_at_most_of_what_another_has_not_taken() {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell("read go; head -c 10000000 /dev/zero | tr '\\0' x; echo the-end; read x"),
        false,
    );
    let mut stuck = attach(&agent, "p", 0);
    stuck.send(Kind::Stdin, b"\n");
    let reader = attach(&agent, "p", 0);
    assert!(watch_until_the_end(reader).0 > 9_000_000);
    let late = attach(&agent, "p", u32::MAX);
    assert_eq!(watch_until_the_end(late).0, 1 << 20);
}

#[test]
fn removing_a_terminal_ends_an_interactive_shell_and_its_jobs() {
    let agent = Agent::start();
    start(&agent, "p", Command::default(), false);
    let mut viewer = attach(&agent, "p", 4096);
    viewer.send(Kind::Stdin, b"sleep 94 & echo pid=$! done\n");
    let seen = viewer.expect(" done\r\n");
    let pid = seen
        .rsplit("pid=")
        .next()
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    let begin = Instant::now();
    let reply = agent.ask(Operation::RemoveProcess(RemoveProcess {
        id: "p".into(),
        grace_millis: 5000,
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    assert!(begin.elapsed() < Duration::from_secs(4));
    assert!(!std::path::Path::new(&format!("/proc/{pid}/fd/0")).exists());
    assert!(viewer.outcome().exit.code >= 128);
    assert_eq!(
        agent.refused(Operation::GetProcess(GetProcess { id: "p".into() })),
        Code::NotFound
    );
}

#[test]
fn what_a_viewer_typed_before_he_left_arrives_however_much_there_is_to_show_him() {
    let agent = Agent::start();
    for round in 0..20 {
        let id = format!("p{round}");
        let script =
            "while :; do echo noise; done & read -t 5 x || x=nothing; kill $!; echo got:$x";
        start(&agent, &id, argv(&["bash", "-c", script]), false);
        let mut typist = attach(&agent, &id, 0);
        typist.expect("noise");
        typist.send(Kind::Stdin, b"typed\n");
        drop(typist);
        let seen = attach(&agent, &id, 4096).outcome();
        assert!(seen.out().contains("got:typed"), "round {round}");
    }
}

#[test]
fn input_is_also_written_without_attaching() {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell("read x; echo got:$x; sleep 0.2; exit 3"),
        false,
    );
    let reply = agent.ask(Operation::WriteInput(WriteInput {
        id: "p".into(),
        data: b"typed\n".to_vec(),
        ..Default::default()
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    let mut viewer = attach(&agent, "p", 4096);
    let seen = viewer.outcome();
    assert!(seen.out().contains("got:typed"), "{}", seen.out());
    assert_eq!(seen.exit.code, 3);
}

//! Background processes on pipes.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant};

use common::{Agent, Outcome, argv, shell};
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{
    Command, GetProcess, ListProcesses, ProcessInfo, ReadOutput, RemoveProcess, SignalProcess,
    StartProcess, WriteInput,
};

fn start(agent: &Agent, id: &str, command: Command) -> ProcessInfo {
    start_with(
        agent,
        StartProcess {
            id: id.into(),
            command: Some(command),
            ..Default::default()
        },
    )
}

fn start_transient(agent: &Agent, id: &str, command: Command) -> ProcessInfo {
    start_with(
        agent,
        StartProcess {
            id: id.into(),
            command: Some(command),
            transient_output: true,
            ..Default::default()
        },
    )
}

fn start_with(agent: &Agent, message: StartProcess) -> ProcessInfo {
    match agent.ask(Operation::StartProcess(message)) {
        Reply::Process(info) => info,
        other => panic!("{other:?}"),
    }
}

/// Bytes of disk that recorded output takes.
fn disk_usage(agent: &Agent) -> u64 {
    let files = std::fs::read_dir(agent.directory.join("state/run/output")).unwrap();
    files
        .map(|file| file.unwrap().metadata().unwrap().blocks() * 512)
        .sum()
}

fn length(agent: &Agent, id: &str) -> u64 {
    match agent.ask(Operation::GetProcess(GetProcess { id: id.into() })) {
        Reply::Process(info) => info.output_bytes,
        other => panic!("{other:?}"),
    }
}

fn wait_for_length(agent: &Agent, id: &str, expected: u64) {
    let end = Instant::now() + Duration::from_secs(60);
    while length(agent, id) < expected {
        assert!(Instant::now() < end, "{} bytes only", length(agent, id));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn feed(agent: &Agent, id: &str, data: &str) {
    let reply = agent.ask(Operation::WriteInput(WriteInput {
        id: id.into(),
        data: data.into(),
        ..Default::default()
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
}

fn read(agent: &Agent, id: &str, offset: u64, follow: bool) -> Outcome {
    agent.read_output(ReadOutput {
        id: id.into(),
        offset,
        follow,
        ..Default::default()
    })
}

#[test]
fn output_survives_the_client_and_is_read_again_from_anywhere() {
    let agent = Agent::start();
    let info = start(
        &agent,
        "p",
        shell("echo one; echo two >&2; sleep 0.1; echo three; exit 4"),
    );
    assert!(info.running && info.pid > 0);
    let all = read(&agent, "p", 0, true);
    assert_eq!(
        (all.out(), all.err(), all.exit.code),
        ("one\nthree\n", "two\n", 4)
    );
    assert_eq!(all.exit.next_offset, 14);
    assert_eq!(read(&agent, "p", 8, false).out(), "three\n");
    assert_eq!(read(&agent, "p", 14, true).all, b"");
    assert_eq!(read(&agent, "p", 999, true).all, b"");
}

#[test]
fn a_running_process_says_so() {
    let agent = Agent::start();
    start(&agent, "p", argv(&["sleep", "93"]));
    assert!(read(&agent, "p", 0, false).exit.still_running);
    let reply = agent.ask(Operation::SignalProcess(SignalProcess {
        id: "p".into(),
        signal: 15,
        group: true,
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    let seen = read(&agent, "p", 0, true);
    assert_eq!((seen.exit.code, seen.exit.signal), (143, 15));
    let again = Operation::SignalProcess(SignalProcess {
        id: "p".into(),
        signal: 15,
        group: true,
    });
    assert_eq!(agent.refused(again), Code::Gone);
}

#[test]
fn input_is_fed_until_its_end() {
    let agent = Agent::start();
    start(&agent, "p", argv(&["cat"]));
    for (data, end) in [(vec![b'x'; 1_000_000], false), (b"end\n".to_vec(), true)] {
        let reply = agent.ask(Operation::WriteInput(WriteInput {
            id: "p".into(),
            data,
            end,
            ..Default::default()
        }));
        assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    }
    assert_eq!(read(&agent, "p", 0, true).out.len(), 1_000_004);
}

#[test]
fn input_that_nobody_reads_is_bounded() {
    let agent = Agent::start();
    start(&agent, "p", argv(&["sleep", "92"]));
    let write = Operation::WriteInput(WriteInput {
        id: "p".into(),
        data: vec![0; 1_000_000],
        ..Default::default()
    });
    let refused = (0..10).any(|_| {
        matches!(agent.ask(write.clone()), Reply::Error(error)
        if error.code() == Code::ResourceExhausted)
    });
    assert!(refused);
}

#[test]
fn an_id_is_taken_while_its_process_lives() {
    let agent = Agent::start();
    start(&agent, "p", argv(&["cat"]));
    let again = StartProcess {
        id: "p".into(),
        command: Some(argv(&["true"])),
        ..Default::default()
    };
    assert_eq!(
        agent.refused(Operation::StartProcess(again.clone())),
        Code::AlreadyExists
    );
    agent.ask(Operation::SignalProcess(SignalProcess {
        id: "p".into(),
        signal: 9,
        group: false,
    }));
    read(&agent, "p", 0, true);
    start(&agent, "p", argv(&["true"]));
    assert_eq!(read(&agent, "p", 0, true).exit.code, 0);
}

#[test]
fn a_removed_process_is_gone_with_its_children() {
    let agent = Agent::start();
    start(
        &agent,
        "p",
        shell("setsid sleep 91 & echo $!; trap '' TERM; while :; do sleep 1; done"),
    );
    let mut pid = String::new();
    while !pid.ends_with('\n') {
        pid = read(&agent, "p", 0, false).out().to_owned();
    }
    let begin = Instant::now();
    let reply = agent.ask(Operation::RemoveProcess(RemoveProcess {
        id: "p".into(),
        grace_millis: 200,
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    assert!(begin.elapsed() < Duration::from_secs(3));
    assert!(!std::path::Path::new(&format!("/proc/{}/fd/0", pid.trim())).exists());
    let Reply::Processes(list) = agent.ask(Operation::ListProcesses(ListProcesses {})) else {
        panic!()
    };
    assert!(list.processes.is_empty());
    assert_eq!(
        agent.refused(Operation::GetProcess(GetProcess { id: "p".into() })),
        Code::NotFound
    );
}

/// What is said and how it ends when the output finds 256 KiB of room.
fn outcome_on_a_full_disk(start: impl Fn(&Agent)) -> Outcome {
    let agent = Agent::start();
    let state = agent.directory.join("state/run/output");
    std::fs::create_dir_all(&state).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "none"])
        .arg(&state)
        .status();
    assert!(mounted.unwrap().success());
    start(&agent);
    let seen = read(&agent, "p", 0, true);
    agent.ask(Operation::RemoveProcess(RemoveProcess {
        id: "p".into(),
        grace_millis: 0,
    }));
    let unmounted = std::process::Command::new("umount")
        .arg("-l")
        .arg(&state)
        .status();
    assert!(unmounted.unwrap().success());
    assert!(seen.out.len() <= 256 * 1024);
    assert!(seen.err().contains("no space left"), "{}", seen.err());
    assert_eq!(seen.exit.next_offset, seen.all.len() as u64);
    seen
}

#[test]
fn a_full_disk_is_noted_in_the_log_and_stops_nobody() {
    let seen = outcome_on_a_full_disk(|agent| {
        start(agent, "p", shell("head -c 2000000 /dev/zero; exit 2"));
    });
    assert_eq!(seen.exit.code, 2);
}

#[test]
fn a_full_disk_ends_what_is_listened_to_and_cannot_be_heard() {
    let seen = outcome_on_a_full_disk(|agent| {
        let command = argv(&["sh", "-c", "head -c 2000000 /dev/zero; sleep 92"]);
        start_transient(agent, "p", command);
    });
    assert_eq!(seen.exit.signal, 9);
}

/// Waits for a line of input, then writes 32 MiB in turns of 4 MiB on either stream, and stays.
const TALKATIVE: &str = "read line; for i in 1 2 3 4; do
    head -c 4194304 /dev/zero | tr '\\0' $i; head -c 4194304 /dev/zero | tr '\\0' $i >&2; done; sleep 93";
const TALK: u64 = 32 << 20;

fn talkative() -> Command {
    argv(&["sh", "-c", TALKATIVE])
}

fn stream_of_talk() -> Vec<u8> {
    ["1", "2", "3", "4"]
        .map(|digit| digit.repeat(4 << 20))
        .concat()
        .into()
}

fn follow(agent: &Agent, id: &str) -> common::Client {
    let (reply, client) = agent.open(Operation::ReadOutput(ReadOutput {
        id: id.into(),
        follow: true,
        ..Default::default()
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    client
}

fn end(agent: &Agent, id: &str) {
    agent.ask(Operation::SignalProcess(SignalProcess {
        id: id.into(),
        signal: 9,
        group: true,
    }));
}

#[test]
fn transient_output_is_given_back_when_its_reader_has_it() {
    let agent = Agent::start();
    start_transient(&agent, "p", talkative());
    let mut reader = follow(&agent, "p");
    feed(&agent, "p", "go\n");
    let reading = std::thread::spawn(move || reader.outcome());
    wait_for_length(&agent, "p", TALK);
    let until = Instant::now() + Duration::from_secs(10);
    while disk_usage(&agent) > 2 << 20 {
        assert!(Instant::now() < until, "{} bytes", disk_usage(&agent));
        std::thread::sleep(Duration::from_millis(20));
    }
    end(&agent, "p");
    let seen = reading.join().unwrap();
    assert!(seen.out == stream_of_talk() && seen.err == stream_of_talk());
    assert_eq!(seen.exit.next_offset, TALK);
}

#[test]
fn transient_output_waits_for_the_slowest_reader() {
    let agent = Agent::start();
    start_transient(&agent, "p", talkative());
    let mut slow = follow(&agent, "p");
    let mut fast = follow(&agent, "p");
    feed(&agent, "p", "go\n");
    wait_for_length(&agent, "p", TALK);
    end(&agent, "p");
    for seen in [fast.outcome(), slow.outcome()] {
        assert!(seen.out == stream_of_talk() && seen.err == stream_of_talk());
    }
}

#[test]
fn transient_output_that_nobody_reads_is_kept_at_its_end() {
    let agent = Agent::start();
    start_transient(&agent, "p", talkative());
    feed(&agent, "p", "go\n");
    wait_for_length(&agent, "p", TALK);
    assert!(disk_usage(&agent) <= 4 << 20, "{}", disk_usage(&agent));
    let seen = read(&agent, "p", 0, false);
    assert!(seen.out.is_empty() && seen.exit.next_offset == TALK);
    assert!(
        (1 << 20..=3 << 20).contains(&seen.err.len()),
        "{}",
        seen.err.len()
    );
    assert!(seen.err.iter().all(|byte| *byte == b'4'));
}

//! Sessions: one shell, many commands.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::time::{Duration, Instant};

use common::{Agent, env};
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{
    CreateSession, DeleteSession, GetSession, ListSessions, ReadOutput, RunInSession,
    SessionCommand, WriteInput,
};

/// Runs a test's body with each shell of this machine that sessions may meet.
fn with_shells(body: impl Fn(&Agent)) {
    for shell in ["/bin/sh", "/bin/bash", "/bin/zsh"] {
        if !std::path::Path::new(shell).exists() {
            continue;
        }
        println!("with {shell}");
        let agent = Agent::start_bare();
        agent.configure(|c| c.env = env(&[("SHELL", shell), ("PADDOCK_TEST_SHELL", shell)]));
        body(&agent);
    }
}

fn command(agent: &Agent, session: &str, id: &str) -> SessionCommand {
    let reply = agent.ask(Operation::GetSession(GetSession { id: session.into() }));
    let Reply::Session(info) = reply else {
        panic!()
    };
    info.commands
        .into_iter()
        .find(|command| command.id == id)
        .unwrap()
}

#[test]
fn directory_variables_and_functions_carry_over() {
    let agent = Agent::start();
    agent.create_session("s");
    assert_eq!(
        agent
            .run("s", "1", "cd /usr; A=1; export B=2; f() { echo f$1; }")
            .exit
            .code,
        0
    );
    let seen = agent.run("s", "2", "pwd; echo $A; sh -c 'echo $B'; f 3");
    assert_eq!(seen.out(), "/usr\n1\n2\nf3\n");
}

#[test]
fn streams_and_statuses_of_commands_are_apart() {
    with_shells(|agent| {
        agent.create_session("s");
        let first = agent.run("s", "1", "echo out; echo err >&2; (exit 3)");
        assert_eq!(
            (first.out(), first.err(), first.exit.code),
            ("out\n", "err\n", 3)
        );
        let second = agent.run("s", "2", "true");
        assert_eq!((second.all.len(), second.exit.code), (0, 0));
        let shown = command(agent, "s", "1");
        assert_eq!(
            (shown.running, shown.exit_code, shown.output_bytes),
            (false, 3, 8)
        );
    });
}

#[test]
fn several_lines_heredocs_and_odd_quotes_are_one_command() {
    with_shells(|agent| {
        agent.create_session("s");
        let text = "x='it'\"'\"'s'\ncat <<'EOF'\n$HOME \"quoted\" 'single'\nEOF\nfor i in 1 2\ndo echo $i\ndone # end";
        let seen = agent.run("s", "1", text);
        assert_eq!(seen.out(), "$HOME \"quoted\" 'single'\n1\n2\n");
        assert_eq!(agent.run("s", "2", "echo \"$x\"").out(), "it's\n");
    });
}

#[test]
fn a_syntax_error_ends_its_command_and_not_the_session() {
    with_shells(|agent| {
        agent.create_session("s");
        agent.run("s", "0", "KEPT=yes");
        for (id, text) in [
            ("1", "echo \"open"),
            ("2", "if then"),
            ("3", "echo $("),
            ("4", "}"),
            ("5", "cat <<EOF"),
        ] {
            let seen = agent.run("s", id, text);
            assert!(seen.exit.code != 0 || id == "5", "{text}: {seen:?}");
            println!(
                "{id} {seen:?} {:?}",
                agent.run("s", &format!("{id}x"), "echo $$")
            );
        }
        assert_eq!(agent.run("s", "6", "echo $KEPT").out(), "yes\n");
    });
}

#[test]
fn exit_ends_the_command_and_the_next_gets_a_fresh_shell() {
    with_shells(|agent| {
        agent.create_session("s");
        agent.run("s", "0", "LOST=1");
        let seen = agent.run("s", "1", "echo before; exit 3");
        assert_eq!((seen.out(), seen.exit.code), ("before\n", 3));
        assert_eq!(agent.run("s", "2", "echo \"[$LOST]\"").out(), "[]\n");
        assert_eq!(
            agent
                .run("s", "3", "exec sh -c 'echo replaced; exit 4'")
                .exit
                .code,
            4
        );
        assert_eq!(agent.run("s", "4", "kill -9 $$").exit.code, 137);
        assert_eq!(agent.run("s", "5", "echo alive").out(), "alive\n");
    });
}

#[test]
fn without_input_a_command_sees_its_end() {
    with_shells(|agent| {
        agent.create_session("s");
        assert_eq!(
            agent.run("s", "1", "cat; read x; echo \"[$x]\"").out(),
            "[]\n"
        );
        let write = Operation::WriteInput(WriteInput {
            session_id: "s".into(),
            command_id: "1".into(),
            data: b"late".to_vec(),
            ..WriteInput::default()
        });
        assert_eq!(agent.refused(write), Code::Gone);
    });
}

#[test]
fn input_reaches_a_command_also_when_it_is_written_early() {
    with_shells(|agent| {
        agent.create_session("s");
        agent.queue("s", "1", "sleep 0.2", false);
        agent.queue("s", "2", "read a; echo got $a; cat", true);
        let write = |data: &str, end| {
            let reply = agent.ask(Operation::WriteInput(WriteInput {
                session_id: "s".into(),
                command_id: "2".into(),
                data: data.into(),
                end,
                ..WriteInput::default()
            }));
            assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
        };
        write("first\n", false);
        write("rest\n", true);
        assert_eq!(agent.follow("s", "2").out(), "got first\nrest\n");
        agent.queue("s", "3", "read b; echo $b", true);
        std::thread::sleep(Duration::from_millis(50));
        let reply = agent.ask(Operation::WriteInput(WriteInput {
            session_id: "s".into(),
            command_id: "3".into(),
            data: b"later\n".to_vec(),
            ..WriteInput::default()
        }));
        assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
        assert_eq!(agent.follow("s", "3").out(), "later\n");
    });
}

#[test]
fn a_background_process_does_not_hold_up_the_end_and_writes_into_its_own_log() {
    with_shells(|agent| {
        agent.create_session("s");
        let start = Instant::now();
        let seen = agent.run("s", "1", "(sleep 0.4; echo late) & echo now");
        assert_eq!(seen.out(), "now\n");
        assert!(start.elapsed() < Duration::from_millis(390));
        assert_eq!(agent.run("s", "2", "echo other").out(), "other\n");
        let deadline = Instant::now() + Duration::from_secs(5);
        while command(agent, "s", "1").output_bytes < 9 {
            assert!(Instant::now() < deadline);
            std::thread::sleep(Duration::from_millis(20));
        }
        let all = agent.read_output(ReadOutput {
            session_id: "s".into(),
            command_id: "1".into(),
            ..ReadOutput::default()
        });
        assert_eq!(all.out(), "now\nlate\n");
    });
}

#[test]
fn queued_commands_run_in_order() {
    let agent = Agent::start();
    agent.create_session("s");
    for i in 0..50 {
        agent.queue("s", &i.to_string(), &format!("echo {i} >> order"), false);
    }
    agent.follow("s", "49");
    let expected: String = (0..50).map(|i| format!("{i}\n")).collect();
    assert_eq!(
        std::fs::read_to_string(agent.work_dir().join("order")).unwrap(),
        expected
    );
}

#[test]
fn a_reader_that_comes_back_loses_and_doubles_nothing() {
    let agent = Agent::start();
    agent.create_session("s");
    agent.queue(
        "s",
        "1",
        "i=0; while [ $i -lt 3000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done",
        false,
    );
    let (mut offset, mut out, mut err) = (0, Vec::new(), Vec::new());
    loop {
        let seen = agent.read_output(ReadOutput {
            session_id: "s".into(),
            command_id: "1".into(),
            offset,
            ..ReadOutput::default()
        });
        assert_eq!(seen.exit.next_offset, offset + seen.all.len() as u64);
        offset = seen.exit.next_offset;
        out.extend(seen.out);
        err.extend(seen.err);
        if !seen.exit.still_running {
            break;
        }
    }
    let expected = |stream| {
        (0..3000)
            .map(|i| format!("{stream} {i}\n"))
            .collect::<String>()
    };
    assert_eq!(String::from_utf8(out).unwrap(), expected("out"));
    assert_eq!(String::from_utf8(err).unwrap(), expected("err"));
    // Any offset is exact, also inside a stretch of one stream.
    let whole = agent.follow("s", "1");
    for offset in [1, 7, 4711, whole.all.len() - 1] {
        let part = agent.read_output(ReadOutput {
            session_id: "s".into(),
            command_id: "1".into(),
            offset: offset as u64,
            follow: true,
            ..ReadOutput::default()
        });
        assert_eq!(part.all, whole.all[offset..]);
    }
}

#[test]
fn followers_of_much_output_get_all_of_it() {
    let agent = Agent::start();
    agent.create_session("s");
    agent.queue("s", "1", "head -c 50000000 /dev/zero; echo end", false);
    let seen = agent.follow("s", "1");
    assert_eq!(seen.out.len(), 50_000_004);
    assert!(seen.out.ends_with(b"end\n"));
}

#[test]
fn deleting_a_session_ends_all_that_it_started() {
    let agent = Agent::start();
    agent.create_session("s");
    let pid = agent.run(
        "s",
        "1",
        "trap '' TERM; (trap '' TERM; sleep 96) > /dev/null & echo $!",
    );
    agent.queue("s", "2", "sleep 95", false);
    let (_, mut follower) = agent.open(Operation::ReadOutput(ReadOutput {
        session_id: "s".into(),
        command_id: "2".into(),
        follow: true,
        ..ReadOutput::default()
    }));
    let start = Instant::now();
    let reply = agent.ask(Operation::DeleteSession(DeleteSession {
        id: "s".into(),
        grace_millis: 300,
    }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    assert!(start.elapsed() < Duration::from_secs(3));
    assert!(!std::path::Path::new(&format!("/proc/{}", pid.out().trim())).exists());
    assert!(follower.outcome().exit.code > 128);
    let get = Operation::GetSession(GetSession { id: "s".into() });
    assert_eq!(agent.refused(get), Code::NotFound);
}

#[test]
fn wrong_requests_are_refused() {
    let agent = Agent::start();
    let create = |id: &str, cwd: &str| {
        Operation::CreateSession(CreateSession {
            id: id.into(),
            cwd: cwd.into(),
        })
    };
    let run = |session: &str, id: &str, command: &str| {
        Operation::RunInSession(RunInSession {
            session_id: session.into(),
            command_id: id.into(),
            command: command.into(),
            stdin: false,
        })
    };
    agent.create_session("s");
    assert_eq!(agent.refused(create("s", "")), Code::AlreadyExists);
    assert_eq!(agent.refused(create("entrypoint", "")), Code::AlreadyExists);
    assert_eq!(agent.refused(create("a/b", "")), Code::InvalidArgument);
    assert_eq!(agent.refused(create("t", "/nowhere")), Code::NotFound);
    assert_eq!(agent.refused(run("none", "1", "true")), Code::NotFound);
    assert_eq!(agent.refused(run("s", "1", " ")), Code::InvalidArgument);
    assert_eq!(agent.refused(run("s", "1", "a\0b")), Code::InvalidArgument);
    agent.run("s", "1", "true");
    assert_eq!(agent.refused(run("s", "1", "true")), Code::AlreadyExists);
}

#[test]
fn the_entrypoint_runs_once_and_has_a_session() {
    let agent = Agent::start_bare();
    let entry = |c: &mut paddock_agent::wire::Configure| {
        c.entrypoint = vec!["sh".into(), "-c".into(), "echo started; exit 6".into()];
    };
    agent.configure(entry);
    agent.configure(entry);
    let seen = agent.follow("entrypoint", "entrypoint");
    assert_eq!((seen.out(), seen.exit.code), ("started\n", 6));
    let Reply::Sessions(list) = agent.ask(Operation::ListSessions(ListSessions {})) else {
        panic!();
    };
    assert_eq!(list.sessions.len(), 1);
}

#[test]
fn the_entrypoint_waits_for_the_first_configuration_that_names_one() {
    let agent = Agent::start_bare();
    agent.configure(|_| ());
    agent.configure(|c| c.entrypoint = vec!["echo".into(), "started".into()]);
    assert_eq!(agent.follow("entrypoint", "entrypoint").out(), "started\n");
}

#[test]
fn an_entrypoint_that_cannot_start_leaves_its_reason() {
    let agent = Agent::start_bare();
    agent.configure(|c| c.entrypoint = vec!["/no/such/program".into()]);
    let seen = agent.follow("entrypoint", "");
    assert_eq!(seen.exit.code, 127);
    assert!(seen.err().contains("/no/such/program"), "{}", seen.err());
}

#[test]
fn a_session_command_takes_a_few_milliseconds() {
    let agent = Agent::start();
    agent.create_session("s");
    let mut times: Vec<_> = (0..100)
        .map(|i| {
            let start = Instant::now();
            assert_eq!(agent.run("s", &format!("c{i}"), "echo hi").out(), "hi\n");
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("session command: median {:?}", times[50]);
    assert!(times[50] < Duration::from_millis(10), "{:?}", times[50]);
}

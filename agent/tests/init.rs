//! The agent as PID 1, in roots of every kind.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::time::{Duration, Instant};

use common::{Agent, argv, env, shell};
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{Exec, GetMetrics, Shutdown, StatFile};

#[test]
fn orphans_are_reaped() {
    let agent = Agent::start_as_init();
    agent.configure(|_| {});
    let seen = agent.exec(shell(
        "for i in 1 2 3 4 5; do (setsid sleep 0.1 &) ; done; echo $PPID",
    ));
    assert_eq!(seen.out(), "1\n");
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let Reply::Metrics(metrics) = agent.ask(Operation::GetMetrics(GetMetrics {})) else {
            panic!()
        };
        if metrics.processes == 1 {
            break;
        }
        assert!(
            Instant::now() < deadline,
            "{} processes are left",
            metrics.processes
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn statuses_are_right_when_many_processes_end_at_once() {
    let agent = Agent::start_as_init();
    agent.configure(|_| {});
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let agent = &agent;
            scope.spawn(move || {
                for i in 0..40 {
                    let code = (worker * 40 + i) % 200;
                    let seen = agent.exec(argv(&["sh", "-c", &format!("(true &); exit {code}")]));
                    assert_eq!(seen.exit.code, code);
                }
            });
        }
    });
}

#[test]
fn a_shutdown_ends_stubborn_processes_after_the_grace() {
    let mut agent = Agent::start_as_init();
    agent.configure(|_| {});
    agent.create_session("s");
    let stubborn = "(trap '' TERM HUP; touch deaf; exec sleep 90) > /dev/null 2>&1 & \
                    while [ ! -e deaf ]; do sleep 0.01; done";
    agent.run("s", "1", stubborn);
    let begin = Instant::now();
    let reply = agent.ask(Operation::Shutdown(Shutdown { grace_millis: 300 }));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    assert_eq!(agent.wait(), 0);
    let took = begin.elapsed();
    assert!(
        took > Duration::from_millis(250) && took < Duration::from_secs(3),
        "{took:?}"
    );
}

#[test]
fn a_shutdown_is_quick_when_everybody_obeys() {
    let mut agent = Agent::start_as_init();
    agent.configure(|c| c.entrypoint = vec!["sleep".into(), "89".into()]);
    agent.create_session("s");
    agent.queue("s", "1", "sleep 88", false);
    let begin = Instant::now();
    agent.ask(Operation::Shutdown(Shutdown { grace_millis: 5000 }));
    assert_eq!(agent.wait(), 0);
    assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn the_shells_of_small_images_carry_sessions() {
    for shell in ["busybox", "dash"] {
        let root = common::Root::with_shell(shell);
        let agent = Agent::start_in_root(&root);
        agent.configure(|c| {
            c.work_dir = "/work".into();
            c.env = env(&[("SHELL", "/bin/sh")]);
        });
        assert_eq!(
            agent.exec(common::shell("echo $0 | cat; exit 3")).exit.code,
            3
        );
        agent.create_session("s");
        let seen = agent.run(
            "s",
            "1",
            "cd /bin; A=1; f() { echo f; }; echo out; echo err >&2; (exit 5)",
        );
        assert_eq!(
            (seen.out(), seen.err(), seen.exit.code),
            ("out\n", "err\n", 5),
            "{shell}"
        );
        for (id, text) in [
            ("2", "echo \"open"),
            ("3", "if then"),
            ("4", "echo $("),
            ("5", "}"),
        ] {
            assert_ne!(agent.run("s", id, text).exit.code, 0, "{shell}: {text}");
        }
        assert_eq!(
            agent.run("s", "6", "pwd; echo $A; f").out(),
            "/bin\n1\nf\n",
            "{shell}"
        );
        agent.queue("s", "7", "read x; echo $x; read y; echo \"[$y]\"", true);
        agent.write("s", "7", "given\n", true);
        assert_eq!(agent.follow("s", "7").out(), "given\n[]\n", "{shell}");
        assert_eq!(agent.run("s", "8", "echo before; exit 7").exit.code, 7);
        assert_eq!(
            agent
                .run("s", "9", "cat <<E\na'b\nE\nread z; echo \"[$z]\"")
                .out(),
            "a'b\n[]\n",
            "{shell}"
        );
        assert_eq!(
            agent
                .run("s", "10", "set -e; false; echo not reached")
                .exit
                .code,
            1
        );
        assert_eq!(
            agent.run("s", "11", "echo alive").out(),
            "alive\n",
            "{shell}"
        );
    }
}

#[test]
fn an_image_without_anything_still_has_files_and_clear_answers() {
    let root = common::Root::empty();
    let agent = Agent::start_in_root(&root);
    let hello = agent.configure(|c| {
        c.user = "nobody-here".into();
        c.work_dir = "/missing".into();
    });
    assert_eq!(
        (hello.work_dir.as_str(), hello.home_dir.as_str()),
        ("/", "/root")
    );
    let exec = Operation::Exec(Exec {
        command: Some(shell("true")),
        ..Default::default()
    });
    assert_eq!(agent.refused(exec), Code::NotFound);
    let stat = Operation::StatFile(StatFile {
        path: "work".into(),
        ..Default::default()
    });
    assert!(matches!(agent.ask(stat), Reply::File(_)));
}

#[test]
fn an_idle_agent_is_small() {
    let agent = Agent::start_as_init();
    agent.configure(|_| {});
    agent.exec(argv(&["true"]));
    let rollup =
        std::fs::read_to_string(format!("/proc/{}/smaps_rollup", agent.init_pid())).unwrap();
    let pss = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .unwrap();
    let kilobytes: u32 = pss.trim().trim_end_matches(" kB").parse().unwrap();
    println!("PSS of an idle agent: {kilobytes} kB");
    assert!(kilobytes <= 1536, "{kilobytes}");
}

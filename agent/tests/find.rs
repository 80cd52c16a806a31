//! Searches in trees.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use common::{Agent, chmod};
use paddock_agent::frame::Kind;
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{FindNames, FindText, Found, FoundList};
use prost::Message;

fn text(path: &str, text: &str) -> Operation {
    Operation::FindText(FindText {
        path: path.into(),
        text: text.into(),
        ..Default::default()
    })
}

fn names(path: &str, pattern: &str) -> Operation {
    Operation::FindNames(FindNames {
        path: path.into(),
        pattern: pattern.into(),
        ..Default::default()
    })
}

fn results(agent: &Agent, operation: Operation) -> Vec<Found> {
    let (reply, mut client) = agent.open(operation);
    assert!(matches!(reply, Reply::File(_)), "{reply:?}");
    let mut all = Vec::new();
    loop {
        let frame = client.receive().unwrap();
        match frame.kind {
            Kind::Data => all.extend(FoundList::decode(frame.payload.as_slice()).unwrap().found),
            Kind::End => return all,
            other => panic!("{other:?}"),
        }
    }
}

fn lines(agent: &Agent, path: &str, wanted: &str) -> Vec<String> {
    results(agent, text(path, wanted))
        .into_iter()
        .map(|found| format!("{}:{}:{}", found.path, found.line, found.content))
        .collect()
}

fn paths(agent: &Agent, path: &str, pattern: &str) -> Vec<String> {
    results(agent, names(path, pattern))
        .into_iter()
        .map(|found| found.path)
        .collect()
}

#[test]
fn a_text_is_found_in_the_order_of_names() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::create_dir_all(work.join("tree/b/.hidden")).unwrap();
    fs::write(work.join("tree/b/.hidden/two"), "no\nhas a.c in it\r\na.c").unwrap();
    fs::write(work.join("tree/a"), "abc\na.c\n").unwrap();
    fs::write(work.join("tree/c"), "b\0a.c\n").unwrap();
    let expected = [
        "a:2:a.c",
        "b/.hidden/two:2:has a.c in it",
        "b/.hidden/two:3:a.c",
    ];
    let absolute = work.join("tree").to_string_lossy().into_owned();
    for (path, shown) in [
        ("tree", "tree/"),
        ("./tree//", "tree/"),
        (&absolute, &*format!("{absolute}/")),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|line| format!("{shown}{line}"))
            .collect();
        assert_eq!(lines(&agent, path, "a.c"), expected);
    }
    assert_eq!(lines(&agent, "tree/a", "abc"), ["tree/a:1:abc"]);
    assert_eq!(lines(&agent, "tree", "none"), [""; 0]);
}

#[test]
fn names_are_found_of_files_and_directories() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::create_dir_all(work.join("some.ts/inner")).unwrap();
    fs::write(work.join("some.ts/a.ts"), "").unwrap();
    fs::write(work.join("some.ts/inner/b.ts"), "").unwrap();
    fs::write(work.join("some.ts/inner/b.tsx"), "").unwrap();
    assert_eq!(
        paths(&agent, ".", "*.ts"),
        ["some.ts", "some.ts/a.ts", "some.ts/inner/b.ts"]
    );
    assert_eq!(
        paths(&agent, "some.ts", "*.ts"),
        ["some.ts/a.ts", "some.ts/inner/b.ts"]
    );
}

#[test]
fn links_lead_to_files_and_nowhere_else() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::create_dir_all(work.join("links")).unwrap();
    fs::write(work.join("target"), "needle").unwrap();
    symlink("..", work.join("links/up")).unwrap();
    symlink("../target", work.join("links/file")).unwrap();
    symlink("nowhere", work.join("links/dangling")).unwrap();
    assert_eq!(lines(&agent, "links", "needle"), ["links/file:1:needle"]);
    assert_eq!(
        paths(&agent, "links", "*"),
        ["links/dangling", "links/file", "links/up"]
    );
    assert_eq!(lines(&agent, "links/up", "needle").len(), 2);
}

#[test]
fn what_has_no_end_or_is_not_the_users_is_passed_over() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::create_dir_all(work.join("odd/closed")).unwrap();
    fs::write(work.join("odd/secret"), "needle").unwrap();
    fs::write(work.join("odd/closed/file"), "needle").unwrap();
    fs::write(work.join("odd/open"), "needle").unwrap();
    run("mkfifo", &[work.join("odd/pipe").to_str().unwrap()]);
    symlink("/dev/zero", work.join("odd/zero")).unwrap();
    chmod(&work.join("odd/secret"), 0o600);
    chmod(&work.join("odd/closed"), 0o700);
    chmod(&work, 0o755);
    let as_nobody = Operation::FindText(FindText {
        path: "odd".into(),
        text: "needle".into(),
        user: "65534".into(),
    });
    let found = results(&agent, as_nobody);
    let found: Vec<_> = found.iter().map(|found| found.path.as_str()).collect();
    assert_eq!(found, ["odd/open"]);
}

#[test]
fn the_kernels_own_files_are_left_alone() {
    let agent = Agent::start();
    let mounted = agent.work_dir().join("tree/proc");
    fs::create_dir_all(&mounted).unwrap();
    let mounted = mounted.to_str().unwrap();
    run("mount", &["--bind", "/proc", mounted]);
    let above = paths(&agent, "tree", "meminfo");
    let inside = paths(&agent, "tree/proc/self/net", "dev");
    run("umount", &[mounted]);
    assert_eq!(above, [""; 0]);
    assert_eq!(inside, ["tree/proc/self/net/dev"]);
}

fn run(program: &str, arguments: &[&str]) {
    assert!(
        Command::new(program)
            .args(arguments)
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn tens_of_thousands_of_results_arrive() {
    let agent = Agent::start();
    let content = "some line\n".repeat(50_000);
    fs::write(agent.work_dir().join("long"), content).unwrap();
    let found = results(&agent, text("long", "some"));
    assert_eq!(found.len(), 50_000);
    assert_eq!(found[49_999].line, 50_000);
}

#[test]
fn bad_requests_are_refused() {
    let agent = Agent::start();
    for operation in [
        text(".", ""),
        text(".", "two\nlines"),
        text(".", &"x".repeat(4097)),
        text("", "x"),
        names(".", ""),
        names(".", "[a"),
    ] {
        assert_eq!(agent.refused(operation), Code::InvalidArgument);
    }
    assert_eq!(agent.refused(text("none", "x")), Code::NotFound);
    assert_eq!(agent.refused(names("none", "x")), Code::NotFound);
}

//! Directories and trees: making, moving, removing, changing.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use common::{Agent, chmod};
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{
    ChangeMode, ChangeOwner, FileInfo, MakeDirectory, RemoveFile, RenameFile,
};

fn file(reply: Reply) -> FileInfo {
    match reply {
        Reply::File(info) => info,
        other => panic!("{other:?}"),
    }
}

#[test]
fn directories_are_made_with_their_parents() {
    let agent = Agent::start();
    let make = |path: &str, parents| {
        Operation::MakeDirectory(MakeDirectory {
            path: path.into(),
            parents,
            mode: 0o775,
            ..Default::default()
        })
    };
    assert_eq!(agent.refused(make("a/b/c", false)), Code::NotFound);
    assert_eq!(file(agent.ask(make("a/b/c", true))).mode, 0o775);
    file(agent.ask(make("a/b/c", true)));
    assert_eq!(agent.refused(make("a/b/c", false)), Code::AlreadyExists);
    fs::write(agent.work_dir().join("f"), "").unwrap();
    assert_eq!(agent.refused(make("f/g", true)), Code::NotADirectory);
    assert_eq!(agent.refused(make("f", true)), Code::AlreadyExists);
}

#[test]
fn a_rename_replaces_only_when_asked_to() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::write(work.join("a"), "a").unwrap();
    fs::write(work.join("b"), "b").unwrap();
    let rename = |source: &str, destination: &str, replace| {
        Operation::RenameFile(RenameFile {
            source: source.into(),
            destination: destination.into(),
            replace,
            ..Default::default()
        })
    };
    assert_eq!(agent.refused(rename("a", "b", false)), Code::AlreadyExists);
    assert_eq!(agent.refused(rename("none", "c", false)), Code::NotFound);
    assert!(matches!(agent.ask(rename("a", "b", true)), Reply::Ok(_)));
    assert_eq!(fs::read_to_string(work.join("b")).unwrap(), "a");
}

#[test]
fn a_directory_moves_to_another_file_system() {
    let agent = Agent::start();
    let work = agent.work_dir();
    let other = std::path::PathBuf::from(format!("/dev/shm/paddock-test-{}", std::process::id()));
    fs::create_dir_all(work.join("tree/below")).unwrap();
    fs::write(work.join("tree/below/file"), "content").unwrap();
    chmod(&work.join("tree/below/file"), 0o750);
    std::os::unix::fs::chown(work.join("tree/below/file"), Some(1), Some(2)).unwrap();
    symlink("below/file", work.join("tree/link")).unwrap();
    let rename = Operation::RenameFile(RenameFile {
        source: "tree".into(),
        destination: other.display().to_string(),
        ..Default::default()
    });
    let reply = agent.ask(rename.clone());
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    let moved = fs::metadata(other.join("below/file")).unwrap();
    assert_eq!(
        (moved.mode() & 0o7777, moved.uid(), moved.gid()),
        (0o750, 1, 2)
    );
    assert_eq!(fs::read_to_string(other.join("link")).unwrap(), "content");
    assert!(!work.join("tree").exists());
    fs::create_dir(work.join("tree")).unwrap();
    assert_eq!(agent.refused(rename), Code::AlreadyExists);
    fs::remove_dir_all(other).unwrap();
}

#[test]
fn a_tree_is_removed_without_following_links() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::create_dir_all(work.join("outside")).unwrap();
    fs::write(work.join("outside/kept"), "").unwrap();
    fs::create_dir_all(work.join("tree/deep/deeper")).unwrap();
    symlink("../outside", work.join("tree/link")).unwrap();
    for i in 0..500 {
        fs::write(work.join(format!("tree/deep/{i}")), "").unwrap();
    }
    let remove = |path: &str, recursive| {
        Operation::RemoveFile(RemoveFile {
            path: path.into(),
            recursive,
            ..Default::default()
        })
    };
    assert_eq!(agent.refused(remove("tree", false)), Code::IsADirectory);
    assert!(matches!(agent.ask(remove("tree", true)), Reply::Ok(_)));
    assert!(!work.join("tree").exists());
    assert!(work.join("outside/kept").exists());
    assert_eq!(agent.refused(remove("tree", true)), Code::NotFound);
    symlink("outside", work.join("link")).unwrap();
    assert!(matches!(agent.ask(remove("link", true)), Reply::Ok(_)));
    assert!(work.join("outside/kept").exists());
}

#[test]
fn a_very_deep_tree_is_refused_and_kills_nobody() {
    let agent = Agent::start();
    fs::create_dir_all(agent.work_dir().join("d/".repeat(1500))).unwrap();
    let remove = Operation::RemoveFile(RemoveFile {
        path: "d".into(),
        recursive: true,
        ..Default::default()
    });
    assert_eq!(agent.refused(remove), Code::InvalidArgument);
    assert_eq!(agent.exec(common::shell("rm -rf d")).exit.code, 0);
}

#[test]
fn mode_and_owner_are_changed_by_name_and_number() {
    let agent = Agent::start();
    let path = agent.work_dir().join("f");
    fs::write(&path, "").unwrap();
    let owner = |owner: &str, group: &str| {
        Operation::ChangeOwner(ChangeOwner {
            path: "f".into(),
            owner: owner.into(),
            group: group.into(),
        })
    };
    assert!(matches!(agent.ask(owner("daemon", "12")), Reply::Ok(_)));
    let now = fs::metadata(&path).unwrap();
    assert_eq!((now.uid(), now.gid()), (1, 12));
    assert_eq!(
        agent.refused(owner("no-one-here", "")),
        Code::InvalidArgument
    );
    let mode = |mode| {
        Operation::ChangeMode(ChangeMode {
            path: "f".into(),
            mode,
            ..Default::default()
        })
    };
    assert!(matches!(agent.ask(mode(0o4711)), Reply::Ok(_)));
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
        0o4711
    );
    assert_eq!(agent.refused(mode(0o100_644)), Code::InvalidArgument);
}

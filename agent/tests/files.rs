//! Operations on files.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::time::{Duration, Instant};

use common::{Agent, Client, chmod};
use paddock_agent::frame::Kind;
use paddock_agent::wire::error::Code;
use paddock_agent::wire::file_info::Type;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{FileInfo, FileList, ListDirectory, ReadFile, StatFile, WriteFile};
use prost::Message;

fn stat(path: &str) -> Operation {
    Operation::StatFile(StatFile {
        path: path.into(),
        ..Default::default()
    })
}

fn read(path: &str) -> Operation {
    Operation::ReadFile(ReadFile {
        path: path.into(),
        ..Default::default()
    })
}

fn write(path: &str) -> WriteFile {
    WriteFile {
        path: path.into(),
        ..Default::default()
    }
}

fn file(reply: Reply) -> FileInfo {
    match reply {
        Reply::File(info) => info,
        other => panic!("{other:?}"),
    }
}

/// Collects DATA frames until END.
fn data(client: &mut Client) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let frame = client.receive().unwrap();
        match frame.kind {
            Kind::Data => all.push(frame.payload),
            Kind::End => return all,
            other => panic!("{other:?}"),
        }
    }
}

fn upload(agent: &Agent, request: WriteFile, bytes: &[u8]) -> Reply {
    let mut client = agent.connect();
    client.request(Operation::WriteFile(request));
    for chunk in bytes.chunks(256 * 1024) {
        if client.try_send(Kind::Data, chunk).is_err() {
            break;
        }
    }
    // After an early error nobody reads this any more.
    let _ = client.try_send(Kind::End, &[]);
    client.reply()
}

fn download(agent: &Agent, request: ReadFile) -> Vec<u8> {
    let (reply, mut client) = agent.open(Operation::ReadFile(request));
    file(reply);
    data(&mut client).concat()
}

#[test]
fn what_was_written_is_read_also_in_ranges() {
    let agent = Agent::start();
    let bytes: Vec<u8> = (0..1_000_000u32).flat_map(u32::to_le_bytes).collect();
    let info = file(upload(&agent, write("new"), &bytes));
    assert_eq!(
        (info.size, info.mode, info.name.as_str()),
        (4_000_000, 0o644, "new")
    );
    assert_eq!(
        download(
            &agent,
            ReadFile {
                path: "new".into(),
                ..Default::default()
            }
        ),
        bytes
    );
    let part = ReadFile {
        path: "new".into(),
        offset: 1_000_001,
        length: 777,
        ..Default::default()
    };
    assert_eq!(download(&agent, part), bytes[1_000_001..1_000_778]);
    let beyond = ReadFile {
        path: "new".into(),
        offset: 5_000_000,
        ..Default::default()
    };
    assert_eq!(download(&agent, beyond), b"");
}

#[test]
fn an_existing_file_keeps_mode_and_owner_and_a_link_stays_one() {
    let agent = Agent::start();
    let target = agent.work_dir().join("target");
    fs::write(&target, "old").unwrap();
    chmod(&target, 0o751);
    std::os::unix::fs::chown(&target, Some(1), Some(1)).unwrap();
    symlink("target", agent.work_dir().join("link")).unwrap();
    let info = file(upload(&agent, write("link"), b"new"));
    assert!(info.symlink);
    let now = fs::symlink_metadata(&target).unwrap();
    assert_eq!((now.mode() & 0o7777, now.uid(), now.size()), (0o751, 1, 3));
    assert!(agent.work_dir().join("link").is_symlink());
}

#[test]
fn a_broken_upload_leaves_nothing() {
    let agent = Agent::start();
    fs::write(agent.work_dir().join("kept"), "old").unwrap();
    let mut client = agent.connect();
    client.request(Operation::WriteFile(write("kept")));
    client.send(Kind::Data, &[0; 100_000]);
    drop(client);
    let deadline = Instant::now() + Duration::from_secs(5);
    while fs::read_dir(agent.work_dir()).unwrap().count() > 1 {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(
        fs::read_to_string(agent.work_dir().join("kept")).unwrap(),
        "old"
    );
}

#[test]
fn a_user_has_his_own_rights_only() {
    let agent = Agent::start_bare();
    agent.configure(|c| c.user = "daemon".into());
    let secret = agent.work_dir().join("secret");
    fs::write(&secret, "x").unwrap();
    chmod(&secret, 0o600);
    symlink("/etc/shadow", agent.work_dir().join("shadow")).unwrap();
    assert_eq!(agent.refused(read("secret")), Code::PermissionDenied);
    assert_eq!(agent.refused(read("shadow")), Code::PermissionDenied);
    assert_eq!(
        agent.refused(read("/proc/self/environ")),
        Code::PermissionDenied
    );
    assert_eq!(
        agent.refused(read("/proc/self/mem")),
        Code::PermissionDenied
    );
    assert_eq!(
        agent.refused(read("/proc/1/environ")),
        Code::PermissionDenied
    );
    assert_eq!(
        agent.refused(Operation::ListDirectory(ListDirectory {
            path: "/proc/1/root/root".into(),
            ..Default::default()
        })),
        Code::PermissionDenied
    );
    for path in ["/etc/new", "secret", "/root/x/y"] {
        let request = WriteFile {
            make_parents: true,
            ..write(path)
        };
        let Reply::Error(error) = upload(&agent, request, b"x") else {
            panic!("{path}")
        };
        assert_eq!(error.code(), Code::PermissionDenied, "{path}");
    }
    let info = file(upload(
        &agent,
        WriteFile {
            make_parents: true,
            ..write("a/b/mine")
        },
        b"x",
    ));
    assert_eq!((info.uid, info.owner.as_str()), (1, "daemon"));
    assert_eq!(fs::metadata(agent.work_dir().join("a/b")).unwrap().uid(), 1);
    let as_root = ReadFile {
        path: "secret".into(),
        user: "root".into(),
        ..Default::default()
    };
    assert_eq!(download(&agent, as_root), b"x");
}

#[test]
fn a_large_directory_is_listed_whole() {
    let agent = Agent::start();
    for i in 0..3000 {
        fs::write(agent.work_dir().join(format!("file-{i:05}")), "").unwrap();
    }
    symlink("nowhere", agent.work_dir().join("dangling")).unwrap();
    symlink("/etc", agent.work_dir().join("linked")).unwrap();
    let (reply, mut client) = agent.open(Operation::ListDirectory(ListDirectory {
        path: ".".into(),
        ..Default::default()
    }));
    assert_eq!(file(reply).r#type(), Type::Directory);
    let lists = data(&mut client);
    let files: Vec<FileInfo> = (lists.iter())
        .flat_map(|bytes| FileList::decode(bytes.as_slice()).unwrap().files)
        .collect();
    assert_eq!(files.len(), 3002);
    let find = |name: &str| files.iter().find(|f| f.name == name).unwrap();
    assert_eq!(
        (find("dangling").r#type(), find("dangling").symlink),
        (Type::Symlink, true)
    );
    assert_eq!(
        (find("linked").r#type(), find("linked").symlink),
        (Type::Directory, true)
    );
}

#[test]
fn wrong_paths_get_exact_answers() {
    let agent = Agent::start();
    let work = agent.work_dir();
    fs::write(work.join("f"), "").unwrap();
    assert_eq!(agent.refused(stat("none")), Code::NotFound);
    assert_eq!(agent.refused(stat("f/g")), Code::NotADirectory);
    assert_eq!(agent.refused(stat("")), Code::InvalidArgument);
    assert_eq!(agent.refused(stat("a\0b")), Code::InvalidArgument);
    assert_eq!(
        agent.refused(stat(&"x/".repeat(3000))),
        Code::InvalidArgument
    );
    assert_eq!(agent.refused(read(".")), Code::IsADirectory);
    assert_eq!(agent.refused(read("/dev/zero")), Code::InvalidArgument);
    let Reply::Error(error) = upload(&agent, write("."), b"x") else {
        panic!()
    };
    assert_eq!(error.code(), Code::IsADirectory);
    let Reply::Error(error) = upload(&agent, write("none/f"), b"x") else {
        panic!()
    };
    assert_eq!(error.code(), Code::NotFound);
    assert!(
        std::process::Command::new("mkfifo")
            .arg(work.join("pipe"))
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(agent.refused(read("pipe")), Code::InvalidArgument);
    assert_eq!(file(agent.ask(stat("pipe"))).r#type(), Type::Fifo);
}

#[test]
fn a_full_disk_refuses_an_upload_and_keeps_nothing_of_it() {
    let agent = Agent::start();
    let disk = agent.work_dir().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "none"])
        .arg(&disk)
        .status();
    assert!(mount.unwrap().success());
    let reply = upload(&agent, write("disk/big"), &vec![1; 20_000_000]);
    let left = fs::read_dir(&disk).unwrap().count();
    assert!(
        std::process::Command::new("umount")
            .arg(&disk)
            .status()
            .unwrap()
            .success()
    );
    let Reply::Error(error) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!((error.code(), left), (Code::NoSpace, 0));
}

#[test]
fn large_files_pass_quickly() {
    let agent = Agent::start();
    let bytes = vec![7; 200 << 20];
    let start = Instant::now();
    file(upload(&agent, write("big"), &bytes));
    let up = start.elapsed();
    let start = Instant::now();
    let (reply, mut client) = agent.open(read("big"));
    file(reply);
    let mut length = 0;
    loop {
        let frame = client.receive().unwrap();
        if frame.kind == Kind::End {
            break;
        }
        length += frame.payload.len();
    }
    println!("200 MiB up in {up:?}, down in {:?}", start.elapsed());
    assert_eq!(length, bytes.len());
}

//! Clients that do not keep to the protocol.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use common::{Agent, argv};
use paddock_agent::frame::{self, Kind};
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{self, Hello, Request, Response};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use prost::Message;

fn lives(agent: &Agent) {
    assert!(matches!(
        agent.ask(Operation::Hello(Hello {})),
        Reply::Hello(_)
    ));
    assert_eq!(agent.exec(argv(&["echo", "fine"])).out(), "fine\n");
}

/// Sends bytes and reads until the agent closes or has nothing to say.
fn provoke(agent: &Agent, bytes: &[u8]) {
    let client = agent.connect();
    let mut stream = client.stream;
    // The agent may close as soon as it sees the first wrong byte.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    stream
        .set_read_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    let mut buffer = [0; 4096];
    while matches!(stream.read(&mut buffer), Ok(n) if n > 0) {}
}

#[test]
fn garbage_closes_its_own_connection_only() {
    let agent = Agent::start();
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let garbage = prop::collection::vec(any::<u8>(), 0..300);
    runner
        .run(&garbage, |bytes| {
            provoke(&agent, &bytes);
            Ok(())
        })
        .unwrap();
    lives(&agent);
}

/// Field numbers of operations that end neither the agent nor the test. The agent runs as root on
/// this very machine, so none of them may change a file that random words happen to name.
const OPERATIONS: [u32; 24] = [
    10, 20, 31, 32, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 50, 51, 52, 60, 61, 62, 70, 30, 40, 11,
];

#[test]
fn random_fields_in_known_operations_hurt_nobody() {
    let agent = Agent::start();
    let mut runner = TestRunner::new(Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    });
    let strategy = (
        prop::sample::select(&OPERATIONS[..]),
        fields(),
        prop::collection::vec(any::<u8>(), 0..64),
    );
    runner
        .run(&strategy, |(operation, body, more)| {
            let mut request = Request {
                keep_open: false,
                version: 1,
                operation: None,
            }
            .encode_to_vec();
            prost::encoding::encode_key(
                operation,
                prost::encoding::WireType::LengthDelimited,
                &mut request,
            );
            prost::encoding::encode_varint(body.len() as u64, &mut request);
            request.extend(body);
            let mut bytes = Vec::new();
            frame::append(&mut bytes, Kind::Request, &request);
            frame::append(&mut bytes, Kind::Data, &more);
            frame::append(&mut bytes, Kind::Control, &more);
            frame::append(&mut bytes, Kind::Stdin, &more);
            provoke(&agent, &bytes);
            Ok(())
        })
        .unwrap();
    agent.configure(|_| {});
    lives(&agent);
}

/// A message of random fields: numbers, and strings that mean nothing or little.
fn fields() -> impl Strategy<Value = Vec<u8>> {
    let number = (1u32..8, any::<u64>()).prop_map(|(field, value)| {
        let mut bytes = Vec::new();
        prost::encoding::uint64::encode(field, &value, &mut bytes);
        bytes
    });
    let text = (
        1u32..8,
        prop::sample::select(&["", "x", "entrypoint", "..", "/nowhere/x", "\u{1}"][..]),
    );
    let text = text.prop_map(|(field, value)| {
        let mut bytes = Vec::new();
        prost::encoding::string::encode(field, &value.to_owned(), &mut bytes);
        bytes
    });
    prop::collection::vec(prop_oneof![number, text], 0..6).prop_map(|parts| parts.concat())
}

#[test]
fn a_frame_beyond_the_limit_closes_the_connection() {
    let agent = Agent::start();
    let mut client = agent.connect();
    client.stream.write_all(&[1, 0, 16, 0, 1]).unwrap();
    assert_eq!(client.stream.read(&mut [0; 1]).unwrap(), 0);
    lives(&agent);
}

#[test]
fn a_client_that_says_nothing_is_sent_away() {
    let agent = Agent::start();
    let mut client = agent.connect();
    let start = Instant::now();
    assert_eq!(client.stream.read(&mut [0; 1]).unwrap(), 0);
    let took = start.elapsed();
    assert!(
        took > Duration::from_secs(8) && took < Duration::from_secs(15),
        "{took:?}"
    );
}

#[test]
fn another_version_and_an_unknown_operation_are_named() {
    let agent = Agent::start();
    for (request, code) in [
        (
            Request {
                version: 2,
                keep_open: false,
                operation: Some(Operation::Hello(Hello {})),
            },
            wire::error::Code::UnsupportedVersion,
        ),
        (
            Request {
                version: 1,
                keep_open: false,
                operation: None,
            },
            wire::error::Code::InvalidArgument,
        ),
    ] {
        let mut client = agent.connect();
        client.send(Kind::Request, &request.encode_to_vec());
        let frame = client.receive().unwrap();
        let Some(Reply::Error(error)) = Response::decode(frame.payload.as_slice()).unwrap().result
        else {
            panic!();
        };
        assert_eq!(error.code(), code);
    }
}

#[test]
fn too_many_connections_are_refused_and_the_rest_is_served() {
    let agent = Agent::start();
    let held: Vec<_> = (0..1100).map(|_| agent.connect()).collect();
    let mut refused = 0;
    for client in &held {
        client.stream.set_nonblocking(true).unwrap();
    }
    std::thread::sleep(Duration::from_millis(500));
    for mut client in held {
        if client
            .receive()
            .is_ok_and(|frame| frame.kind == Kind::Response)
        {
            refused += 1;
        }
    }
    assert!(refused >= 50, "{refused}");
    std::thread::sleep(Duration::from_millis(300));
    lives(&agent);
}

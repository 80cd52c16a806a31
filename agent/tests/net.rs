//! Ports inside the sandbox.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use common::Agent;
use paddock_agent::frame::Kind;
use paddock_agent::wire::error::Code;
use paddock_agent::wire::request::Operation;
use paddock_agent::wire::response::Result as Reply;
use paddock_agent::wire::{Dial, Forward, GetMetrics, ListPorts, PortList};

/// Answers every connection with what it received, once that has ended.
fn echo_server() -> u32 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                let mut bytes = Vec::new();
                stream.read_to_end(&mut bytes).unwrap();
                stream.write_all(&bytes).unwrap();
            });
        }
    });
    port.into()
}

fn free_port() -> u32 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
        .into()
}

fn dial(port: u32) -> Operation {
    Operation::Dial(Dial {
        port,
        timeout_millis: 2000,
        ..Default::default()
    })
}

#[test]
fn a_dialled_port_sees_the_end_and_may_answer_after_it() {
    let agent = Agent::start_bare();
    let (reply, mut client) = agent.open(dial(echo_server()));
    assert!(matches!(reply, Reply::Ok(_)), "{reply:?}");
    let data = vec![5u8; 300_000];
    for _ in 0..10 {
        client.send(Kind::Data, &data);
    }
    client.send(Kind::End, &[]);
    let mut length = 0;
    loop {
        let frame = client.receive().unwrap();
        match frame.kind {
            Kind::Data => length += frame.payload.len(),
            Kind::End => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(length, 3_000_000);
}

#[test]
fn a_closed_port_and_no_port_are_told_apart() {
    let agent = Agent::start_bare();
    assert_eq!(agent.refused(dial(free_port())), Code::ConnectionRefused);
    assert_eq!(agent.refused(dial(0)), Code::InvalidArgument);
    assert_eq!(agent.refused(dial(70_000)), Code::InvalidArgument);
    assert_eq!(
        agent.refused(Operation::Forward(Forward { port: free_port() })),
        Code::ConnectionRefused
    );
    let named = Operation::Dial(Dial {
        host: "no.such.host".into(),
        port: 80,
        timeout_millis: 100,
    });
    assert_eq!(agent.refused(named), Code::InvalidArgument);
}

#[test]
fn a_forwarded_port_relays_and_keeps_its_listener() {
    let agent = Agent::start_bare();
    let forward = Operation::Forward(Forward {
        port: echo_server(),
    });
    let Reply::Forwarded(first) = agent.ask(forward.clone()) else {
        panic!()
    };
    let Reply::Forwarded(second) = agent.ask(forward) else {
        panic!()
    };
    assert_eq!(first.listen_port, second.listen_port);
    let clients: Vec<_> = (0..8)
        .map(|i| {
            let port = first.listen_port as u16;
            thread::spawn(move || {
                let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
                let data = vec![i as u8; 1_000_000];
                stream.write_all(&data).unwrap();
                stream.shutdown(Shutdown::Write).unwrap();
                let mut back = Vec::new();
                stream.read_to_end(&mut back).unwrap();
                assert_eq!(back, data);
            })
        })
        .collect();
    clients
        .into_iter()
        .for_each(|client| client.join().unwrap());
}

#[test]
fn listening_ports_are_listed_without_the_agents_own() {
    let agent = Agent::start_bare();
    let near = echo_server();
    let far = TcpListener::bind("0.0.0.0:0").unwrap();
    let far_port = u32::from(far.local_addr().unwrap().port());
    let Reply::Forwarded(forwarded) = agent.ask(Operation::Forward(Forward { port: near })) else {
        panic!();
    };
    let Reply::Ports(PortList { ports }) = agent.ask(Operation::ListPorts(ListPorts {})) else {
        panic!();
    };
    let find = |port| {
        ports
            .iter()
            .find(|p| p.port == port)
            .map(|p| p.loopback_only)
    };
    assert_eq!(find(near), Some(true));
    assert_eq!(find(far_port), Some(false));
    assert_eq!(find(forwarded.listen_port), None);
}

#[test]
fn figures_are_plausible() {
    let agent = Agent::start_bare();
    let Reply::Metrics(metrics) = agent.ask(Operation::GetMetrics(GetMetrics {})) else {
        panic!()
    };
    assert!(metrics.processes > 1);
    assert!(metrics.disk_total_bytes > metrics.disk_used_bytes);
    assert!(metrics.memory_total_bytes > metrics.memory_cache_bytes);
    assert!(metrics.processors > 0);
    assert!(metrics.cpu_micros > 0);
}

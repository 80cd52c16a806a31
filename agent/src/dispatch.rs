//! Gives each request to the part that serves it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::agent::Agent;
use crate::command::Prepared;
use crate::configuration::Configuration;
use crate::connection::Connection;
use crate::exec;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::hosts;
use crate::metrics;
use crate::net;
use crate::process::recorded::Recorded;
use crate::process::{Body, output};
use crate::root;
use crate::session;
use crate::shutdown;
use crate::sys::lock;
use crate::terminal::attach;
use crate::wire::error::Code;
use crate::wire::request::Operation;
use crate::wire::response::Result as Reply;
use crate::wire::{
    AttachTerminal, Command, Configure, Forwarded, HelloReply, Ok as Done, ReadOutput, Request,
};

/// Version of the protocol.
const VERSION: u32 = 1;

/// Serves a connection from its first request to its last frame.
pub fn serve(mut connection: Connection, agent: &Agent) -> io::Result<()> {
    let mut request = connection.request()?;
    loop {
        let keep_open = request.keep_open;
        match operate(connection, request, agent)? {
            Some(open) if keep_open => connection = open,
            _ => return Ok(()),
        }
        request = connection.next_request()?;
    }
}

/// Serves one operation. Gives the connection back when it can carry another.
fn operate(
    mut connection: Connection,
    request: Request,
    agent: &Agent,
) -> io::Result<Option<Connection>> {
    if request.version != VERSION {
        let reason = format!("The agent speaks version {VERSION} of the protocol only.");
        let refusal = Failure::new(Code::UnsupportedVersion, reason);
        return connection.reply(Err(refusal)).map(|()| None);
    }
    let Some(operation) = request.operation else {
        let refusal = Failure::invalid("The agent does not know this operation.");
        return connection.reply(Err(refusal)).map(|()| None);
    };
    let setting = agent.configuration();
    let setting = match &setting {
        Ok(setting) => Ok(&**setting),
        Err(failure) => Err(Failure::new(failure.code, failure.message.clone())),
    };
    match operation {
        Operation::Exec(request) => exec::serve(connection, request, setting),
        Operation::Configure(request) => configure(connection, agent, &request).map(Some),
        Operation::ReadOutput(request) => read_output(connection, agent, &request).map(|()| None),
        Operation::AttachTerminal(request) => {
            attach_terminal(connection, agent, &request).map(|()| None)
        }
        Operation::Dial(request) => net::dial::serve(connection, &request).map(|()| None),
        Operation::Shutdown(request) => {
            connection.reply_ok()?;
            drop(connection);
            shutdown::run(&agent.sessions, grace(request.grace_millis))
        }
        other => match files::serve(&mut connection, other, setting)? {
            Some(other) => {
                connection.reply(answer(other, agent))?;
                Ok(Some(connection))
            }
            None => Ok(None),
        },
    }
}

/// Operations that are one answer.
fn answer(operation: Operation, agent: &Agent) -> Outcome<Reply> {
    match operation {
        Operation::Hello(_) => Ok(hello(agent, agent.configuration().ok().as_deref())),
        Operation::ListPorts(_) => Ok(Reply::Ports(net::ports::list(&agent.forwards))),
        Operation::Forward(request) => {
            let listen_port = agent.forwards.open(request.port)?.into();
            Ok(Reply::Forwarded(Forwarded { listen_port }))
        }
        Operation::UpdateEnvironment(request) => {
            agent.update_environment(&request)?;
            done()
        }
        Operation::GetMetrics(_) => Ok(Reply::Metrics(metrics::read(&agent.usage))),
        other => about_processes(other, agent),
    }
}

fn about_processes(operation: Operation, agent: &Agent) -> Outcome<Reply> {
    let processes = &agent.processes;
    match operation {
        Operation::StartProcess(request) => {
            let setting = agent.configuration()?;
            let process = processes.start(&request, &setting, &agent.state)?;
            Ok(Reply::Process(process.info()))
        }
        Operation::ListProcesses(_) => Ok(Reply::Processes(processes.list())),
        Operation::GetProcess(request) => Ok(Reply::Process(processes.get(&request.id)?.info())),
        Operation::SignalProcess(request) => {
            processes
                .get(&request.id)?
                .signal(request.signal, request.group)?;
            done()
        }
        Operation::RemoveProcess(request) => {
            processes.remove(&request.id, grace(request.grace_millis))?;
            done()
        }
        Operation::ResizeTerminal(request) => {
            let process = processes.get(&request.id)?;
            process.resize(&request.size.unwrap_or_default())?;
            Ok(Reply::Process(process.info()))
        }
        Operation::WriteInput(request) if request.session_id.is_empty() => {
            processes
                .get(&request.id)?
                .write(&request.data, request.end)?;
            done()
        }
        other => about_sessions(other, agent),
    }
}

fn about_sessions(operation: Operation, agent: &Agent) -> Outcome<Reply> {
    let sessions = &agent.sessions;
    match operation {
        Operation::CreateSession(request) => {
            let setting = agent.configuration()?;
            let info = sessions.create(&request, &setting, &agent.state)?;
            Ok(Reply::Session(info))
        }
        Operation::ListSessions(_) => Ok(Reply::Sessions(sessions.list())),
        Operation::GetSession(request) => Ok(Reply::Session(sessions.info(&request.id)?)),
        Operation::DeleteSession(request) => {
            sessions.delete(&request.id, grace(request.grace_millis))?;
            done()
        }
        Operation::RunInSession(request) => {
            let session = sessions.get(&request.session_id)?;
            let info = session.run(&request, agent.state.output_path()?)?;
            Ok(Reply::Session(info))
        }
        Operation::WriteInput(request) => {
            let session = sessions.get(&request.session_id)?;
            session.write(&request.command_id, &request.data, request.end)?;
            done()
        }
        _ => Err(Failure::invalid("The agent does not know this operation.")),
    }
}

fn done() -> Outcome<Reply> {
    Ok(Reply::Ok(Done {}))
}

fn grace(millis: u32) -> Duration {
    Duration::from_millis(millis.into())
}

fn hello(agent: &Agent, setting: Option<&Configuration>) -> Reply {
    Reply::Hello(HelloReply {
        version: VERSION,
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        boot_id: agent.boot_id.clone(),
        configured: setting.is_some(),
        work_dir: setting
            .map(|setting| setting.work_dir().display().to_string())
            .unwrap_or_default(),
        home_dir: setting
            .map(|setting| setting.user.home.clone())
            .unwrap_or_default(),
    })
}

/// Takes over the configuration. The first one with an entrypoint also starts that; one that cannot be
/// started shows its reason in the entrypoint's session, and the sandbox is usable all the same.
///
/// The client need not wait until the sandbox's name is in a file. Commands do: they ask for the
/// configuration, which stays locked until then.
fn configure(
    mut connection: Connection,
    agent: &Agent,
    message: &Configure,
) -> io::Result<Connection> {
    let mut configuration = lock(&agent.configuration);
    let first = configuration.is_none();
    let setting = match take_over(agent, message, first) {
        Ok(setting) => setting,
        Err(failure) => return connection.reply(Err(failure)).map(|()| connection),
    };
    *configuration = Some(Arc::clone(&setting));
    let answer = hello(agent, Some(&setting));
    if !message.entrypoint.is_empty() && !agent.entrypoint_begun.swap(true, Ordering::Relaxed) {
        tell_own_name(&message.hostname);
        let started = start_entrypoint(agent, &setting, message.entrypoint.clone());
        connection.reply(started.map(|()| answer))?;
    } else {
        connection.reply(Ok(answer))?;
        tell_own_name(&message.hostname);
    }
    drop(configuration);
    Ok(connection)
}

fn take_over(agent: &Agent, message: &Configure, first: bool) -> Outcome<Arc<Configuration>> {
    if first {
        if agent.staged {
            root::await_laid()?;
        }
        root::enter()?;
        agent.state.begin()?;
    }
    Configuration::of(message).map(Arc::new)
}

fn start_entrypoint(agent: &Agent, setting: &Configuration, argv: Vec<String>) -> Outcome<()> {
    let command = Command {
        argv,
        ..Command::default()
    };
    let label = Prepared::label(&command);
    let path = agent.state.output_path()?;
    let started = Prepared::of(&command, setting)
        .and_then(|prepared| Recorded::start_without_input(&prepared, path.clone()));
    match started {
        Ok(recorded) => agent.sessions.add_entrypoint(label, recorded),
        Err(failure) => agent.sessions.add_failed_entrypoint(label, path, &failure),
    }
}

/// Only PID 1 is in a sandbox, whose name is its own.
fn tell_own_name(name: &str) {
    if !name.is_empty() && std::process::id() == 1 {
        // An image without /etc, or with a read-only one, works without the name as well.
        let _ = hosts::add(Path::new("/etc/hosts"), name);
    }
}

fn read_output(mut connection: Connection, agent: &Agent, request: &ReadOutput) -> io::Result<()> {
    let found = match request.session_id.as_str() {
        "" => agent
            .processes
            .get(&request.id)
            .and_then(|process| match process.body() {
                Body::Pipes(recorded) => Ok(Arc::clone(&recorded.recording)),
                Body::Terminal(_) => Err(Failure::invalid("A terminal is attached to, not read.")),
            }),
        id => (agent.sessions.get(id))
            .and_then(|session: Arc<session::Session>| session.command(&request.command_id))
            .map(|run| Arc::clone(&run.recording)),
    };
    match found {
        Err(failure) => connection.reply(Err(failure)),
        Ok(recording) => {
            // Whoever hears that he is served misses nothing from here on.
            let reader = recording.reader(request.offset);
            connection.reply_ok()?;
            output::serve(&mut connection, &recording, reader, request.follow)
        }
    }
}

fn attach_terminal(
    mut connection: Connection,
    agent: &Agent,
    request: &AttachTerminal,
) -> io::Result<()> {
    let attached = agent
        .processes
        .get(&request.id)
        .and_then(|process| match process.body() {
            Body::Terminal(screen) => {
                let screen = Arc::clone(screen);
                screen.start().map(|()| (process, screen))
            }
            Body::Pipes(_) => Err(Failure::invalid("The process has no terminal.")),
        });
    match attached {
        Err(failure) => connection.reply(Err(failure)),
        Ok((process, screen)) => {
            connection.reply(Ok(Reply::Process(process.info())))?;
            attach::serve(connection, &process, &screen, request.from_history)
        }
    }
}

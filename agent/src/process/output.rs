//! Sends recorded output to a client, from an offset and as it grows.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;

use prost::Message;

use super::recording::{Progress, Reader, Recording, Stream};
use crate::connection::Connection;
use crate::frame::{self, Kind};
use crate::limits::STREAM_CHUNK;
use crate::reaper::Ended;
use crate::sys::{PollSet, Signal};
use crate::wire::Exit;

/// Bytes of frames that are collected before they are sent.
const BATCH: usize = 128 * 1024;

/// Sends everything that the reader has not had, then EXIT; with `follow` goes on until the process
/// ends.
pub fn serve(
    connection: &mut Connection,
    recording: &Recording,
    mut reader: Reader,
    follow: bool,
) -> io::Result<()> {
    let changed = Arc::new(Signal::new()?);
    if follow {
        recording.watch(&changed);
    }
    let mut buffer = vec![0; STREAM_CHUNK];
    loop {
        changed.lower();
        // Asked before reading, so that nothing written before the end is missed.
        let progress = recording.progress();
        send_until(
            connection,
            &mut reader,
            goal(&progress, follow),
            &mut buffer,
        )?;
        if progress.ended.is_some() || !follow {
            return send_exit(connection, &progress, reader.offset());
        }
        wait(connection, &changed)?;
    }
}

/// What one round delivers. A follower of an ended process stops where it ended, the late output of
/// its background children is had by asking again.
fn goal(progress: &Progress, follow: bool) -> u64 {
    match progress.ended {
        Some((_, length)) if follow => length,
        _ => progress.length,
    }
}

fn send_until(
    connection: &mut Connection,
    reader: &mut Reader,
    goal: u64,
    buffer: &mut [u8],
) -> io::Result<()> {
    let mut batch = Vec::new();
    while reader.offset() < goal {
        let most = (goal - reader.offset()).min(buffer.len() as u64) as usize;
        let Some((stream, n)) = reader.read(buffer.get_mut(..most).unwrap_or_default())? else {
            break;
        };
        let kind = match stream {
            Stream::Output => Kind::Stdout,
            Stream::Errors => Kind::Stderr,
        };
        frame::append(&mut batch, kind, buffer.get(..n).unwrap_or_default());
        if batch.len() >= BATCH {
            io::Write::write_all(&mut connection.stream, &batch)?;
            reader.delivered();
            batch.clear();
        }
    }
    io::Write::write_all(&mut connection.stream, &batch)?;
    reader.delivered();
    Ok(())
}

fn send_exit(connection: &mut Connection, progress: &Progress, offset: u64) -> io::Result<()> {
    let ended = progress.ended.map(|(ended, _)| ended);
    let Ended { code, signal } = ended.unwrap_or_default();
    let exit = Exit {
        code,
        signal,
        timed_out: false,
        still_running: ended.is_none(),
        next_offset: offset,
    };
    connection.send(Kind::Exit, &exit.encode_to_vec())
}

/// Waits for more output; fails when the client is gone, which has nothing to say here.
fn wait(connection: &Connection, changed: &Signal) -> io::Result<()> {
    let mut set = PollSet::default();
    let client = set.add(connection.as_fd(), true, false);
    set.add(changed.as_fd(), true, false);
    set.wait(None)?;
    if set.readable(client) {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(())
}

//! Makes lists of sessions fit into an answer.

use crate::limits::ANSWER;
use crate::names;
use crate::wire::SessionInfo;

/// Bytes of a command in an answer apart from its id and its text, at most.
const OVERHEAD: usize = 48;
/// Commands in one answer; of more, each session shows its latest.
const COMMANDS: usize = 4000;

/// Leaves out the eldest commands where there are too many, and shortens the commands' texts as far
/// as the answer's limit asks for. Ids and figures are never changed.
pub fn fit(sessions: &mut [SessionInfo]) {
    let total: usize = sessions.iter().map(|session| session.commands.len()).sum();
    if total > COMMANDS {
        let share = COMMANDS / sessions.len().max(1);
        for session in sessions.iter_mut() {
            let surplus = session.commands.len().saturating_sub(share);
            session.commands.drain(..surplus);
        }
    }
    let commands = || sessions.iter().flat_map(|session| &session.commands);
    let text: usize = commands().map(|command| command.command.len()).sum();
    let rest: usize = commands().map(|command| command.id.len() + OVERHEAD).sum();
    let names: usize = sessions
        .iter()
        .map(|session| session.id.len() + OVERHEAD)
        .sum();
    let room = ANSWER.saturating_sub(rest + names);
    if text <= room {
        return;
    }
    // A character has up to four bytes.
    let share = room / commands().count().max(1) / 4;
    for command in sessions
        .iter_mut()
        .flat_map(|session| &mut session.commands)
    {
        command.command = names::shown(&command.command, share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{SessionCommand, SessionList};
    use prost::Message;

    fn sessions(count: usize, commands: usize, text: &str) -> Vec<SessionInfo> {
        let command = SessionCommand {
            id: "c".repeat(128),
            command: text.to_owned(),
            exit_code: -1,
            output_bytes: u64::MAX,
            running: true,
        };
        let session = SessionInfo {
            id: "s".repeat(128),
            commands: vec![command; commands],
        };
        vec![session; count]
    }

    #[test]
    fn whatever_there_is_fits_into_a_frame() {
        for (count, commands, text) in [
            (1, 2000, "x".repeat(8000)),
            (256, 2000, "y".repeat(20)),
            (256, 0, String::new()),
            (3, 2, "é".repeat(900_000)),
        ] {
            let mut sessions = sessions(count, commands, &text);
            fit(&mut sessions);
            let list = SessionList { sessions };
            assert!(list.encoded_len() <= crate::limits::FRAME_PAYLOAD);
        }
    }

    #[test]
    fn what_fits_is_left_alone() {
        let mut sessions = sessions(2, 10, "echo");
        let before = sessions.clone();
        fit(&mut sessions);
        assert_eq!(sessions, before);
    }
}

//! The bounds on what a client or a sandbox can make the agent hold.

/// Largest payload of a frame, in bytes; `docs/agent-protocol.md` fixes it for both sides.
pub const FRAME_PAYLOAD: usize = 1 << 20;
/// What lists are cut down to, so that an answer fits into a frame, in bytes.
pub const ANSWER: usize = FRAME_PAYLOAD - 64 * 1024;
/// Payload of the frames that carry streams, in bytes.
pub const STREAM_CHUNK: usize = 256 * 1024;
/// Longest path, in bytes.
pub const PATH: usize = 4096;
/// Longest id of a process, session or command, in bytes.
pub const ID: usize = 128;
/// Environment variables or arguments in one message.
pub const STRINGS: usize = 16_384;
/// Connections served at the same time.
pub const CONNECTIONS: usize = 1024;
/// Background processes, ended ones that still have a log included.
pub const PROCESSES: usize = 512;
/// Sessions.
pub const SESSIONS: usize = 256;
/// Commands of one session; the oldest ended one is forgotten for a new one.
pub const SESSION_COMMANDS: usize = 2000;
/// Text of the remembered commands of one session, in bytes.
pub const SESSION_TEXT: usize = 16 << 20;
/// Commands that wait in one session.
pub const SESSION_QUEUE: usize = 1024;
/// Input of one process that waits to be read by it, in bytes.
pub const PENDING_INPUT: usize = 4 << 20;
/// Transient output that is kept while nobody reads, in bytes.
pub const UNREAD_OUTPUT: u64 = 1 << 20;
/// Output of a terminal that is kept for viewers to come, in bytes.
pub const TERMINAL_HISTORY: usize = 1 << 20;
/// Output of a terminal that is kept while a viewer has not taken it yet, in bytes.
pub const TERMINAL_LAG: usize = 32 << 20;
/// Relayed connections of all forwarded ports together.
pub const RELAYS: usize = 512;
/// Relaying listeners.
pub const FORWARDS: usize = 256;
/// Largest account file (`/etc/passwd`, `/etc/group`, `/etc/shells`) that is read, in bytes.
pub const ACCOUNT_FILE: u64 = 1 << 20;

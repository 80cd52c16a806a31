//! What a session's shell is told, and what it tells back.
//!
//! The shell reads these lines on its standard input. The command itself is an argument of `eval`,
//! so that an unbalanced quote or a broken heredoc in it ends with the command. Its streams are
//! pipes of its own. The shell reports on descriptor 9, which the command does not inherit.

use std::path::Path;

/// The descriptor on which the shell reports.
pub const STATUS: i32 = 9;

/// Streams of one command, as paths; without input it reads `/dev/null`.
pub struct Streams<'a> {
    pub input: Option<&'a Path>,
    pub output: &'a Path,
    pub errors: &'a Path,
}

/// The lines that run a command. The report has one of its own: after an unbalanced quote in `eval`,
/// bash takes a following line of several commands for the end of its input. `keyword` names built-in commands: `builtin` or `command`.
pub fn run(keyword: &str, command: &str, streams: &Streams<'_>) -> Vec<u8> {
    let input = streams.input.unwrap_or(Path::new("/dev/null"));
    let (input, output) = (quote(input), quote(streams.output));
    let errors = quote(streams.errors);
    let command = command.replace('\'', r"'\''");
    format!(
        "{{ {keyword} echo b >&9; {{ {keyword} eval '{command}'\n}} 9>&-; \
         }} <{input} >{output} 2>{errors}\n{keyword} echo \"e $?\" >&9\n"
    )
    .into_bytes()
}

fn quote(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

/// A report of the shell.
#[derive(Debug, PartialEq, Eq)]
pub enum Report {
    /// The command's streams are open.
    Begun,
    /// The command ended with this status.
    Ended(i32),
}

/// Takes whole lines off what was heard. What is no report is skipped.
pub fn reports(heard: &mut Vec<u8>) -> Vec<Report> {
    let Some(end) = heard.iter().rposition(|byte| *byte == b'\n') else {
        // No report is that long.
        heard.truncate(64);
        return Vec::new();
    };
    let lines: Vec<u8> = heard.drain(..=end).collect();
    let lines = String::from_utf8_lossy(&lines);
    lines.lines().filter_map(report).collect()
}

fn report(line: &str) -> Option<Report> {
    if line == "b" {
        return Some(Report::Begun);
    }
    line.strip_prefix("e ")?.parse().ok().map(Report::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reports_are_taken_line_by_line() {
        let mut heard = b"b\nnoise\ne 3\ne 1".to_vec();
        assert_eq!(reports(&mut heard), [Report::Begun, Report::Ended(3)]);
        assert_eq!(heard, b"e 1");
    }

    #[test]
    fn quotes_in_a_command_stay_inside_its_argument() {
        let streams = Streams {
            input: None,
            output: Path::new("/o"),
            errors: Path::new("/e"),
        };
        let line = String::from_utf8(run("builtin", "echo 'it'", &streams)).unwrap();
        assert!(line.contains(r"eval 'echo '\''it'\'''"), "{line}");
    }

    proptest! {
        #[test]
        fn any_noise_is_heard_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            let _ = reports(&mut bytes.clone());
        }
    }
}

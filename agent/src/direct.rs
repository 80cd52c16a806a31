//! Shell text that needs no shell: a program and plain words.
//!
//! To start bash takes longer than most of what it is asked to start. What it would do with such a
//! text is done here instead, down to the variables that it sets; whatever is not certain to come to
//! the same stays a matter of the shell's.

use std::collections::BTreeMap;
use std::fs;

use crate::command::Prepared;
use crate::reaper::Ended;
use crate::sys;

/// What bash does itself, or reads as a part of its language, when a command begins with it. But for
/// those whose programs do the same in the cases that [`is_program`] lets through.
const OWN: &[&str] = &[
    ".",
    ":",
    "[",
    "[[",
    "]]",
    "alias",
    "bg",
    "bind",
    "break",
    "builtin",
    "caller",
    "case",
    "cd",
    "command",
    "compgen",
    "complete",
    "compopt",
    "continue",
    "coproc",
    "declare",
    "dirs",
    "disown",
    "do",
    "done",
    "elif",
    "else",
    "enable",
    "esac",
    "eval",
    "exec",
    "exit",
    "export",
    "fc",
    "fg",
    "fi",
    "for",
    "function",
    "getopts",
    "hash",
    "help",
    "history",
    "if",
    "in",
    "jobs",
    "kill",
    "let",
    "local",
    "logout",
    "mapfile",
    "popd",
    "printf",
    "pushd",
    "pwd",
    "read",
    "readarray",
    "readonly",
    "return",
    "select",
    "set",
    "shift",
    "shopt",
    "source",
    "suspend",
    "test",
    "then",
    "time",
    "times",
    "trap",
    "type",
    "typeset",
    "ulimit",
    "umask",
    "unalias",
    "unset",
    "until",
    "wait",
    "while",
];

/// Variables with which bash would do something else, or which it sets in another way.
const MEANT_FOR_BASH: &[&str] = &[
    "BASHOPTS",
    "EXECIGNORE",
    "LC_ALL",
    "OLDPWD",
    "POSIXLY_CORRECT",
    "PWD",
    "SHELLOPTS",
    "SHLVL",
    "_",
];

/// The program that the shell would start for its script, with what the shell adds to its
/// environment; `None` when only the shell can tell.
pub fn of(shell: &Prepared) -> Option<Prepared> {
    let text = std::str::from_utf8(&shell.script).ok()?;
    let [bash] = shell.argv.as_slice() else {
        return None;
    };
    if !bash.ends_with("/bash") || !is_plain(&shell.env) {
        return None;
    }
    let argv = words(text)?;
    if !is_program(&argv) {
        return None;
    }
    let directory = fs::canonicalize(&shell.cwd).ok()?;
    let mut program = Prepared {
        argv,
        file: None,
        env: shell.env.clone(),
        cwd: shell.cwd.clone(),
        user: shell.user.clone(),
        script: Vec::new(),
    };
    let file = program.found()?;
    let added = [
        ("PWD", directory.to_str()?.to_owned()),
        ("SHLVL", "1".to_owned()),
        ("_", file.clone()),
    ];
    program.file = Some(file);
    program
        .env
        .extend(added.map(|(name, value)| (name.to_owned(), value)));
    Some(program)
}

fn is_plain(env: &BTreeMap<String, String>) -> bool {
    env.keys()
        .all(|name| !MEANT_FOR_BASH.contains(&name.as_str()) && !name.starts_with("BASH_"))
}

fn is_program(argv: &[String]) -> bool {
    match argv.split_first() {
        None => false,
        Some((name, arguments)) => match name.as_str() {
            "echo" => arguments.iter().all(|word| !word.starts_with('-')),
            "false" | "true" => arguments.is_empty(),
            // An assignment, which only looks like a name.
            name => !name.is_empty() && !name.contains('=') && !OWN.contains(&name),
        },
    }
}

/// The words of a line of which the shell would change nothing but quotes.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.trim_end_matches('\n').chars();
    while let Some(next) = rest.next() {
        match next {
            ' ' | '\t' => words.extend(word.take()),
            '\'' | '"' => {
                // A name in quotes is no word of the shell's language, which the caller cannot see.
                if words.is_empty() {
                    return None;
                }
                let quoted = word.get_or_insert_default();
                loop {
                    match rest.next()? {
                        end if end == next => break,
                        '$' | '`' | '\\' if next == '"' => return None,
                        '\0' => return None,
                        other => quoted.push(other),
                    }
                }
            }
            _ if next.is_ascii_alphanumeric() || "%+,-./:=@_".contains(next) => {
                word.get_or_insert_default().push(next);
            }
            _ => return None,
        }
    }
    words.extend(word);
    Some(words)
}

/// What the shell says when a signal ended the program that it had started.
pub fn last_words(shell: &Prepared, pid: i32, ended: Ended) -> Option<String> {
    if matches!(ended.signal, 0 | libc::SIGINT | libc::SIGPIPE) {
        return None;
    }
    let bash = shell.argv.first()?;
    let text = String::from_utf8_lossy(&shell.script);
    let signal = sys::signal_description(ended.signal);
    if ended.signal == libc::SIGTERM {
        return Some(format!("{signal}\n"));
    }
    Some(format!(
        "{bash}: line 1: {pid:5} {signal:<24}{}\n",
        text.trim()
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn plain_words_and_quoted_ones_are_words() {
        let seen = words("tar -C /srv --mode=a+r 'a b'\"c 'd'\"e  ''\n").unwrap();
        assert_eq!(seen, ["tar", "-C", "/srv", "--mode=a+r", "a bc 'd'e", ""]);
    }

    #[test]
    fn whatever_the_shell_would_act_on_is_left_to_it() {
        for text in [
            "a|b",
            "a;b",
            "a&",
            "a\nb",
            "a>b",
            "a <b",
            "a $b",
            "a \"$b\"",
            "a `b`",
            "a \"`b`\"",
            "a \\b",
            "a \"\\b\"",
            "a *",
            "a ?",
            "a [b]",
            "a ~",
            "a {b,c}",
            "a #b",
            "(a)",
            "!a",
            "a 'b",
            "a \"b",
            "'a' b",
            "a ^b",
            "a é",
        ] {
            assert_eq!(words(text), None, "{text}");
        }
    }

    #[test]
    fn its_own_commands_are_left_to_the_shell() {
        let is_program = |text: &str| is_program(&words(text).unwrap());
        for text in [
            "cd /",
            "A=b c",
            "echo -n a",
            "true --help",
            "time ls",
            "kill 7",
            " ",
        ] {
            assert!(!is_program(text), "{text}");
        }
        for text in ["echo a", "true", "ls -l", "./a", "/bin/kill 7"] {
            assert!(is_program(text), "{text}");
        }
    }
}

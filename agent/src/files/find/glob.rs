//! Patterns of names.

use std::ffi::OsStr;

use crate::failure::{Failure, Outcome};

/// A pattern that a whole name has to match.
pub struct Glob(Vec<Part>);

enum Part {
    /// One character, which is none of the pattern's signs.
    One(char),
    /// `?`
    Any,
    /// `*`
    Many,
    /// `[a-z]`, or `[^a-z]` when negated.
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Glob {
    pub fn parse(pattern: &str) -> Outcome<Self> {
        let mut rest = pattern.chars();
        let mut parts = Vec::new();
        while let Some(sign) = rest.next() {
            parts.push(match sign {
                '*' => Part::Many,
                '?' => Part::Any,
                '[' => class(&mut rest).ok_or_else(|| malformed(pattern))?,
                '\\' => Part::One(rest.next().ok_or_else(|| malformed(pattern))?),
                other => Part::One(other),
            });
        }
        Ok(Self(parts))
    }

    /// Bytes that are no UTF-8 count as one unknown character each.
    pub fn matches(&self, name: &OsStr) -> bool {
        let name: Vec<char> = name.to_string_lossy().chars().collect();
        self.matches_all(&name)
    }

    /// Goes back to the last `*` only: what stood before it fits as early as it can.
    fn matches_all(&self, name: &[char]) -> bool {
        let mut part = 0;
        let mut at = 0;
        let mut retry = None;
        loop {
            match (self.0.get(part), name.get(at)) {
                (None, None) => return true,
                (Some(Part::Many), _) => {
                    retry = Some((part + 1, at));
                    part += 1;
                    continue;
                }
                (Some(wanted), Some(found)) if wanted.accepts(*found) => {
                    part += 1;
                    at += 1;
                    continue;
                }
                _ => {}
            }
            match retry {
                Some((after, from)) if from < name.len() => {
                    part = after;
                    at = from + 1;
                    retry = Some((after, from + 1));
                }
                _ => return false,
            }
        }
    }
}

impl Part {
    fn accepts(&self, found: char) -> bool {
        match self {
            Self::One(wanted) => *wanted == found,
            Self::Any => true,
            Self::Many => false,
            Self::Class { negated, ranges } => {
                let inside = ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&found));
                inside != *negated
            }
        }
    }
}

/// What follows an opening bracket, up to the closing one.
fn class(rest: &mut std::str::Chars<'_>) -> Option<Part> {
    let negated = rest.as_str().starts_with('^');
    if negated {
        rest.next();
    }
    let mut ranges = Vec::new();
    loop {
        if rest.as_str().starts_with(']') && !ranges.is_empty() {
            rest.next();
            return Some(Part::Class { negated, ranges });
        }
        let low = member(rest)?;
        let high = match rest.as_str().starts_with('-') {
            true => {
                rest.next();
                member(rest)?
            }
            false => low,
        };
        ranges.push((low, high));
    }
}

fn member(rest: &mut std::str::Chars<'_>) -> Option<char> {
    match rest.next()? {
        '-' | ']' => None,
        '\\' => rest.next(),
        other => Some(other),
    }
}

fn malformed(pattern: &str) -> Failure {
    Failure::invalid(format!(
        "The pattern '{pattern}' is malformed: write [ as \\[ where it means itself."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        Glob::parse(pattern).unwrap().matches(OsStr::new(name))
    }

    #[test]
    fn signs_stand_for_characters() {
        for (pattern, name) in [
            ("*", ""),
            ("*", ".hidden"),
            ("*.ts", "a.b.ts"),
            ("a*b*c", "aXbbXcc"),
            ("?.t?t", "ä.txt"),
            ("[a-c]x[^0-9]", "bxy"),
            ("[\\]\\-]", "]"),
            ("\\*", "*"),
            ("a[*]", "a*"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("*.ts", "a.tsx"),
            ("a?", "a"),
            ("[^a]", "a"),
            ("\\*", "x"),
            ("", "x"),
            ("a*b", "acbc"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn malformed_patterns_are_refused() {
        for pattern in ["[", "[a", "[]", "[a-]", "[-a]", "\\", "[^]"] {
            assert!(Glob::parse(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = format!("{}b", "a*".repeat(200));
        assert!(!matches(&pattern, &"a".repeat(255)));
    }
}

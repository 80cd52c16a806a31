//! The filter that closes system calls.
//!
//! A filter program is checked and, for each system call number, run once when a process takes it
//! on, so its shape is paid at every start: a search tree over the closed numbers takes a few steps
//! where a list takes as many as it has entries. Calls by other architectures' numbers would pass by
//! the tree; they end the process, and x32's, which share x86-64's, fail.

use crate::fault::{At, Fault};
use crate::wire::SystemCallRule;
use crate::wire::system_call_rule::Condition;
use libc::{BPF_ABS, BPF_JA, BPF_JEQ, BPF_JGE, BPF_JGT, BPF_JMP, BPF_JSET, BPF_K, BPF_LD, BPF_RET};
use libc::{BPF_W, sock_filter};
use std::collections::BTreeMap;
use std::ffi::c_uint;
use std::str::FromStr;
use syscalls::Sysno;

#[cfg(target_arch = "x86_64")]
const ARCHITECTURE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE: u32 = 0xc000_00b7;

/// First number of x86-64's second table.
const X32: u32 = 0x4000_0000;

const NUMBER_OFFSET: u32 = 0;
const ARCHITECTURE_OFFSET: u32 = 4;
const FIRST_ARGUMENT_OFFSET: u32 = 16;

/// A program for the kernel, ready to be taken on by any number of processes.
pub struct Filter(Vec<sock_filter>);

type Rules<'a> = Vec<&'a SystemCallRule>;

impl Filter {
    /// Writes the program. Calls that this architecture does not have are left out.
    pub fn new(rules: &[SystemCallRule]) -> Self {
        let mut closed: BTreeMap<u32, Rules<'_>> = BTreeMap::new();
        for rule in rules {
            if let Ok(call) = Sysno::from_str(&rule.name) {
                closed.entry(call.id() as u32).or_default().push(rule);
            }
        }
        let mut program = vec![
            load(ARCHITECTURE_OFFSET),
            jump(BPF_JEQ, ARCHITECTURE, 1, 0),
            answer(libc::SECCOMP_RET_KILL_PROCESS),
            load(NUMBER_OFFSET),
            jump(BPF_JGE, X32, 0, 1),
            fail(libc::ENOSYS as u32),
        ];
        let sorted: Vec<_> = closed.into_iter().collect();
        program.extend(tree(&sorted));
        Self(program)
    }

    /// Takes the filter on for this process and all it starts. Needs CAP_SYS_ADMIN in its user
    /// namespace.
    pub fn take_on(&self) -> Result<(), Fault> {
        let program = libc::sock_fprog {
            len: self.0.len() as u16,
            filter: self.0.as_ptr().cast_mut(),
        };
        let mode: c_uint = libc::SECCOMP_SET_MODE_FILTER;
        // Without this flag kernels before 5.16 slow the process down for life.
        let flags = libc::SECCOMP_FILTER_FLAG_SPEC_ALLOW;
        // SAFETY: the program outlives the call, which copies it.
        let result = unsafe { libc::syscall(libc::SYS_seccomp, mode, flags, &raw const program) };
        crate::sys::check(result).at("close system calls").map(drop)
    }
}

fn tree(closed: &[(u32, Rules<'_>)]) -> Vec<sock_filter> {
    match closed {
        [] => vec![answer(libc::SECCOMP_RET_ALLOW)],
        [(number, rules)] => leaf(*number, rules),
        _ => {
            let (low, high) = closed.split_at(closed.len() / 2);
            let bound = high.first().map_or(0, |(number, _)| *number);
            let right = tree(high);
            let skip = statement(BPF_JMP | BPF_JA, right.len() as u32);
            let mut program = vec![jump(BPF_JGE, bound, 1, 0), skip];
            program.extend(right);
            program.extend(tree(low));
            program
        }
    }
}

fn leaf(number: u32, rules: &Rules<'_>) -> Vec<sock_filter> {
    let mut action: Vec<_> = rules.iter().flat_map(|rule| when_met(rule)).collect();
    action.push(answer(libc::SECCOMP_RET_ALLOW));
    // The last instruction is where any other number goes, too.
    let to_last = action.len() as u8 - 1;
    let mut program = vec![jump(BPF_JEQ, number, 0, to_last)];
    program.extend(action);
    program
}

fn when_met(rule: &SystemCallRule) -> Vec<sock_filter> {
    let test = match rule.condition {
        None => return vec![fail(rule.errno)],
        Some(Condition::AnyBitOf(bits)) => jump(BPF_JSET, bits, 0, 1),
        Some(Condition::EqualTo(value)) => jump(BPF_JEQ, value, 0, 1),
        Some(Condition::GreaterThan(value)) => jump(BPF_JGT, value, 0, 1),
    };
    vec![load(FIRST_ARGUMENT_OFFSET), test, fail(rule.errno)]
}

fn load(offset: u32) -> sock_filter {
    statement(BPF_LD | BPF_W | BPF_ABS, offset)
}

fn fail(errno: u32) -> sock_filter {
    answer(libc::SECCOMP_RET_ERRNO | (errno & libc::SECCOMP_RET_DATA))
}

fn answer(value: u32) -> sock_filter {
    statement(BPF_RET | BPF_K, value)
}

fn statement(code: u32, k: u32) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt: 0,
        jf: 0,
        k,
    }
}

fn jump(test: u32, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter {
        code: (BPF_JMP | test | BPF_K) as u16,
        jt,
        jf,
        k,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;

    fn rule(name: &str, errno: i32, condition: Option<Condition>) -> SystemCallRule {
        SystemCallRule {
            name: name.to_owned(),
            errno: errno as u32,
            condition,
        }
    }

    /// What the kernel would answer: the few instructions that the programs are made of, executed.
    fn run(filter: &Filter, architecture: u32, number: u32, argument: u32) -> u32 {
        let program = &filter.0;
        let mut at = 0;
        let mut value = 0;
        loop {
            let step = program[at];
            at += 1;
            let code = u32::from(step.code);
            if code == BPF_LD | BPF_W | BPF_ABS {
                value = match step.k {
                    NUMBER_OFFSET => number,
                    ARCHITECTURE_OFFSET => architecture,
                    _ => argument,
                };
                continue;
            }
            if code == BPF_RET | BPF_K {
                return step.k;
            }
            if code == BPF_JMP | BPF_JA {
                at += step.k as usize;
                continue;
            }
            let met = match code & 0xf0 {
                BPF_JEQ => value == step.k,
                BPF_JGE => value >= step.k,
                BPF_JGT => value > step.k,
                _ => value & step.k != 0,
            };
            at += usize::from(if met { step.jt } else { step.jf });
        }
    }

    fn errno(number: i32) -> u32 {
        libc::SECCOMP_RET_ERRNO | number as u32
    }

    #[test]
    fn every_listed_call_fails_and_every_other_passes() {
        let names = [
            "mount", "umount2", "bpf", "setns", "swapon", "reboot", "acct",
        ];
        let rules: Vec<_> = names.iter().map(|n| rule(n, libc::EPERM, None)).collect();
        let filter = Filter::new(&rules);
        for number in 0..600 {
            let closed = names
                .iter()
                .any(|name| Sysno::from_str(name).is_ok_and(|call| call.id() as u32 == number));
            let expected = if closed { errno(libc::EPERM) } else { ALLOW };
            assert_eq!(run(&filter, ARCHITECTURE, number, 0), expected, "{number}");
        }
    }

    #[test]
    fn conditions_look_at_the_first_argument() {
        let socket = libc::SYS_socket as u32;
        let filter = Filter::new(&[
            rule(
                "socket",
                libc::EAFNOSUPPORT,
                Some(Condition::GreaterThan(16)),
            ),
            rule("socket", libc::EAFNOSUPPORT, Some(Condition::EqualTo(15))),
            rule("clone", libc::EPERM, Some(Condition::AnyBitOf(0x7e02_0000))),
        ]);
        for (family, expected) in [(1, ALLOW), (2, ALLOW), (16, ALLOW)] {
            assert_eq!(run(&filter, ARCHITECTURE, socket, family), expected);
        }
        for family in [15, 17, 40] {
            let refused = errno(libc::EAFNOSUPPORT);
            assert_eq!(run(&filter, ARCHITECTURE, socket, family), refused);
        }
        let clone = libc::SYS_clone as u32;
        assert_eq!(run(&filter, ARCHITECTURE, clone, 0x11), ALLOW);
        let with_user_namespace = libc::CLONE_NEWUSER as u32 | 0x11;
        let answered = run(&filter, ARCHITECTURE, clone, with_user_namespace);
        assert_eq!(answered, errno(libc::EPERM));
    }

    #[test]
    fn numbers_of_other_tables_do_not_pass_by() {
        let filter = Filter::new(&[rule("mount", libc::EPERM, None)]);
        let mount = libc::SYS_mount as u32;
        let i386 = 0x4000_0003;
        assert_eq!(run(&filter, i386, 21, 0), libc::SECCOMP_RET_KILL_PROCESS);
        let by_x32 = run(&filter, ARCHITECTURE, mount | X32, 0);
        assert_eq!(by_x32, errno(libc::ENOSYS));
    }

    #[test]
    fn a_name_that_the_architecture_lacks_is_left_out() {
        let filter = Filter::new(&[rule("no_such_call", libc::EPERM, None)]);
        assert_eq!(run(&filter, ARCHITECTURE, 0, 0), ALLOW);
    }
}

//! What the sandbox uses.

use std::ffi::CStr;
use std::fs;

use crate::sys;
use crate::wire::Metrics;

/// Reads the figures of the sandbox's control group, of either version, and of its disk. A figure
/// that the system does not show is 0.
pub fn read() -> Metrics {
    let (disk_total_bytes, disk_used_bytes) = disk();
    Metrics {
        cpu_micros: cpu_micros(),
        memory_bytes: memory(),
        processes: processes(),
        disk_total_bytes,
        disk_used_bytes,
    }
}

fn cpu_micros() -> u64 {
    if let Some(stat) = text("/sys/fs/cgroup/cpu.stat") {
        let usage = stat
            .lines()
            .find_map(|line| line.strip_prefix("usage_usec "));
        if let Some(usage) = usage {
            return usage.trim().parse().unwrap_or(0);
        }
    }
    let nanos = [
        "/sys/fs/cgroup/cpuacct/cpuacct.usage",
        "/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage",
    ];
    nanos
        .iter()
        .find_map(|path| number(path))
        .map_or(0, |nanos| nanos / 1000)
}

fn memory() -> u64 {
    let paths = [
        "/sys/fs/cgroup/memory.current",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ];
    paths.iter().find_map(|path| number(path)).unwrap_or(0)
}

fn processes() -> u32 {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter(|entry| {
        let name = entry.file_name();
        name.as_encoded_bytes().iter().all(u8::is_ascii_digit)
    });
    pids.count() as u32
}

fn disk() -> (u64, u64) {
    const ROOT: &CStr = c"/";
    // SAFETY: the structure is plain numbers, and the call fills it.
    let stat = unsafe {
        let mut stat: libc::statvfs = std::mem::zeroed();
        if sys::check(libc::statvfs(ROOT.as_ptr(), &mut stat)).is_err() {
            return (0, 0);
        }
        stat
    };
    let total = stat.f_blocks.saturating_mul(stat.f_frsize);
    let free = stat.f_bfree.saturating_mul(stat.f_frsize);
    (total, total.saturating_sub(free))
}

fn number(path: &str) -> Option<u64> {
    text(path)?.trim().parse().ok()
}

fn text(path: &str) -> Option<String> {
    let bytes = sys::read_small(path, 64 * 1024).ok()?;
    String::from_utf8(bytes).ok()
}

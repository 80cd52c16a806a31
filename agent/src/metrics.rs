//! What the sandbox uses.

use std::ffi::CStr;
use std::fs;
use std::time::Instant;

use crate::sys;
use crate::usage::Usage;
use crate::wire::Metrics;

/// Reads the figures of the sandbox's control group, of either version, or where that is not shown
/// those of `/proc`, and of its disk. A figure that the system does not show is 0.
pub fn read(usage: &Usage) -> Metrics {
    let (disk_total_bytes, disk_used_bytes) = disk();
    let memory = Memory::read();
    let cpu_micros = cpu_micros();
    let processors = processors();
    Metrics {
        cpu_micros,
        memory_bytes: memory_in_group().unwrap_or(memory.used),
        processes: processes(),
        disk_total_bytes,
        disk_used_bytes,
        memory_total_bytes: memory.total,
        memory_cache_bytes: memory.cache,
        processors,
        cpu_percent: usage.percent(Instant::now(), cpu_micros, processors),
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
        .map(|nanos| nanos / 1000)
        .or_else(|| text("/proc/stat").and_then(|stat| busy_micros(&stat)))
        .unwrap_or(0)
}

/// The time that the processors worked: all of the first line but what they were idle or away.
fn busy_micros(stat: &str) -> Option<u64> {
    const TICKS_A_SECOND: u64 = 100;
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let fields = line.split_ascii_whitespace().take(7).enumerate();
    let busy = fields.filter(|(place, _)| ![3, 4].contains(place));
    let ticks: u64 = busy
        .filter_map(|(_, ticks)| ticks.parse::<u64>().ok())
        .sum();
    Some(ticks.saturating_mul(1_000_000 / TICKS_A_SECOND))
}

fn processors() -> u32 {
    std::thread::available_parallelism().map_or(1, |count| count.get() as u32)
}

fn memory_in_group() -> Option<u64> {
    let paths = [
        "/sys/fs/cgroup/memory.current",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ];
    paths.iter().find_map(|path| number(path))
}

/// Bytes of memory.
#[derive(Debug, Default, PartialEq)]
struct Memory {
    total: u64,
    used: u64,
    cache: u64,
}

impl Memory {
    fn read() -> Self {
        text("/proc/meminfo").map_or_else(Self::default, |info| Self::of(&info))
    }

    fn of(info: &str) -> Self {
        let bytes = |name: &str| -> u64 {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            let kibibytes = line.and_then(|rest| rest.trim().strip_suffix(" kB"));
            kibibytes.map_or(0, |number| number.trim().parse().unwrap_or(0)) * 1024
        };
        let total = bytes("MemTotal:");
        let cache = bytes("Cached:") + bytes("Buffers:");
        let used = total.saturating_sub(bytes("MemFree:") + cache);
        Self { total, used, cache }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_at_work_is_all_but_idle_and_waiting() {
        let stat = "cpu  100 20 30 5000 600 7 3 10 40 0\ncpu0 1 2 3 4\n";
        assert_eq!(busy_micros(stat), Some(1_600_000));
        assert_eq!(busy_micros("intr 1\n"), None);
    }

    #[test]
    fn memory_in_use_is_without_what_the_kernel_would_give_back() {
        let info = "MemTotal: 1000 kB\nMemFree: 200 kB\nBuffers: 50 kB\nCached: 150 kB\n";
        let read = Memory::of(info);
        assert_eq!(
            (read.total, read.used, read.cache),
            (1_024_000, 614_400, 204_800)
        );
        assert_eq!(Memory::of("nonsense"), Memory::default());
    }
}

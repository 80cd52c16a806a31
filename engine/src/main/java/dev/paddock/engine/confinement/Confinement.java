package dev.paddock.engine.confinement;

import java.util.List;

/** What root in a sandbox may do and see, whatever runtime starts it. */
public final class Confinement {
  /**
   * A capability.
   *
   * @param name as Linux spells it
   * @param number as Linux numbers it
   */
  public record Capability(String name, int number) {}

  /** What root may do inside: nothing here reaches beyond the sandbox's user namespace. */
  public static final List<Capability> CAPABILITIES =
      List.of(
          new Capability("CAP_AUDIT_WRITE", 29),
          new Capability("CAP_CHOWN", 0),
          new Capability("CAP_DAC_OVERRIDE", 1),
          new Capability("CAP_FOWNER", 3),
          new Capability("CAP_FSETID", 4),
          new Capability("CAP_KILL", 5),
          new Capability("CAP_NET_BIND_SERVICE", 10),
          new Capability("CAP_SETFCAP", 31),
          new Capability("CAP_SETGID", 6),
          new Capability("CAP_SETPCAP", 8),
          new Capability("CAP_SETUID", 7),
          new Capability("CAP_SYS_CHROOT", 18));

  /** Their names. */
  public static final List<String> CAPABILITY_NAMES =
      CAPABILITIES.stream().map(Capability::name).toList();

  /** Paths that are hidden, where they exist. */
  public static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/config.gz",
          "/proc/interrupts",
          "/proc/kallsyms",
          "/proc/kcore",
          "/proc/keys",
          "/proc/kmsg",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/sysrq-trigger",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware",
          "/sys/kernel/notes",
          "/sys/kernel/vmcoreinfo");

  /** Paths that cannot be changed. */
  public static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys");

  /** Most open files of one process; the host may allow fewer. */
  public static final int OPEN_FILES = 65_536;

  private Confinement() {}
}

package dev.paddock.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system calls that sandboxes may not make. What is listed either acts on the host as a whole,
 * opens namespaces or mounts, or has a record of kernel flaws without use for ordinary programs. It
 * is a list of what is closed because a runtime needs 10 to 15 ms to compile a list of the 370
 * calls that are open, half as long as everything else it does; the user namespace without
 * capabilities is the wall, and this list stands before it. Only the host's own architecture may be
 * used, which also closes the 32-bit ways around the rules on arguments.
 */
final class SeccompProfile {
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EAFNOSUPPORT = 97;

  /** Every CLONE_NEW* flag of clone(2). */
  private static final long NEW_NAMESPACES = 0x7e020000L;

  private static final long NETLINK = 16;
  private static final long KEY_SOCKETS = 15;

  private static final List<String> CLOSED =
      List.of(
          // mounts and namespaces
          "mount",
          "umount",
          "umount2",
          "pivot_root",
          "move_mount",
          "open_tree",
          "open_tree_attr",
          "fsopen",
          "fsconfig",
          "fsmount",
          "fspick",
          "mount_setattr",
          "setns",
          "unshare",
          // kernel code and memory
          "init_module",
          "finit_module",
          "delete_module",
          "create_module",
          "query_module",
          "get_kernel_syms",
          "kexec_load",
          "kexec_file_load",
          "bpf",
          "perf_event_open",
          "userfaultfd",
          "io_uring_setup",
          "io_uring_enter",
          "io_uring_register",
          "lookup_dcookie",
          "uselib",
          "nfsservctl",
          "ioperm",
          "iopl",
          "vm86",
          "vm86old",
          // keys and handles, which know no namespace
          "add_key",
          "keyctl",
          "request_key",
          "open_by_handle_at",
          // the host as a whole
          "acct",
          "reboot",
          "swapon",
          "swapoff",
          "syslog",
          "quotactl",
          "quotactl_fd",
          "clock_settime",
          "clock_adjtime",
          "adjtimex",
          "settimeofday",
          "stime",
          "vhangup",
          "fanotify_init",
          "sysfs",
          "_sysctl",
          "ustat",
          "move_pages");

  private SeccompProfile() {}

  /** The profile as the runtime specification writes it. */
  static Map<String, Object> profile() {
    List<Object> rules = new ArrayList<>();
    rules.add(Map.of("names", CLOSED, "action", "SCMP_ACT_ERRNO", "errnoRet", EPERM));
    // clone3 hides its flags from filters; without it libraries fall back to clone.
    rules.add(Map.of("names", List.of("clone3"), "action", "SCMP_ACT_ERRNO", "errnoRet", ENOSYS));
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      long flag = 1L << bit;
      if ((NEW_NAMESPACES & flag) != 0) {
        rules.add(onArgument("clone", EPERM, "SCMP_CMP_MASKED_EQ", flag, flag));
      }
    }
    // Host services listen on VSOCK, and network namespaces do not hold it back everywhere.
    rules.add(onArgument("socket", EAFNOSUPPORT, "SCMP_CMP_GT", NETLINK, 0));
    rules.add(onArgument("socket", EAFNOSUPPORT, "SCMP_CMP_EQ", KEY_SOCKETS, 0));
    return Map.of(
        "defaultAction",
        "SCMP_ACT_ALLOW",
        "architectures",
        List.of(architecture()),
        "syscalls",
        rules);
  }

  private static Map<String, Object> onArgument(
      String call, int errno, String comparison, long value, long second) {
    Map<String, Object> argument =
        Map.of("index", 0, "op", comparison, "value", value, "valueTwo", second);
    return Map.of(
        "names",
        List.of(call),
        "action",
        "SCMP_ACT_ERRNO",
        "errnoRet",
        errno,
        "args",
        List.of(argument));
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64")
        ? "SCMP_ARCH_AARCH64"
        : "SCMP_ARCH_X86_64";
  }
}

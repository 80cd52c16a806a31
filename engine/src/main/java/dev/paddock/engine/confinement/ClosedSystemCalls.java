package dev.paddock.engine.confinement;

import java.util.ArrayList;
import java.util.List;

/**
 * The system calls that sandboxes may not make. What is listed either acts on the host as a whole,
 * opens namespaces or mounts, or has a record of kernel flaws without use for ordinary programs. It
 * is a list of what is closed because an OCI runtime needs 10 to 15 ms to compile a list of the 370
 * calls that are open, half as long as everything else it does; the user namespace without
 * capabilities is the wall, and this list stands before it. Only the host's own architecture may be
 * used, which also closes the 32-bit ways around the rules on arguments.
 */
public final class ClosedSystemCalls {
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int EAFNOSUPPORT = 97;

  /** Every CLONE_NEW* flag of clone(2). */
  private static final int NEW_NAMESPACES = 0x7e020000;

  private static final int NETLINK = 16;
  private static final int KEY_SOCKETS = 15;

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

  /** All rules. A call with several fails when one of them is met. */
  public static final List<SystemCallRule> RULES = rules();

  private ClosedSystemCalls() {}

  private static List<SystemCallRule> rules() {
    List<SystemCallRule> rules = new ArrayList<>();
    CLOSED.forEach(name -> rules.add(SystemCallRule.always(name, EPERM)));
    // clone3 hides its flags from filters; without it libraries fall back to clone.
    rules.add(SystemCallRule.always("clone3", ENOSYS));
    rules.add(rule("clone", EPERM, SystemCallRule.Condition.ANY_BIT_OF, NEW_NAMESPACES));
    // Host services listen on VSOCK, and network namespaces do not hold it back everywhere.
    rules.add(rule("socket", EAFNOSUPPORT, SystemCallRule.Condition.GREATER_THAN, NETLINK));
    rules.add(rule("socket", EAFNOSUPPORT, SystemCallRule.Condition.EQUAL_TO, KEY_SOCKETS));
    return List.copyOf(rules);
  }

  private static SystemCallRule rule(
      String name, int errno, SystemCallRule.Condition condition, int value) {
    return new SystemCallRule(name, errno, condition, value);
  }
}

package dev.paddock.server.doctor;

import dev.paddock.control.runtime.OfferedRuntimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel must offer. */
final class KernelChecks {
  private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");

  private KernelChecks() {}

  static Finding root() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root
        ? Finding.ok("user", "root")
        : Finding.failure(
            "user",
            System.getProperty("user.name") + " cannot make namespaces and mounts for others",
            "Run paddock as root, for example with sudo.");
  }

  /** Overlay on id-mapped layers came with Linux 5.19. */
  static Finding version() {
    String release = System.getProperty("os.version");
    Matcher matcher = VERSION.matcher(release);
    boolean enough =
        matcher.find()
            && (Integer.parseInt(matcher.group(1)) > 5
                || (Integer.parseInt(matcher.group(1)) == 5
                    && Integer.parseInt(matcher.group(2)) >= 19));
    return enough
        ? Finding.ok("kernel", "Linux " + release)
        : Finding.failure(
            "kernel",
            "Linux " + release + " cannot put an overlay on id-mapped layers",
            "Boot Linux 5.19 or newer; Debian 12 has 6.1.");
  }

  static Finding userNamespaces() {
    String limit = read("/proc/sys/user/max_user_namespaces");
    return limit.isEmpty() || limit.equals("0")
        ? Finding.failure(
            "user namespaces",
            "switched off",
            "sysctl -w user.max_user_namespaces=65536, and the same in /etc/sysctl.d/")
        : Finding.ok("user namespaces", "up to " + limit);
  }

  static Finding overlay() {
    return read("/proc/filesystems").contains("overlay")
        ? Finding.ok("overlayfs", "available")
        : Finding.failure("overlayfs", "not available", "modprobe overlay");
  }

  /** Whether limits work, with these runtimes. */
  static Finding cgroups(OfferedRuntimes runtimes) {
    if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
      return Finding.ok("cgroups", "version 2");
    }
    if (Files.isDirectory(Path.of("/sys/fs/cgroup/memory"))
        && Files.isDirectory(Path.of("/sys/fs/cgroup/pids"))) {
      if (runtimes.offers("crun") && !read("/sys/fs/cgroup/unified/cgroup.controllers").isEmpty()) {
        return crunRefuses(runtimes.usual().equals("crun"));
      }
      return Finding.ok("cgroups", "version 1 (limits work; version 2 is preferred)");
    }
    return Finding.failure(
        "cgroups",
        "no memory and pids controllers under /sys/fs/cgroup",
        "mount -t cgroup2 none /sys/fs/cgroup, or boot with systemd");
  }

  private static Finding crunRefuses(boolean usual) {
    String detail = "versions 1 and 2 both have controllers, which crun refuses";
    String boot = ", or boot with systemd.unified_cgroup_hierarchy=1";
    return usual
        ? Finding.failure("cgroups", detail, "Use runc (unset PADDOCK_RUNTIME)" + boot)
        : Finding.warning("cgroups", detail, "Leave crun out of PADDOCK_RUNTIMES" + boot);
  }

  static Finding forwarding() {
    return read("/proc/sys/net/ipv4/ip_forward").equals("1")
        ? Finding.ok("IPv4 forwarding", "on")
        : Finding.warning(
            "IPv4 forwarding",
            "off; the server switches it on when it starts",
            "To keep it: net.ipv4.ip_forward=1 in /etc/sysctl.d/");
  }

  /** In one go: a file below /proc/sys is at its end after the first read, however short. */
  private static String read(String path) {
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      byte[] buffer = new byte[8192];
      int length = file.read(buffer);
      return new String(buffer, 0, Math.max(length, 0), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }
}

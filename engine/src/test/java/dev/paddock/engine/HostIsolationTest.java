package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root inside a sandbox tries to get at the host. */
@Tag("runtime")
class HostIsolationTest {
  private static final SandboxId ID = SandboxId.random();
  private static Engine engine;

  @BeforeAll
  static void create() {
    engine = TestHost.engine();
    engine.create(TestHost.spec(ID));
  }

  @AfterAll
  static void destroy() {
    engine.destroy(ID);
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mount -t tmpfs none /tmp",
        "mount -t proc none /tmp",
        "mount -t sysfs none /tmp",
        "mount -t cgroup none /tmp",
        "mount -t cgroup2 none /tmp",
        "mount -t overlay -o lowerdir=/bin:/etc none /tmp",
        "mount -o bind /bin /tmp",
        "mount -o remount,rw /sys",
        "mount -o remount,rw /proc/sys",
        "umount /proc/sys",
        "umount /.paddock/agent",
        "unshare -U true",
        "unshare -m true",
        "unshare -n true",
        "unshare -p true",
        "unshare -i true",
        "unshare -u true",
        "unshare -C true",
        "echo x > /tmp/m.ko && insmod /tmp/m.ko",
        "mknod /tmp/disk b 254 0",
        "mknod /tmp/mem c 1 1",
        "ip link set eth0 down",
        "ip addr add 10.231.0.1/32 dev eth0",
        "ip route del default"
      })
  void isRefused(String attempt) {
    assertThat(Shell.run(engine, ID, attempt)).contains("[exit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/panic",
        "/proc/sys/kernel/modprobe",
        "/proc/sys/net/ipv4/ip_forward",
        "/proc/sys/vm/overcommit_memory",
        "/proc/sys/fs/file-max",
        "/proc/sysrq-trigger",
        "/sys/kernel/uevent_helper",
        "/sys/kernel/mm/transparent_hugepage/enabled",
        "/sys/class/net/lo/ifalias",
        "/.paddock/agent",
        "/etc/resolv.conf"
      })
  void cannotBeWritten(String file) {
    assertThat(Shell.run(engine, ID, "echo 1 > " + file)).contains("[exit");
  }

  @Test
  void noControlGroupFileIsInReach() {
    String found =
        Shell.run(engine, ID, "find / -xdev -name release_agent; find /sys/fs/cgroup -type f");

    assertThat(found).isEmpty();
  }

  @Test
  void noDiskAndNoMemoryDeviceIsThere() {
    String devices = Shell.run(engine, ID, "find /dev -type b; ls /dev");

    assertThat(devices).doesNotContain("mem", "kmsg", "sda", "vda", "fuse", "kvm", "vsock", "loop");
  }

  @Test
  void onlyItsOwnProcessesShow() {
    assertThat(Shell.run(engine, ID, "ps")).contains("agent").doesNotContain("java", "runc");
  }

  @Test
  void noLinkOfTheHostShows() {
    assertThat(Shell.run(engine, ID, "ls /sys/class/net")).isEmpty();
  }

  @Test
  void noPathOfTheHostShowsInTheMountTable() {
    EngineConfig config = TestHost.config();

    assertThat(Shell.run(engine, ID, "cat /proc/self/mountinfo /proc/mounts | grep ' / '"))
        .doesNotContain(config.dataDir().toString());
  }

  @Test
  void rootInsideIsNobodyOutside() throws IOException {
    String status = Files.readString(Path.of("/proc/" + HostView.firstProcess(ID) + "/status"));
    String uid = status.lines().filter(line -> line.startsWith("Uid:")).findFirst().orElseThrow();

    assertThat(Long.parseLong(uid.split("\\s+", -1)[1])).isGreaterThanOrEqualTo(0x1000_0000L);
  }

  @Test
  void noCapabilityActsOnTheSystem() {
    String line = Shell.run(engine, ID, "grep CapBnd /proc/self/status").strip();
    long capabilities = Long.parseLong(line.substring(line.length() - 16), 16);
    long systemAdministrator = 1L << 21;
    long networkAdministrator = 1L << 12;
    long modules = 1L << 16;
    long rawSockets = 1L << 13;
    long trace = 1L << 19;

    assertThat(
            capabilities
                & (systemAdministrator | networkAdministrator | modules | rawSockets | trace))
        .isZero();
  }

  @Test
  void aSetUserIdProgramOnTheHostsDiskIsOutOfReach() throws IOException {
    Shell.run(engine, ID, "cp /bin/busybox /tmp/su; chmod 4755 /tmp/su");

    Path files = TestHost.config().dataDir().resolve("sandboxes");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
        .isEqualTo("rwx------");
  }

  @Test
  void aDeviceFileThatAnImageBringsDoesNotOpen() throws Exception {
    Path planted =
        TestHost.config().dataDir().resolve("sandboxes").resolve(ID + "/fs/upper/planted");
    int made =
        new ProcessBuilder("mknod", "-m", "666", planted.toString(), "b", "7", "0")
            .start()
            .waitFor();
    assertThat(made).isZero();

    assertThat(Shell.run(engine, ID, "cat /planted 2>&1")).containsAnyOf("ermission", "ermitted");
  }

  @Test
  void linksLaidOutBeforeARestartStayInside() throws IOException {
    SandboxId id = SandboxId.random();
    Path escape = Path.of("/tmp/paddock-escape-" + id);
    engine.create(TestHost.spec(id));
    Shell.run(
        engine,
        id,
        "umount /sys; rm -rf /etc/resolv.conf /home; ln -s ../../../../../.."
            + escape
            + " /home;"
            + " rm -rf /tmp; ln -s "
            + escape
            + " /tmp; ln -sf "
            + escape
            + " /etc/resolv.conf");
    engine.stop(id, Duration.ZERO);
    engine.start(TestHost.spec(id));

    assertThat(escape).doesNotExist();
    engine.destroy(id);
    assertThat(escape).doesNotExist();
  }
}

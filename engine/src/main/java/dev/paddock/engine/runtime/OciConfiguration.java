package dev.paddock.engine.runtime;

import dev.paddock.engine.confinement.Confinement;
import dev.paddock.engine.rootfs.IdRange;
import dev.paddock.engine.slot.Slot;
import dev.paddock.engine.view.OwnLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A sandbox in the words of the OCI runtime specification. */
final class OciConfiguration {
  private static final long GIB = 1L << 30;
  private static final int CPU_PERIOD_MICROS = 100_000;

  private static final Map<String, Object> SECCOMP = SeccompProfile.profile();

  private final RuntimeHost host;

  OciConfiguration(RuntimeHost host) {
    this.host = host;
  }

  /** The text of the bundle's {@code config.json}. */
  String text(ContainerSpec spec, Slot slot, String rootPath) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("ociVersion", "1.0.2");
    config.put("process", process());
    config.put("root", Map.of("path", rootPath, "readonly", false));
    config.put("hostname", spec.id());
    config.put("mounts", mounts());
    config.put("linux", linux(spec, slot));
    return Json.write(config);
  }

  private Map<String, Object> process() {
    Map<String, Object> capabilities =
        Map.of(
            "bounding", Confinement.CAPABILITY_NAMES,
            "effective", Confinement.CAPABILITY_NAMES,
            "permitted", Confinement.CAPABILITY_NAMES);
    long files = host.openFilesLimit();
    return Map.of(
        "terminal",
        false,
        "user",
        Map.of("uid", 0, "gid", 0),
        "args",
        List.of("/.paddock/agent"),
        "env",
        List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        "cwd",
        "/",
        "capabilities",
        capabilities,
        "rlimits",
        List.of(Map.of("type", "RLIMIT_NOFILE", "hard", files, "soft", files)),
        // sudo in an image needs set-user-id programs to work.
        "noNewPrivileges",
        false);
  }

  private List<Object> mounts() {
    List<Object> mounts = new ArrayList<>();
    mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
    mounts.add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
    mounts.add(
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"));
    mounts.add(
        mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=50%"));
    mounts.add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
    mounts.add(bind("/sys", host.sysfs().toString(), "noexec"));
    host.limits().ifPresent(limits -> limits(mounts, limits));
    mounts.add(bind("/etc/resolv.conf", host.resolverFile().toString(), "noexec"));
    mounts.add(bind("/.paddock/agent", host.agent().toString(), "exec"));
    return mounts;
  }

  private static void limits(List<Object> mounts, Path limits) {
    for (String file : OwnLimits.PROC_FILES) {
      mounts.add(bind("/proc/" + file, limits.resolve("proc").resolve(file).toString(), "noexec"));
    }
    mounts.add(
        bind(
            "/" + OwnLimits.PROCESSORS, limits.resolve(OwnLimits.PROCESSORS).toString(), "noexec"));
  }

  private static Object bind(String destination, String source, String execution) {
    return mount(destination, "bind", source, "bind", "ro", "nosuid", "nodev", execution);
  }

  private static Object mount(String destination, String type, String source, String... options) {
    return Map.of(
        "destination", destination,
        "type", type,
        "source", source,
        "options", List.of(options));
  }

  private Map<String, Object> linux(ContainerSpec spec, Slot slot) {
    List<Object> ids =
        List.of(Map.of("containerID", 0, "hostID", slot.ids().first(), "size", IdRange.SIZE));
    Map<String, Object> linux = new LinkedHashMap<>();
    linux.put("uidMappings", ids);
    linux.put("gidMappings", ids);
    linux.put("namespaces", namespaces(slot));
    linux.put("cgroupsPath", host.cgroups().path(slot.group()));
    linux.put("resources", resources(spec, slot));
    linux.put("rootfsPropagation", "private");
    linux.put("maskedPaths", Confinement.MASKED);
    linux.put("readonlyPaths", Confinement.READ_ONLY);
    linux.put("seccomp", SECCOMP);
    return linux;
  }

  private static List<Object> namespaces(Slot slot) {
    List<Object> namespaces = new ArrayList<>();
    for (String type : List.of("user", "pid", "mount", "uts", "ipc", "cgroup")) {
      namespaces.add(Map.of("type", type));
    }
    String network = slot.network().pathForOthers();
    namespaces.add(Map.of("type", "network", "path", network));
    return namespaces;
  }

  private Map<String, Object> resources(ContainerSpec spec, Slot slot) {
    long bytes = spec.resources().memoryGib() * GIB;
    Map<String, Object> memory =
        host.limitsSwap() ? Map.of("limit", bytes, "swap", bytes) : Map.of("limit", bytes);
    return Map.of(
        "devices", List.of(Map.of("allow", false, "access", "rwm")),
        "memory", memory,
        "cpu", processors(slot, spec.resources().cpu()),
        "pids", Map.of("limit", host.processesLimit()));
  }

  private Map<String, Object> processors(Slot slot, int count) {
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("quota", (long) count * CPU_PERIOD_MICROS);
    limits.put("period", CPU_PERIOD_MICROS);
    limits.put(
        "cpus",
        host.processors().choose(slot.index(), count).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",")));
    return limits;
  }
}

package dev.paddock.server.doctor;

import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.engine.runtime.NativeRuntime;
import dev.paddock.engine.runtime.RuntimePrograms;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the host that the server calls. */
final class PackageChecks {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private PackageChecks() {}

  static List<Finding> all(OfferedRuntimes runtimes) {
    List<Finding> findings = new ArrayList<>();
    findings.add(runtime(runtimes.usual()));
    runtimes.names().stream()
        .filter(name -> !name.equals(runtimes.usual()))
        .forEach(name -> findings.add(otherRuntime(name)));
    findings.addAll(programs());
    return findings;
  }

  private static List<Finding> programs() {
    return Stream.of(
            program("buildah", "buildah"),
            program("podman", "podman"),
            limits(),
            program("nft", "nftables"),
            program("ip", "iproute2"),
            program("mmdebstrap", "mmdebstrap"))
        .toList();
  }

  /** Paddock's own runtime comes with it. */
  private static Finding runtime(String name) {
    return name.equals(NativeRuntime.NAME)
        ? Finding.ok(name, "built in")
        : installed(name, new RuntimePrograms().find(name), name);
  }

  /** One that sandboxes may name; the server does without it. */
  private static Finding otherRuntime(String name) {
    Finding finding = runtime(name);
    return finding.level() == Finding.Level.OK
        ? finding
        : Finding.warning(
            name,
            "not installed: sandboxes that name this runtime do not start",
            finding.remedy() + ", or leave it out of PADDOCK_RUNTIMES");
  }

  private static Finding limits() {
    return find("lxcfs")
        .map(found -> Finding.ok("lxcfs", found.toString()))
        .orElseGet(() ->
            Finding.warning(
                "lxcfs",
                "not installed: sandboxes see the machine's processors and memory as theirs",
                "apt-get install lxcfs"));
  }

  private static Finding program(String name, String debianPackage) {
    return installed(name, find(name), debianPackage);
  }

  private static Finding installed(String name, Optional<Path> program, String debianPackage) {
    return program
        .map(found -> Finding.ok(name, found.toString()))
        .orElseGet(
            () -> Finding.failure(name, "not installed", "apt-get install " + debianPackage));
  }

  private static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + PATH;
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

package dev.paddock.server.doctor;

import dev.paddock.server.config.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The program's own parts, and room for its data. */
final class InstallationChecks {
  /** The two default images with their build trees, and some room for sandboxes. */
  private static final double WANTED_GIB = 10;

  private InstallationChecks() {}

  static Finding agent(Installation installation) {
    return program("agent", installation.agent());
  }

  static Finding launcher(Installation installation) {
    return program("launcher", installation.launcher());
  }

  private static Finding program(String name, Path program) {
    return Files.isExecutable(program)
        ? Finding.ok(name, program.toString())
        : Finding.failure(name, program + " is missing", "In a checkout: make build");
  }

  static Finding disk(Path dataDir) {
    Path existing = dataDir;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return Finding.failure("disk", dataDir + " has no existing parent", "Choose another --data");
    }
    try {
      double free = Files.getFileStore(existing).getUsableSpace() / (double) (1L << 30);
      String detail = String.format(Locale.ROOT, "%.1f GiB free for %s", free, dataDir);
      return free >= WANTED_GIB
          ? Finding.ok("disk", detail)
          : Finding.warning(
              "disk", detail, "Free some space, or choose another disk with --data DIR");
    } catch (IOException e) {
      return Finding.failure("disk", "cannot read " + existing + ": " + e, "Check the disk");
    }
  }
}

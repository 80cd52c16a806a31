package dev.paddock.engine.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The control group file systems of the host.
 *
 * @param unified whether version 2 has all the controllers
 * @param roots every mounted hierarchy
 * @param byController version 1: the hierarchy of a controller; empty on version 2
 */
record Hierarchies(boolean unified, List<Path> roots, Map<String, Path> byController) {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  static Hierarchies detect() throws IOException {
    if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
      return new Hierarchies(true, List.of(ROOT), Map.of());
    }
    List<Path> roots = new ArrayList<>();
    Map<String, Path> byController = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
      String[] fields = line.split(" ", -1);
      if (fields.length > 3 && fields[2].startsWith("cgroup")) {
        Path root = Path.of(fields[1]);
        roots.add(root);
        for (String option : fields[3].split(",", -1)) {
          byController.putIfAbsent(option, root);
        }
      }
    }
    return new Hierarchies(false, List.copyOf(roots), Map.copyOf(byController));
  }

  /** The hierarchy that a controller's files are in. */
  Path of(String controller) throws IOException {
    Path root = unified ? ROOT : byController.get(controller);
    if (root == null) {
      throw new IOException("This host has no " + controller + " control groups");
    }
    return root;
  }
}

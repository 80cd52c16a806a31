package dev.paddock.engine.cgroup;

import dev.paddock.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which hierarchies sandboxes have groups of their own. On version 1 those are the ones with the
 * controllers that limit or measure; in all others one group of the engine holds all sandboxes,
 * because entering a group takes time at every start.
 */
public final class GroupLayout {
  private static final long GIB = 1L << 30;
  private static final int CPU_PERIOD_MICROS = 100_000;
  private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids");
  private static final Set<String> ENABLED = Set.of("memory", "cpu", "pids");

  /** A group there takes no process before processors are given to it. */
  private static final String PROCESSOR_SETS = "cpuset";

  private final Hierarchies hierarchies;
  private final String parent;
  private final boolean limitsSwap;
  private final Map<Path, List<String>> controllers = new LinkedHashMap<>();

  private GroupLayout(Hierarchies hierarchies, String parent, boolean limitsSwap)
      throws IOException {
    this.hierarchies = hierarchies;
    this.parent = parent;
    this.limitsSwap = limitsSwap;
    for (String controller : CONTROLLERS) {
      Path root = hierarchies.of(controller);
      controllers.computeIfAbsent(root, _ -> new ArrayList<>()).add(controller);
    }
  }

  /** Makes the parents of all groups. */
  static GroupLayout prepare(Hierarchies hierarchies, String parent, boolean limitsSwap)
      throws IOException {
    GroupLayout layout = new GroupLayout(hierarchies, parent, limitsSwap);
    for (Path root : hierarchies.roots()) {
      Path group = Files.createDirectories(root.resolve(parent));
      if (hierarchies.unified()) {
        enableControllers(root);
        enableControllers(group);
      }
    }
    return layout;
  }

  private static void enableControllers(Path group) throws IOException {
    Path file = group.resolve("cgroup.subtree_control");
    Set<String> enabled = Set.of(Files.readString(file).strip().split(" ", -1));
    String missing =
        ENABLED.stream()
            .filter(controller -> !enabled.contains(controller))
            .map(controller -> "+" + controller)
            .collect(Collectors.joining(" "));
    if (!missing.isEmpty()) {
      Files.writeString(file, missing);
    }
  }

  /** Whether there is one hierarchy, of version 2. */
  public boolean unified() {
    return hierarchies.unified();
  }

  /** The parents of sandboxes' own groups. */
  public List<Path> parents() {
    return controllers.keySet().stream().map(root -> root.resolve(parent)).toList();
  }

  /** The groups that hold all sandboxes in the other hierarchies. */
  public List<Path> shared() throws IOException {
    if (hierarchies.unified()) {
      return List.of();
    }
    Path processorSets = hierarchies.byController().get(PROCESSOR_SETS);
    return hierarchies.roots().stream()
        .filter(root -> !controllers.containsKey(root) && !root.equals(processorSets))
        .map(root -> root.resolve(parent))
        .toList();
  }

  /**
   * What a sandbox's groups are set to, in the order of {@link #parents}.
   *
   * @param processes most processes and threads
   */
  public List<GroupLimits> limits(Resources resources, int processes) {
    return controllers.values().stream()
        .map(of -> new GroupLimits(settings(of, resources, processes)))
        .toList();
  }

  private Map<String, String> settings(List<String> of, Resources resources, int processes) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (of.contains("memory")) {
      memory(settings, resources.memoryGib() * GIB);
    }
    if (of.contains("cpu")) {
      processorTime(settings, (long) resources.cpu() * CPU_PERIOD_MICROS);
    }
    if (of.contains("pids")) {
      settings.put("pids.max", Integer.toString(processes));
    }
    return settings;
  }

  private void memory(Map<String, String> settings, long bytes) {
    if (hierarchies.unified()) {
      settings.put("memory.max", Long.toString(bytes));
      if (limitsSwap) {
        settings.put("memory.swap.max", "0");
      }
      return;
    }
    settings.put("memory.limit_in_bytes", Long.toString(bytes));
    if (limitsSwap) {
      settings.put("memory.memsw.limit_in_bytes", Long.toString(bytes));
    }
  }

  private void processorTime(Map<String, String> settings, long quota) {
    if (hierarchies.unified()) {
      settings.put("cpu.max", quota + " " + CPU_PERIOD_MICROS);
    } else {
      settings.put("cpu.cfs_quota_us", Long.toString(quota));
    }
  }
}

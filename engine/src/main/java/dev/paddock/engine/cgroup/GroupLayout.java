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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which hierarchies sandboxes have groups of their own. On version 1 those are the ones with the
 * controllers that limit or measure; in all others one group of the engine holds all sandboxes,
 * because entering a group takes time at every start.
 */
public final class GroupLayout {
  private static final long GIB = 1L << 30;
  private static final int CPU_PERIOD_MICROS = 100_000;
  private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids");
  private static final Set<String> ENABLED = Set.of("memory", "cpu", "pids", "cpuset");

  private static final String PROCESSOR_SETS = "cpuset";
  private static final List<String> OF_A_PROCESSOR_SET = List.of("cpuset.cpus", "cpuset.mems");

  /** What names of groups begin with that sandboxes on the same processors share. */
  static final String SHARED = "processors-";

  private final Hierarchies hierarchies;
  private final String parent;
  private final boolean limitsSwap;
  private final Map<Path, List<String>> controllers = new LinkedHashMap<>();
  private final Set<String> sharedGroups = ConcurrentHashMap.newKeySet();
  private final @Nullable Path processorSets;

  private GroupLayout(Hierarchies hierarchies, String parent, boolean limitsSwap)
      throws IOException {
    this.hierarchies = hierarchies;
    this.parent = parent;
    this.limitsSwap = limitsSwap;
    this.processorSets =
        hierarchies.unified() ? null : hierarchies.byController().get(PROCESSOR_SETS);
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
    if (layout.processorSets != null) {
      inherit(layout.processorSets, layout.processorSets.resolve(parent));
    }
    return layout;
  }

  /** A group of version 1 takes no process before it has processors and memory. */
  private static void inherit(Path above, Path group) throws IOException {
    for (String file : OF_A_PROCESSOR_SET) {
      if (Files.readString(group.resolve(file)).isBlank()) {
        Files.writeString(group.resolve(file), Files.readString(above.resolve(file)).strip());
      }
    }
  }

  private static void enableControllers(Path group) throws IOException {
    Path file = group.resolve("cgroup.subtree_control");
    Set<String> enabled = Set.of(Files.readString(file).strip().split(" ", -1));
    Set<String> available =
        Set.of(Files.readString(group.resolve("cgroup.controllers")).strip().split(" ", -1));
    String missing =
        ENABLED.stream()
            .filter(controller -> available.contains(controller) && !enabled.contains(controller))
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

  /** The parents of the groups that a sandbox is in. */
  public List<Path> parents() {
    Stream<Path> own = controllers.keySet().stream();
    return Stream.concat(own, Stream.ofNullable(processorSets))
        .map(root -> root.resolve(parent))
        .toList();
  }

  /** The groups that hold all sandboxes in the other hierarchies. */
  public List<Path> shared() throws IOException {
    if (hierarchies.unified()) {
      return List.of();
    }
    return hierarchies.roots().stream()
        .filter(root -> !controllers.containsKey(root) && !root.equals(processorSets))
        .map(root -> root.resolve(parent))
        .toList();
  }

  /**
   * A sandbox's groups, in the order of {@link #parents}.
   *
   * @param name of its own groups
   * @param processes most processes and threads
   * @param processors numbers of those that it runs on; none means any
   */
  public List<GroupLimits> limits(
      String name, Resources resources, int processes, List<Integer> processors)
      throws IOException {
    List<GroupLimits> groups = new ArrayList<>();
    for (List<String> of : controllers.values()) {
      groups.add(GroupLimits.own(name, settings(of, resources, processes)));
    }
    if (processorSets != null) {
      groups.add(GroupLimits.shared(onProcessors(processorSets.resolve(parent), processors)));
    } else if (!processors.isEmpty() && Files.exists(parents().getFirst().resolve("cpuset.cpus"))) {
      groups.getFirst().settings().put("cpuset.cpus", list(processors));
    }
    return groups;
  }

  /** One group for each choice of processors: entering one is less work than making one. */
  private String onProcessors(Path sets, List<Integer> processors) throws IOException {
    String name = SHARED + (processors.isEmpty() ? "all" : list(processors));
    if (sharedGroups.contains(name)) {
      return name;
    }
    Path group = Files.createDirectories(sets.resolve(name));
    if (!processors.isEmpty()) {
      Files.writeString(group.resolve(OF_A_PROCESSOR_SET.getFirst()), list(processors));
    }
    inherit(sets, group);
    sharedGroups.add(name);
    return name;
  }

  private static String list(List<Integer> processors) {
    return processors.stream().map(String::valueOf).collect(Collectors.joining(","));
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

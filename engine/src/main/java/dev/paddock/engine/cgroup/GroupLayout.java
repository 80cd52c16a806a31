package dev.paddock.engine.cgroup;

import dev.paddock.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which hierarchies sandboxes have groups of their own. On version 1 those are the ones with the
 * controllers that limit or measure; in all others one group of the engine holds all sandboxes,
 * because entering a group takes time.
 */
public final class GroupLayout {
  private static final long GIB = 1L << 30;
  private static final int CPU_PERIOD_MICROS = 100_000;
  private static final String PROCESSOR_SETS = "cpuset";
  private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids");
  private static final Set<String> ENABLED = Set.of("memory", "cpu", "pids", PROCESSOR_SETS);

  private static final String ENABLING = "cgroup.subtree_control";
  private static final String PROCESSORS = "cpuset.cpus";
  private static final String MEMORY_NODES = "cpuset.mems";

  private final Hierarchies hierarchies;
  private final String parent;
  private final boolean limitsSwap;
  private final Map<Path, List<String>> controllers = new LinkedHashMap<>();
  private Processors processors = Processors.first(Runtime.getRuntime().availableProcessors());
  private String memoryNodes = "";

  private GroupLayout(Hierarchies hierarchies, String parent, boolean limitsSwap)
      throws IOException {
    this.hierarchies = hierarchies;
    this.parent = parent;
    this.limitsSwap = limitsSwap;
    for (String controller : CONTROLLERS) {
      add(controller);
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
    layout.prepareProcessorSets();
    return layout;
  }

  private void prepareProcessorSets() throws IOException {
    if (hierarchies.unified()) {
      if (available(hierarchies.of(PROCESSOR_SETS).resolve(parent)).contains(PROCESSOR_SETS)) {
        add(PROCESSOR_SETS);
        processors = Processors.listed(read(parents().getFirst(), PROCESSORS + ".effective"));
      }
    } else if (hierarchies.byController().containsKey(PROCESSOR_SETS)) {
      add(PROCESSOR_SETS);
      Path above = hierarchies.of(PROCESSOR_SETS);
      inherit(PROCESSORS, above, above.resolve(parent));
      inherit(MEMORY_NODES, above, above.resolve(parent));
      processors = Processors.listed(read(above.resolve(parent), PROCESSORS));
      memoryNodes = read(above.resolve(parent), MEMORY_NODES);
    }
  }

  private void add(String controller) throws IOException {
    controllers.computeIfAbsent(hierarchies.of(controller), _ -> new ArrayList<>()).add(controller);
  }

  /** A group of version 1 takes no process before it has processors and memory. */
  private static void inherit(String file, Path above, Path group) throws IOException {
    if (read(group, file).isEmpty()) {
      Files.writeString(group.resolve(file), read(above, file));
    }
  }

  private static String read(Path group, String file) throws IOException {
    return Files.readString(group.resolve(file)).strip();
  }

  private static void enableControllers(Path group) throws IOException {
    Set<String> enabled = words(group, ENABLING);
    Set<String> available = available(group);
    String missing =
        ENABLED.stream()
            .filter(controller -> available.contains(controller) && !enabled.contains(controller))
            .map(controller -> "+" + controller)
            .collect(Collectors.joining(" "));
    if (!missing.isEmpty()) {
      Files.writeString(group.resolve(ENABLING), missing);
    }
  }

  private static Set<String> available(Path group) throws IOException {
    return words(group, "cgroup.controllers");
  }

  private static Set<String> words(Path group, String file) throws IOException {
    return Set.of(read(group, file).split(" ", -1));
  }

  /** What sandboxes may run on. */
  public Processors processors() {
    return processors;
  }

  /** Whether there is one hierarchy, of version 2. */
  public boolean unified() {
    return hierarchies.unified();
  }

  /** The parents of the groups that a sandbox is in. */
  public List<Path> parents() {
    return controllers.keySet().stream().map(root -> root.resolve(parent)).toList();
  }

  /** The groups that hold all sandboxes in the other hierarchies. */
  public List<Path> shared() {
    return hierarchies.roots().stream()
        .filter(root -> !controllers.containsKey(root))
        .map(root -> root.resolve(parent))
        .toList();
  }

  /**
   * A sandbox's groups, in the order of {@link #parents}.
   *
   * @param name of its own groups
   * @param processes most processes and threads
   * @param processors numbers of those that it runs on
   */
  public List<GroupLimits> limits(
      String name, Resources resources, int processes, List<Integer> processors) {
    return controllers.values().stream()
        .map(of -> new GroupLimits(name, settings(of, resources, processes, processors)))
        .toList();
  }

  private SequencedMap<String, String> settings(
      List<String> of, Resources resources, int processes, List<Integer> processors) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    if (of.contains("memory")) {
      memory(settings, resources.memoryGib() * GIB);
    }
    if (of.contains("cpu")) {
      processorTime(settings, (long) resources.cpu() * CPU_PERIOD_MICROS);
    }
    if (of.contains("pids")) {
      settings.put("pids.max", Integer.toString(processes));
    }
    if (of.contains(PROCESSOR_SETS)) {
      settings.put(
          PROCESSORS, processors.stream().map(String::valueOf).collect(Collectors.joining(",")));
      if (!hierarchies.unified()) {
        settings.put(MEMORY_NODES, memoryNodes);
      }
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

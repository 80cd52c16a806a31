package dev.paddock.engine.image;

import dev.paddock.engine.cgroup.ControlGroups;
import java.io.IOException;
import java.util.UUID;

/** The control group of one build: it bounds the processes of its steps, and ends them with it. */
final class BuildGroup implements AutoCloseable {
  private static final String PARENT = "paddock-builds";
  private static final String STEP = "/step";

  private final ControlGroups groups;
  private final String name;

  private BuildGroup(ControlGroups groups, String name) {
    this.groups = groups;
    this.name = name;
  }

  static BuildGroup open(int processes) throws IOException {
    ControlGroups groups = ControlGroups.detect(PARENT);
    String name = UUID.randomUUID().toString();
    groups.limitProcesses(name, processes);
    return new BuildGroup(groups, name);
  }

  /**
   * The group that a step of the build runs in, as a path below the root of every hierarchy. The
   * runtime makes and removes it with each step, so the limit has to be above.
   */
  String stepPath() {
    return groups.path(name + STEP);
  }

  @Override
  public void close() throws IOException {
    groups.remove(name + STEP);
    groups.remove(name);
  }
}

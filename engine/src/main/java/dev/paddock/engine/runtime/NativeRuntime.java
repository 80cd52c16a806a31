package dev.paddock.engine.runtime;

import dev.paddock.engine.cgroup.GroupLayout;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.launcher.LaunchSpec;
import dev.paddock.engine.launcher.Launcher;
import java.io.IOException;

/** Paddock's own runtime: the launcher makes the first process, and no program is run for it. */
public final class NativeRuntime implements SandboxRuntime {
  /** What settings and records call it. */
  public static final String NAME = "native";

  private final Launcher launcher;
  private final GroupLayout groups;
  private final Processors processors;
  private final int processesLimit;

  /**
   * A runtime.
   *
   * @param processesLimit most processes and threads of one sandbox
   */
  public NativeRuntime(
      Launcher launcher, GroupLayout groups, Processors processors, int processesLimit) {
    this.launcher = launcher;
    this.groups = groups;
    this.processors = processors;
    this.processesLimit = processesLimit;
  }

  @Override
  public StartedProcess start(ContainerSpec spec) throws IOException {
    LaunchSpec launch =
        new LaunchSpec(
            spec.id(),
            spec.root().layers(),
            spec.root().writable(),
            spec.slot().ids(),
            groups.limits(
                spec.id(),
                spec.resources(),
                processesLimit,
                processors.choose(spec.resources().cpu())));
    StartedProcess started =
        launcher.launch(launch, spec.socket(), spec.slot().idMap(), spec.slot().network());
    spec.socket().close();
    return started;
  }

  /** It keeps nothing. */
  @Override
  public void forget(String id, String runtime) {}

  /** A start that nobody waits for any more has ended with the launcher that was asked for it. */
  @Override
  public void abort(String id) {}
}

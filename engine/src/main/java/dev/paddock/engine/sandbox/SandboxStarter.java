package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentConfiguration;
import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.image.RootLayers;
import dev.paddock.engine.launcher.LauncherGone;
import dev.paddock.engine.rootfs.RootFileSystem;
import dev.paddock.engine.runtime.ContainerSpec;
import dev.paddock.engine.runtime.Started;
import dev.paddock.model.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts sandboxes: directories first, then the runtime, which tells the agent what it is for. */
final class SandboxStarter {
  private final SandboxHost host;
  private final SandboxRemains remains;

  SandboxStarter(SandboxHost host, SandboxRemains remains) {
    this.host = host;
    this.remains = remains;
  }

  /**
   * Starts a sandbox whose earlier run, if any, has ended; returns when its agent is configured.
   * When it fails, nothing of the run is left, and the files are as they were.
   */
  RunningSandbox start(SandboxSpec spec, RootLayers layers) throws IOException {
    return start(spec, layers, FirstContact.configuration(spec, layers.image()));
  }

  /** The same, but its entrypoint waits until the agent is configured once more. */
  RunningSandbox prepare(SandboxSpec spec, RootLayers layers) throws IOException {
    return start(spec, layers, FirstContact.preparation(spec, layers.image()));
  }

  private RunningSandbox start(
      SandboxSpec spec, RootLayers layers, AgentConfiguration configuration) throws IOException {
    remains.clear(spec.id());
    try {
      return attempt(spec, layers, configuration);
    } catch (LauncherGone e) {
      // What it had begun is cleared away, and the next launcher knows nothing of it.
      return attempt(spec, layers, configuration);
    }
  }

  private RunningSandbox attempt(
      SandboxSpec spec, RootLayers layers, AgentConfiguration configuration) throws IOException {
    String runtime = spec.runtime().orElse(host.defaultRuntime());
    try {
      Path run = host.directories().beginRun(spec.id(), runtime);
      Path writable = host.directories().writable(spec.id());
      List<Path> lower = new ArrayList<>(layers.lower());
      lower.add(host.skeleton());
      RootFileSystem root = new RootFileSystem(lower, writable);
      ContainerSpec container =
          new ContainerSpec(spec.id().value(), runtime, run, root, spec.resources(), configuration);
      return recorded(container, host.runtime().start(container));
    } catch (IOException | RuntimeException e) {
      remains.clearAfter(e, spec.id());
      throw e;
    }
  }

  private RunningSandbox recorded(ContainerSpec container, Started started) throws IOException {
    StartedProcess process = started.process();
    try {
      RunRecord record =
          new RunRecord(process.pid(), process.startTime(), started.slot(), container.runtime());
      record.write(container.directory());
      PidFd handle = process.handle();
      return new RunningSandbox(record, handle, host.watcher().watch(handle), started.agent());
    } catch (IOException | RuntimeException e) {
      started.agent().close();
      process.handle().close();
      host.clearance().giveBackAfter(e, started.slot());
      throw e;
    }
  }
}

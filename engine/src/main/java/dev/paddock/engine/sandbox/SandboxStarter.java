package dev.paddock.engine.sandbox;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.ProcessTable;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.host.UnixListener;
import dev.paddock.engine.image.RootLayers;
import dev.paddock.engine.launcher.LauncherGone;
import dev.paddock.engine.rootfs.RootFileSystem;
import dev.paddock.engine.runtime.ContainerSpec;
import dev.paddock.engine.slot.Slot;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Starts sandboxes. The agent is spoken to while the runtime still works: its socket listens before
 * the runtime begins, so the first request waits there and is answered as soon as it can be.
 */
final class SandboxStarter {
  /** Connections that may wait for the agent. */
  private static final int BACKLOG = 256;

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
    return start(spec, layers, socket -> FirstContact.make(socket, spec, layers.image()));
  }

  /** The same, but returns when its agent answers and has not been told anything yet. */
  RunningSandbox prepare(SandboxSpec spec, RootLayers layers) throws IOException {
    return start(spec, layers, FirstContact::greet);
  }

  private RunningSandbox start(
      SandboxSpec spec, RootLayers layers, Function<Path, FirstContact> greeting)
      throws IOException {
    remains.clear(spec.id());
    try {
      return attempt(spec, layers, greeting);
    } catch (LauncherGone e) {
      // What it had begun is cleared away, and the next launcher knows nothing of it.
      return attempt(spec, layers, greeting);
    }
  }

  private RunningSandbox attempt(
      SandboxSpec spec, RootLayers layers, Function<Path, FirstContact> greeting)
      throws IOException {
    Slot slot = host.slots().take();
    try {
      return startOn(slot, spec, layers, greeting);
    } catch (IOException | RuntimeException e) {
      remains.clearAfter(e, spec.id(), slot.index());
      throw e;
    }
  }

  private RunningSandbox startOn(
      Slot slot, SandboxSpec spec, RootLayers layers, Function<Path, FirstContact> greeting)
      throws IOException {
    String runtime = spec.runtime().orElse(host.defaultRuntime());
    Path run = host.directories().beginRun(spec.id(), runtime);
    Path writable = host.directories().writable(spec.id());
    RootFileSystem.prepare(writable);
    Path socketPath = host.directories().socket(spec.id());
    try (Fd socket = UnixListener.listen(socketPath, BACKLOG)) {
      FirstContact contact = greeting.apply(socketPath);
      List<Path> lower = new ArrayList<>(layers.lower());
      lower.add(host.skeleton());
      RootFileSystem root = new RootFileSystem(lower, writable);
      ContainerSpec container =
          new ContainerSpec(spec.id().value(), runtime, run, root, slot, spec.resources(), socket);
      StartedProcess started = host.runtime().start(container);
      try {
        contact.await();
        long pid = started.pid();
        RunRecord record = new RunRecord(pid, startTime(pid), slot.index(), runtime);
        record.write(run);
        return new RunningSandbox(record, started.handle(), host.watcher().watch(started.handle()));
      } catch (IOException | RuntimeException e) {
        started.handle().close();
        throw e;
      }
    }
  }

  private static long startTime(long pid) throws IOException {
    return ProcessTable.startTime(pid)
        .orElseThrow(() -> new UnavailableException("The sandbox ended while it was started"));
  }
}

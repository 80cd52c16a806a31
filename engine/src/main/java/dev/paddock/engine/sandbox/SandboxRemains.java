package dev.paddock.engine.sandbox;

import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.engine.runtime.NativeRuntime;
import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.nio.file.Files;

/** Clears away what a run left, whatever state it ended in. Doing it twice does no harm. */
final class SandboxRemains {
  private final SandboxHost host;

  SandboxRemains(SandboxHost host) {
    this.host = host;
  }

  /** After an orderly run: its first process, and with it every other, has ended. */
  void clear(SandboxId id, RunRecord record) throws IOException {
    try {
      if (record.runtime().equals(NativeRuntime.NAME)) {
        host.clearance().giveBack(record.slot());
      } else {
        host.clearance().giveBackCleared(record.slot());
      }
    } finally {
      clearRun(id, record.runtime());
    }
  }

  /** After a run that nobody remembers, down to one that was cut off in the middle of its start. */
  void clear(SandboxId id) throws IOException {
    if (Files.exists(host.directories().run(id))) {
      host.runtime().abort(id.value());
      clearRun(id, host.directories().runtime(id));
    }
  }

  /** After a start that failed; a failure to clear up is added to its own. */
  void clearAfter(Exception failure, SandboxId id) {
    try {
      clearRun(id, host.directories().runtime(id));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** The directory goes last, because it is what says that there is something to clear. */
  private void clearRun(SandboxId id, String runtime) throws IOException {
    host.runtime().forget(id.value(), runtime);
    TreeRemoval.remove(host.directories().run(id));
  }
}

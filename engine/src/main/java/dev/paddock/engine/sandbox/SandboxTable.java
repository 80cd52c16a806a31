package dev.paddock.engine.sandbox;

import dev.paddock.model.SandboxId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sandboxes that this process has to do with, each with a lock of its own. */
final class SandboxTable {
  /** Work on one sandbox. */
  interface Work {
    void on(Sandbox sandbox) throws IOException;
  }

  private final ConcurrentMap<SandboxId, Sandbox> sandboxes = new ConcurrentHashMap<>();

  /** Does the work while no other work is done on the same sandbox. */
  void exclusively(SandboxId id, Work work) throws IOException {
    while (true) {
      Sandbox sandbox = sandboxes.computeIfAbsent(id, Sandbox::new);
      sandbox.lock().lock();
      try {
        if (!sandbox.isRemoved()) {
          work(sandbox, work);
          return;
        }
      } finally {
        sandbox.lock().unlock();
      }
    }
  }

  private void work(Sandbox sandbox, Work work) throws IOException {
    try {
      work.on(sandbox);
    } finally {
      forgetUnlessRunning(sandbox);
    }
  }

  Optional<RunningSandbox> running(SandboxId id) {
    return Optional.ofNullable(sandboxes.get(id)).flatMap(Sandbox::running);
  }

  Collection<Sandbox> running() {
    return List.copyOf(sandboxes.values()).stream()
        .filter(sandbox -> sandbox.running().isPresent())
        .toList();
  }

  private void forgetUnlessRunning(Sandbox sandbox) {
    if (sandbox.running().isEmpty()) {
      sandbox.remove();
      sandboxes.remove(sandbox.id(), sandbox);
    }
  }
}

package dev.paddock.engine.sandbox;

import dev.paddock.model.SandboxId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this process knows of one sandbox. Changes are made under its lock, looks need none. */
final class Sandbox {
  private final SandboxId id;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable RunningSandbox running;
  private boolean removed;

  Sandbox(SandboxId id) {
    this.id = id;
  }

  SandboxId id() {
    return id;
  }

  ReentrantLock lock() {
    return lock;
  }

  Optional<RunningSandbox> running() {
    return Optional.ofNullable(running);
  }

  void started(RunningSandbox life) {
    running = life;
  }

  void ended() {
    running = null;
  }

  /** Under the lock: nobody finds this object any more. */
  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
  }
}

package dev.paddock.engine.sandbox;

import dev.paddock.model.ImageInfo;
import dev.paddock.model.SandboxId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this process knows of one sandbox. Changes are made under its lock, looks need none. */
final class Sandbox {
  private final SandboxId id;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable RunningSandbox running;
  private volatile @Nullable ImageInfo unclaimed;
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
    unclaimed = null;
  }

  /** The image of one that runs, and whose agent has not been told whose it is. */
  Optional<ImageInfo> unclaimed() {
    return Optional.ofNullable(unclaimed);
  }

  void prepared(ImageInfo image) {
    unclaimed = image;
  }

  void claimed() {
    unclaimed = null;
  }

  /** Under the lock: nobody finds this object any more. */
  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
  }
}

package dev.paddock.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages that arrived and wait for the handler; a full one makes the client wait. */
final class WebSocketInbox {
  private static final int CAPACITY = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Message> messages = new ArrayDeque<>();
  private boolean ended;
  private boolean discarding;

  void put(Message message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (messages.size() >= CAPACITY && !discarding) {
        changed.await();
      }
      if (!discarding) {
        messages.add(message);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next message; empty when there will be none. */
  Optional<Message> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (messages.isEmpty() && !ended) {
        changed.await();
      }
      Optional<Message> next = Optional.ofNullable(messages.poll());
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** No more messages will arrive. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will take messages any more. */
  void discard() {
    lock.lock();
    try {
      discarding = true;
      messages.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package dev.paddock.engine.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Which processors a sandbox starts on: as many as it may use at the same time, so that programs
 * that count them start as many threads as can run. Sandboxes are spread in turn.
 */
public final class Processors {
  private final int count;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * The processors of a host.
   *
   * @param count how many there are
   */
  public Processors(int count) {
    this.count = count;
  }

  /** Numbers of the processors for a sandbox; none where it may use all. */
  List<Integer> choose(int wanted) {
    if (wanted >= count) {
      return List.of();
    }
    int first = Math.floorMod(next.getAndAdd(wanted), count);
    return IntStream.range(first, first + wanted).mapToObj(number -> number % count).toList();
  }
}

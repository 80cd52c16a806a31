package dev.paddock.model.testing;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Tries a property with other input each time that tests run. */
public final class RandomRounds {
  private static final Duration TIME = Duration.ofSeconds(1);

  /** The seed of the one round to be repeated, when there is one. */
  private static final String SEED = "paddock.seed";

  private RandomRounds() {}

  /** One try. */
  @FunctionalInterface
  public interface Round {
    /**
     * Fails unless the property holds.
     *
     * @param random decides all of the input
     */
    void run(Random random) throws Exception;
  }

  /**
   * Tries for about a second, at least once.
   *
   * @throws AssertionError with the seed to repeat it with, when a round fails in any way
   */
  public static void forASecond(Round round) {
    Long repeated = Long.getLong(SEED);
    if (repeated != null) {
      tryOnce(round, repeated);
      return;
    }
    long end = System.nanoTime() + TIME.toNanos();
    do {
      tryOnce(round, ThreadLocalRandom.current().nextLong());
    } while (System.nanoTime() < end);
  }

  private static void tryOnce(Round round, long seed) {
    try {
      round.run(new Random(seed));
    } catch (Exception | Error failure) {
      throw new AssertionError("to repeat it: -D" + SEED + "=" + seed + "; " + failure, failure);
    }
  }
}

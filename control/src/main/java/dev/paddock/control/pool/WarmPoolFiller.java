package dev.paddock.control.pool;

import dev.paddock.control.admission.Admission;
import dev.paddock.control.store.WarmPoolStore;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.pool.WarmPool;
import dev.paddock.model.runner.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings warm pools to their sizes, a sandbox at a time: makes one only while nobody else has one
 * made or waits for that, and gives one up when somebody waits for the room that it takes.
 */
final class WarmPoolFiller {
  /**
   * Creates rarely come alone, and the work for the next one would slow this one's first command.
   */
  static final Duration QUIET = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(WarmPoolFiller.class);

  private final WarmPoolStore store;
  private final WarmStock stock;
  private final Runner runner;
  private final Admission admission;
  private final BackOff backOff;

  WarmPoolFiller(
      WarmPoolStore store, WarmStock stock, Runner runner, Admission admission, BackOff backOff) {
    this.store = store;
    this.stock = stock;
    this.runner = runner;
    this.admission = admission;
    this.backOff = backOff;
  }

  /** What a step came to. */
  enum Outcome {
    /** Something was done, and there may be more. */
    DONE,
    /** Something is to be done and cannot be done now. */
    BLOCKED,
    /** Something is to be done, and can wait for a {@link #QUIET} moment. */
    LATER,
    /** There is nothing to do. */
    NOTHING
  }

  /** Does one thing that is to be done. */
  Outcome step() {
    List<WarmPool> pools = store.all();
    List<WarmStock.Claim> surplus = stock.surplus(pools);
    if (!surplus.isEmpty()) {
      surplus.forEach(this::destroy);
      return Outcome.DONE;
    }
    if (admission.lacksRoom()) {
      stock.any().ifPresent(this::destroy);
      return Outcome.BLOCKED;
    }
    return pools.stream()
        .filter(pool -> pool.usable() && stock.ready(pool.id()) < pool.size())
        .filter(pool -> backOff.mayTry(pool.id()))
        .findFirst()
        .map(this::fill)
        .orElse(Outcome.NOTHING);
  }

  private Outcome fill(WarmPool pool) {
    boolean isHalfFull = 2 * stock.ready(pool.id()) >= pool.size();
    if (isHalfFull && !admission.isQuiet(QUIET)) {
      return Outcome.LATER;
    }
    SandboxId id = SandboxId.random();
    Optional<Admission.Grant> granted = admission.enterIfIdle(id, pool.resources());
    if (granted.isEmpty()) {
      return Outcome.BLOCKED;
    }
    try (Admission.Grant grant = granted.get();
        WarmStock.Claim made = stock.begin(id)) {
      prepare(pool, id);
      grant.keep();
      stock.put(pool, made);
      backOff.succeeded(pool.id());
    } catch (RuntimeException e) {
      LOG.warn("The warm pool of {} could not be filled and is tried again", pool.snapshot(), e);
      String reason = e instanceof PaddockException known ? known.getMessage() : "internal error";
      backOff.failed(pool.id(), "A sandbox could not be made: " + reason);
    }
    return Outcome.DONE;
  }

  private void prepare(WarmPool pool, SandboxId id) {
    runner.prepare(
        new SandboxSpec(
            id,
            pool.image(),
            "",
            Map.of(),
            List.of(),
            pool.resources(),
            Optional.of(pool.runtime())));
  }

  /** What the host cannot remove belongs to no pool any more, so the reconciler tries again. */
  private void destroy(WarmStock.Claim claim) {
    try (claim) {
      runner.destroy(claim.id());
      admission.release(claim.id());
    } catch (RuntimeException e) {
      LOG.warn("The warm sandbox {} could not be removed and is tried again", claim.id(), e);
    }
  }
}

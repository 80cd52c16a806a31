package dev.paddock.server.image;

import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.engine.image.ImageStore;
import dev.paddock.model.failure.PaddockException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the product's images as snapshots: makes what is missing, brings it into the image store
 * and registers it. Works in the background, so that the server is ready meanwhile.
 */
public final class DefaultImages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultImages.class);

  /** For users of the API; what the script says may name places on the host. */
  private static final String FAILED = "Its image could not be made; the server's log says why";

  private static final String TRIES_AGAIN = "The next start tries again.";

  private final ImageRecipes recipes;
  private final ImageStore store;
  private final Snapshots snapshots;
  private volatile boolean closed;

  public DefaultImages(ImageRecipes recipes, ImageStore store, Snapshots snapshots) {
    this.recipes = recipes;
    this.store = store;
    this.snapshots = snapshots;
  }

  /**
   * Shows all as snapshots that are being made; those that can be used already stay as they are.
   */
  public void announce() {
    for (DefaultImage image : DefaultImage.ALL) {
      snapshots.announce(image.snapshot(), image.repository(), image.size());
    }
  }

  /**
   * Starts the work and returns.
   *
   * @param progress gets a line for each step, on another thread
   */
  public void offerInBackground(Consumer<String> progress) {
    Thread.ofVirtual()
        .name("default-images")
        .start(() -> DefaultImage.ALL.forEach(image -> offer(image, progress)));
  }

  private void offer(DefaultImage image, Consumer<String> progress) {
    if (closed) {
      return;
    }
    try {
      provide(image, progress);
      LOG.info("Snapshot {} is offered", image.snapshot());
    } catch (RuntimeException e) {
      if (!closed) {
        report(image, e, progress);
      }
    }
  }

  private void provide(DefaultImage image, Consumer<String> progress) {
    String key = recipes.make(image, line -> progress.accept(image.name() + " image: " + line));
    String reference = image.repository() + ":" + key;
    if (store.find(reference).isEmpty()) {
      progress.accept(image.name() + " image: bringing it into the image store");
      store.importLayout(recipes.layout(), image.name(), reference);
    }
    snapshots.ensure(image.snapshot(), reference, image.size());
  }

  private void report(DefaultImage image, RuntimeException failure, Consumer<String> progress) {
    LOG.warn("Snapshot {} cannot be offered", image.snapshot(), failure);
    progress.accept(
        (failure instanceof PaddockException known ? known.getMessage() : FAILED)
            + ". "
            + TRIES_AGAIN);
    try {
      snapshots.cannotEnsure(image.snapshot(), FAILED + ". " + TRIES_AGAIN);
    } catch (RuntimeException unrecorded) {
      LOG.error("Snapshot {} stays as if it were on its way", image.snapshot(), unrecorded);
    }
  }

  /** What is still being done will fail without the server, which then is no fault. */
  @Override
  public void close() {
    closed = true;
  }
}

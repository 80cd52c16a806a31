package dev.paddock.server.image;

import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.engine.image.ImageStore;
import dev.paddock.model.Resources;
import dev.paddock.model.failure.PaddockException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the product's images as snapshots: makes what is missing, brings it into the image store
 * and registers it. Works in the background, so that the server is ready meanwhile.
 */
public final class DefaultImages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultImages.class);

  /** The contract's size of a snapshot that names none. */
  private static final Resources SANDBOX_SIZE = new Resources(1, 1, 3);

  /** OpenCode holds a JavaScript runtime and language servers. */
  private static final Resources OPENCODE_SIZE = new Resources(2, 2, 5);

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
   * Starts the work and returns.
   *
   * @param progress gets a line for each step, on another thread
   */
  public void offerInBackground(Consumer<String> progress) {
    Thread.ofVirtual()
        .name("default-images")
        .start(() -> {
          offer(DefaultImage.SANDBOX, SANDBOX_SIZE, progress);
          offer(DefaultImage.OPENCODE, OPENCODE_SIZE, progress);
        });
  }

  private void offer(DefaultImage image, Resources resources, Consumer<String> progress) {
    try {
      String key = recipes.make(image, line -> progress.accept(image.name() + " image: " + line));
      String reference = "localhost/paddock/" + image.name() + ":" + key;
      if (store.find(reference).isEmpty()) {
        progress.accept(image.name() + " image: bringing it into the image store");
        store.importLayout(recipes.layout(), image.name(), reference);
      }
      snapshots.ensure(image.snapshot(), reference, resources);
      LOG.info("Snapshot {} is offered", image.snapshot());
    } catch (PaddockException | UncheckedIOException e) {
      if (closed) {
        return;
      }
      LOG.warn("Snapshot {} cannot be offered", image.snapshot(), e);
      progress.accept(e.getMessage() + ". The next start tries again.");
    }
  }

  /** What is still being done will fail without the server, which then is no fault. */
  @Override
  public void close() {
    closed = true;
  }
}

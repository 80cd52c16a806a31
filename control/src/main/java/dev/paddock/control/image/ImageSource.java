package dev.paddock.control.image;

import dev.paddock.control.secret.Tokens;
import dev.paddock.model.ImageInfo;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.runner.RunnerImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Brings images into a runner's store, each once at a time however many ask for it, a few at a
 * time, and keeps the log of each.
 */
public final class ImageSource {
  /** Builds and unpacking are heavy; more at a time make all of them slower. */
  private static final int AT_A_TIME = 4;

  private final RunnerImages images;
  private final Path directory;
  private final Map<String, CompletableFuture<ImageInfo>> running = new ConcurrentHashMap<>();
  private final Map<String, BuildLog> logs = new ConcurrentHashMap<>();
  private final Semaphore slots = new Semaphore(AT_A_TIME);

  /**
   * Images of a runner.
   *
   * @param directory where logs are kept; made if absent
   */
  public ImageSource(RunnerImages images, Path directory) {
    this.images = images;
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UnavailableException("The directory for build logs could not be made", e);
    }
  }

  /** The image if it is there already. */
  public Optional<ImageInfo> find(ImagePlan plan) {
    return images.find(plan.reference());
  }

  /**
   * The image, fetched or built unless it is there already. Blocks as long as that takes.
   *
   * @throws PaddockException with the registry's or the build's reason
   */
  public ImageInfo provide(ImagePlan plan) {
    CompletableFuture<ImageInfo> mine = new CompletableFuture<>();
    CompletableFuture<ImageInfo> first = running.putIfAbsent(plan.reference(), mine);
    if (first != null) {
      return join(first);
    }
    try {
      ImageInfo image = make(plan);
      mine.complete(image);
      return image;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(plan.reference(), mine);
    }
  }

  /** Removes an image from the store. */
  public void remove(String reference) {
    images.remove(reference);
  }

  /**
   * The log of the last attempt to bring an image in.
   *
   * @param follow whether the stream waits for more until the attempt ends
   * @throws NotFoundException when there was none
   */
  public InputStream log(String reference, boolean follow) {
    try {
      BuildLog live = logs.get(reference);
      Path file = file(reference);
      if (live != null && follow) {
        return live.follow();
      }
      if (Files.exists(file)) {
        return Files.newInputStream(file);
      }
    } catch (IOException e) {
      throw new UnavailableException("The build log could not be read", e);
    }
    throw new NotFoundException("There is no build log: the image was there already");
  }

  private ImageInfo make(ImagePlan plan) {
    Optional<ImageInfo> present = find(plan);
    if (present.isPresent()) {
      return present.get();
    }
    slots.acquireUninterruptibly();
    try (BuildLog log = new BuildLog(file(plan.reference()))) {
      logs.put(plan.reference(), log);
      return make(plan, log);
    } catch (IOException e) {
      throw new UnavailableException("The build log could not be written", e);
    } finally {
      logs.remove(plan.reference());
      slots.release();
    }
  }

  private ImageInfo make(ImagePlan plan, BuildLog log) throws IOException {
    try {
      if (plan.dockerfile().isEmpty()) {
        return images.pull(plan.reference(), log::line);
      }
      Path context = Files.createTempDirectory(directory, "context-");
      try {
        return images.build(plan.dockerfile().get(), context, plan.reference(), log::line);
      } finally {
        Files.deleteIfExists(context);
      }
    } catch (PaddockException e) {
      log.line("Failed: " + e.getMessage());
      throw e;
    }
  }

  private Path file(String reference) {
    return directory.resolve(HexFormat.of().formatHex(Tokens.hash(reference)) + ".log");
  }

  private static ImageInfo join(CompletableFuture<ImageInfo> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PaddockException failure) {
        throw failure;
      }
      throw e;
    }
  }
}

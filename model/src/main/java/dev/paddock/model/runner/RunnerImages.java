package dev.paddock.model.runner;

import dev.paddock.model.ImageInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The image store of one runner. Every method blocks; failures are {@code PaddockException}s. */
public interface RunnerImages {
  /** The image as it is stored, without asking any registry. */
  Optional<ImageInfo> find(String reference);

  /** All images that carry a reference. */
  List<ImageInfo> list();

  /**
   * Brings an image into the store unless it is there already.
   *
   * @param progress gets lines for a person
   * @throws dev.paddock.model.failure.InvalidException with the registry's reason
   */
  ImageInfo pull(String reference, Consumer<String> progress);

  /**
   * Builds a Dockerfile and stores the result under {@code reference}.
   *
   * @param dockerfile its text
   * @param context directory that COPY and ADD read from
   * @param progress gets the build's output line by line
   * @throws dev.paddock.model.failure.InvalidException with the build's last lines
   */
  ImageInfo build(String dockerfile, Path context, String reference, Consumer<String> progress);

  /** Removes the reference, and the layers that nothing else uses. Absent is fine. */
  void remove(String reference);
}

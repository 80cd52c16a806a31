package dev.paddock.engine.image;

import dev.paddock.model.ImageInfo;
import java.nio.file.Path;
import java.util.List;

/**
 * An image as the storage has it.
 *
 * @param info its content; named by its id
 * @param tags names with a tag
 * @param digests names with a digest
 * @param layers unpacked layers, topmost first
 */
record StoredImage(ImageInfo info, List<String> tags, List<String> digests, List<Path> layers) {
  String id() {
    return info.id();
  }

  /** The content under the name by which it was asked for. */
  ImageInfo named(String reference) {
    return new ImageInfo(
        reference,
        info.id(),
        info.sizeBytes(),
        info.env(),
        info.entrypoint(),
        info.user(),
        info.workDir());
  }
}

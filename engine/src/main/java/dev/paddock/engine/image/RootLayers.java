package dev.paddock.engine.image;

import dev.paddock.model.ImageInfo;
import java.nio.file.Path;
import java.util.List;

/**
 * What a root file system is made from.
 *
 * @param image the image that the layers belong to
 * @param lower its unpacked layers: existing directories, topmost first, at least one
 * @param takesOwnHosts whether an {@link dev.paddock.engine.rootfs.OwnHostsFile} fits it
 */
public record RootLayers(ImageInfo image, List<Path> lower, boolean takesOwnHosts) {
  public RootLayers {
    lower = List.copyOf(lower);
  }
}

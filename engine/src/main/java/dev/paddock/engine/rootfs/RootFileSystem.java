package dev.paddock.engine.rootfs;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sandbox's root is made of: read-only image layers below, one writable directory above. On
 * disk all files carry the ids the sandbox sees; the id map is applied while it is mounted, so a
 * sandbox may have another id range each time it starts.
 *
 * @param layers directories of the image, topmost first, at least one
 * @param writable directory of the sandbox, on one file system, in which {@code upper} and {@code
 *     work} are
 */
public record RootFileSystem(List<Path> layers, Path writable) {
  private static final String UPPER = "upper";
  private static final String WORK = "work";

  public RootFileSystem {
    layers = List.copyOf(layers);
  }

  /** Makes the empty writable part. One that is there is left alone. */
  public static void prepare(Path writable) throws IOException {
    Files.createDirectories(writable.resolve(UPPER));
    Files.createDirectories(writable.resolve(WORK));
  }

  /** The directory that the sandbox's own files are in, in a writable part. */
  static Path upper(Path writable) {
    return writable.resolve(UPPER);
  }

  /**
   * Mounts it in the calling thread's mount namespace. Each layer is attached beside the target for
   * a moment because kernels before 6.15 take no detached mount as an overlay layer.
   *
   * @param idMap user namespace with the id map
   * @param target empty directory
   * @param scratch directory for the moment's mount points, used by nobody else
   */
  public void mount(Fd idMap, Path target, Path scratch) throws IOException {
    List<Fd> parts = new ArrayList<>();
    int attached = 0;
    try {
      for (Path layer : layers) {
        parts.add(mapped(layer, idMap, true));
      }
      Fd above = mapped(writable, idMap, false);
      parts.add(above);
      for (Fd part : parts) {
        Mounts.attach(part, Files.createDirectories(point(scratch, attached)));
        attached++;
      }
      Mounts.mount("overlay", target, 0, options(parts.subList(0, layers.size()), above));
    } finally {
      parts.forEach(Fd::close);
      while (attached > 0) {
        attached--;
        Mounts.detach(point(scratch, attached));
      }
    }
  }

  private static Fd mapped(Path directory, Fd idMap, boolean readOnly) throws IOException {
    Fd tree = Mounts.cloneTree(directory);
    try {
      Mounts.mapIds(tree, idMap, readOnly);
      return tree;
    } catch (IOException e) {
      tree.close();
      throw e;
    }
  }

  private static Path point(Path scratch, int index) {
    return scratch.resolve(Integer.toString(index));
  }

  private static String options(List<Fd> lower, Fd above) {
    List<String> paths = lower.stream().map(Fd::selfPath).toList();
    return "lowerdir="
        + String.join(":", paths)
        + ",upperdir="
        + above.selfPath()
        + "/"
        + UPPER
        + ",workdir="
        + above.selfPath()
        + "/"
        + WORK;
  }
}

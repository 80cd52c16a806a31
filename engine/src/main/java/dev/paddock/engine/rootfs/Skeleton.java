package dev.paddock.engine.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The places that every sandbox's root needs to have something mounted on, as a layer below those
 * of the image: an image that lacks them costs nothing at a start, and the sandbox's own files stay
 * free of them.
 */
public final class Skeleton {
  private static final List<String> DIRECTORIES = List.of("dev", "etc", "proc", "sys", ".paddock");
  private static final List<String> FILES = List.of("etc/resolv.conf", ".paddock/agent");

  private Skeleton() {}

  /** Makes the layer, or leaves it alone. */
  public static Path prepare(Path layer) throws IOException {
    for (String name : DIRECTORIES) {
      Files.createDirectories(layer.resolve(name));
    }
    for (String name : FILES) {
      if (Files.notExists(layer.resolve(name))) {
        Files.createFile(layer.resolve(name));
      }
    }
    // The agent wants its directory so, and would have to copy it up to make it so.
    Files.setPosixFilePermissions(
        layer.resolve(".paddock"), PosixFilePermissions.fromString("rwx--x--x"));
    return layer;
  }
}

package dev.paddock.engine.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code /etc/hosts} to which the agent adds the sandbox's name, put into the writable part
 * while that is made ahead. The agent would make it else, for which the disk takes longer than for
 * most of what a first command does.
 */
public final class OwnHostsFile {
  private static final String DIRECTORY = "etc";
  private static final String FILE = "etc/hosts";
  private static final Set<PosixFilePermission> DIRECTORY_MODE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Map<String, Object> USUAL_DIRECTORY =
      Map.of("mode", 0040755, "uid", 0, "gid", 0);
  private static final Map<String, Object> EMPTY_FILE =
      Map.of("mode", 0100644, "uid", 0, "gid", 0, "size", 0L);

  private OwnHostsFile() {}

  /** Makes the empty file in a writable part that nothing else is in. */
  static void prepare(Path upper) throws IOException {
    FileAttribute<?> directoryMode = PosixFilePermissions.asFileAttribute(DIRECTORY_MODE);
    FileAttribute<?> fileMode = PosixFilePermissions.asFileAttribute(FILE_MODE);
    Files.createDirectory(upper.resolve(DIRECTORY), directoryMode);
    Files.createFile(upper.resolve(FILE), fileMode);
  }

  /** Takes it out again, for an image that it does not fit. */
  static void remove(Path upper) throws IOException {
    Files.delete(upper.resolve(FILE));
    Files.delete(upper.resolve(DIRECTORY));
  }

  /**
   * Whether an image would look the same with the empty file over it: it has no text in a file of
   * this name, and its {@code /etc}, if any, is root's with the usual rights.
   *
   * @param layers directories of the image, topmost first
   */
  public static boolean fits(List<Path> layers) throws IOException {
    for (Path layer : layers) {
      if (!isAs(layer.resolve(DIRECTORY), USUAL_DIRECTORY)
          || !isAs(layer.resolve(FILE), EMPTY_FILE)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a path is not there, or has these attributes. */
  private static boolean isAs(Path path, Map<String, Object> attributes) throws IOException {
    String names = "unix:" + String.join(",", attributes.keySet());
    try {
      return Files.readAttributes(path, names, LinkOption.NOFOLLOW_LINKS).equals(attributes);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return true;
    }
  }
}

package dev.paddock.toolbox.file;

import dev.paddock.engine.agent.FileInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A file or directory as clients see it.
 *
 * @param name last component of its path
 * @param size bytes
 * @param mode in Go's notation, such as {@code -rw-r--r--}
 * @param modTime in Go's notation, such as {@code 2026-01-02 03:04:05 +0000 UTC}
 * @param modifiedAt the same by RFC 3339, to the second
 * @param isDir whether it is a directory, links followed
 * @param owner numeric user id
 * @param group numeric group id
 * @param permissions octal permission bits, at least four digits
 */
public record FileDescription(
    String name,
    long size,
    String mode,
    String modTime,
    String modifiedAt,
    boolean isDir,
    String owner,
    String group,
    String permissions) {
  static FileDescription of(FileInfo file) {
    Instant modified = file.modifiedAt();
    return new FileDescription(
        file.name(),
        file.size(),
        GoNotation.mode(file.type(), file.mode()),
        GoNotation.time(modified),
        modified.truncatedTo(ChronoUnit.SECONDS).toString(),
        file.isDirectory(),
        Integer.toUnsignedString(file.uid()),
        Integer.toUnsignedString(file.gid()),
        String.format(Locale.ROOT, "%04o", file.mode()));
  }
}

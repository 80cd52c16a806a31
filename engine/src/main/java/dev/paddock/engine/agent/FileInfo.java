package dev.paddock.engine.agent;

import java.time.Instant;

/**
 * What the sandbox says of one of its files. Names and paths are the sandbox's words: they are
 * never paths of this host.
 *
 * @param size bytes, 0 or more
 * @param mode permission bits, at most 07777
 * @param owner name, or the number where it has none
 * @param group name, or the number where it has none
 * @param symlink whether the path itself is a symbolic link
 */
public record FileInfo(
    String name,
    String path,
    FileType type,
    long size,
    int mode,
    Instant modifiedAt,
    int uid,
    int gid,
    String owner,
    String group,
    boolean symlink) {
  /** Whether it is a directory, or a link to one. */
  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }
}

package dev.paddock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory whose directories have nothing to do with one another, and ext4 knows that. It would
 * else put their inodes side by side, and then look for a free one among all those of sandboxes
 * that came and went. Other file systems refuse, and need no such word.
 */
public final class SpreadDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(SpreadDirectory.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private SpreadDirectory() {}

  /** Makes the directory unless it is there, and tells the file system. */
  public static Path make(Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      HostCommand.run(List.of("chattr", "+T", directory.toString()), "", LIMIT);
    } catch (IOException e) {
      LOG.debug("{} has no say in where its directories are put", directory, e);
    }
    return directory;
  }
}

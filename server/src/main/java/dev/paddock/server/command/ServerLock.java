package dev.paddock.server.command;

import dev.paddock.engine.host.FileLockOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One server per data directory: a locked file that holds the server's process id. The kernel
 * releases the lock when the process ends, however it ends.
 */
final class ServerLock implements AutoCloseable {
  private static final String NAME = "server.pid";

  private final FileChannel channel;

  private ServerLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty when another server has it. */
  static Optional<ServerLock> take(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    return Optional.of(new ServerLock(channel));
  }

  /** The server process that holds the lock of a data directory. */
  static Optional<ProcessHandle> holder(Path dataDir) {
    Path file = dataDir.resolve(NAME);
    try {
      OptionalLong pid = Files.exists(file) ? FileLockOwner.find(file) : OptionalLong.empty();
      return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Empties the file and leaves it: a server that starts meanwhile would else lock a file that is
   * gone, and the next one another.
   */
  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}

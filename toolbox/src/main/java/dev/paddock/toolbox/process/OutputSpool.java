package dev.paddock.toolbox.process;

import dev.paddock.model.failure.OutOfSpaceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The output of one command: in memory while it is small, in an unnamed temporary file beyond. Not
 * thread-safe.
 */
final class OutputSpool implements AutoCloseable {
  /** Output up to this many bytes stays in memory. */
  static final int MEMORY_LIMIT = 256 * 1024;

  private final SpoolSpace space;
  private final String sandboxId;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private long onDisk;

  OutputSpool(SpoolSpace space, String sandboxId) {
    this.space = space;
    this.sandboxId = sandboxId;
  }

  /**
   * Appends bytes.
   *
   * @throws OutOfSpaceException when the output grew beyond what may be kept
   */
  void write(byte[] data) throws IOException {
    if (file == null && memory.size() + data.length <= MEMORY_LIMIT) {
      memory.writeBytes(data);
      return;
    }
    FileChannel channel = openFile();
    append(channel, data);
  }

  boolean inMemory() {
    return file == null;
  }

  /** The output of a spool that is {@link #inMemory()}. */
  String text() {
    return memory.toString(StandardCharsets.UTF_8);
  }

  /** The bytes so far, from the beginning. Closing the stream closes the spool. */
  InputStream content() throws IOException {
    InputStream bytes =
        file == null
            ? new ByteArrayInputStream(memory.toByteArray())
            : Channels.newInputStream(file.position(0));
    return new FilterInputStream(bytes) {
      @Override
      public void close() throws IOException {
        OutputSpool.this.close();
      }
    };
  }

  private FileChannel openFile() throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      Path path = Files.createTempFile(space.directory(), "output", null);
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      file = channel;
      // Without its name the file ends with this process, even when that is killed.
      Files.delete(path);
      append(channel, memory.toByteArray());
      memory.reset();
    }
    return channel;
  }

  private void append(FileChannel channel, byte[] data) throws IOException {
    space.reserve(sandboxId, data.length);
    onDisk += data.length;
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    space.release(sandboxId, onDisk);
    onDisk = 0;
    if (file != null) {
      file.close();
    }
  }
}

package dev.paddock.toolbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Programs of ours that run inside sandboxes. */
public final class SandboxProgram {
  private SandboxProgram() {}

  /**
   * The source of one.
   *
   * @param resource its absolute name on the class path
   */
  public static byte[] load(String resource) {
    try (InputStream source = SandboxProgram.class.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IllegalArgumentException("there is no " + resource);
      }
      return source.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Bytes after a line that tells how many they are, for who reads more from the same place. */
  public static byte[] withLength(byte[] part) {
    byte[] line = (part.length + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(line.length + part.length).put(line).put(part).array();
  }
}

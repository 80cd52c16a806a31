package dev.paddock.engine.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the host to its end, off the hot paths. */
public final class HostCommand {
  private static final int LONGEST_REASON = 500;

  private HostCommand() {}

  /**
   * Runs a program.
   *
   * @param input its standard input
   * @throws IOException with the program's own words when it fails or does not end in time
   */
  public static void run(List<String> command, String input, Duration timeout) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    Thread guard = Thread.ofVirtual().start(() -> killWhenLate(process, timeout));
    try {
      byte[] words = process.getInputStream().readNBytes(LONGEST_REASON);
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      int status = process.waitFor();
      if (status != 0) {
        String reason = new String(words, StandardCharsets.UTF_8).strip();
        throw new IOException(command.getFirst() + " failed with status " + status + ": " + reason);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(command.getFirst() + " was interrupted", e);
    } finally {
      guard.interrupt();
    }
  }

  private static void killWhenLate(Process process, Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

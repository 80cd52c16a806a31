package dev.paddock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's memory, as the kernel tells it.
 *
 * @param totalBytes all of it
 * @param availableBytes what could be given to processes now, without swapping
 */
public record HostMemory(long totalBytes, long availableBytes) {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final int KIB = 1024;

  /** As of now. */
  public static HostMemory read() throws IOException {
    String text = Files.readString(MEMINFO);
    return new HostMemory(bytes(text, "MemTotal:"), bytes(text, "MemAvailable:"));
  }

  private static long bytes(String text, String field) throws IOException {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(field)) {
        String digits = line.substring(field.length()).replaceAll("[^0-9]", "");
        return Long.parseLong(digits) * KIB;
      }
    }
    throw new IOException("The kernel does not tell " + field);
  }
}

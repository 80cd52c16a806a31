package dev.paddock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the kernel's process table says. */
public final class ProcessTable {
  private static final int START_TIME_AFTER_NAME = 19;

  private ProcessTable() {}

  /**
   * When a process started, in clock ticks since boot: together with its number it identifies the
   * process for as long as the host runs. Empty when it does not exist.
   */
  public static OptionalLong startTime(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return OptionalLong.of(Long.parseLong(fields[START_TIME_AFTER_NAME]));
    } catch (IOException e) {
      if (Files.exists(stat)) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }
}

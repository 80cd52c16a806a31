package dev.paddock.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a runtime wrote about its failure, fit for the person who asked for the sandbox. */
final class RuntimeLog {
  private static final int LONGEST_LOG = 64 * 1024;
  private static final int LONGEST_REASON = 300;
  private static final Pattern MESSAGE = Pattern.compile("msg=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern HOST_PATH = Pattern.compile("(?<![A-Za-z0-9.])/[^\\s\"':,]+");

  private RuntimeLog() {}

  /** The last message, without paths of the host, at most 300 characters. */
  static String reason(Path log, String runtime) throws IOException {
    String text = read(log).strip();
    Matcher matcher = MESSAGE.matcher(text);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1).replace("\\\"", "\"");
    }
    if (last.isEmpty()) {
      last = text.substring(text.lastIndexOf('\n') + 1);
    }
    if (last.isEmpty()) {
      return runtime + " ended without a reason; try again, and look at the host's load";
    }
    String clean = HOST_PATH.matcher(last).replaceAll("(path)");
    return runtime + " says: " + clean.substring(0, Math.min(clean.length(), LONGEST_REASON));
  }

  private static String read(Path log) throws IOException {
    if (Files.notExists(log)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(log)) {
      return new String(in.readNBytes(LONGEST_LOG), StandardCharsets.UTF_8);
    }
  }
}

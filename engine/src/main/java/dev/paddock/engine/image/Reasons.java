package dev.paddock.engine.image;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Makes words for people from the last lines of a container tool. */
final class Reasons {
  private static final int LONGEST = 2000;
  private static final int LINES_SHOWN = 10;
  private static final String ERROR = "Error: ";

  /** What the tools write for themselves. */
  private static final Pattern LOG_LINE = Pattern.compile("time=\"[^\"]*\" level=.*");

  /** Where in the tool it happened, which tells a person nothing. */
  private static final Pattern PREAMBLE =
      Pattern.compile("^(?:creating build container: |initializing source [^ ]+: )+");

  private Reasons() {}

  /** The tool's last error alone. */
  static String last(List<String> lines, Path... hidden) {
    String error =
        lines.reversed().stream()
            .filter(line -> line.startsWith(ERROR))
            .findFirst()
            .map(line -> line.substring(ERROR.length()))
            .orElse(lines.isEmpty() ? "no reason was given" : lines.getLast());
    return clean(PREAMBLE.matcher(error).replaceFirst(""), hidden);
  }

  /** The end of a build's output, with the error as the last line. */
  static String ending(List<String> lines, Path... hidden) {
    List<String> shown = lines.stream().filter(line -> !LOG_LINE.matcher(line).matches()).toList();
    shown = shown.subList(Math.max(0, shown.size() - LINES_SHOWN), shown.size());
    return clean(String.join("\n", shown), hidden);
  }

  /** What to say to a person about a registry's answer. */
  static String explain(String reason) {
    if (reason.contains("manifest unknown") || reason.contains("name unknown")) {
      return "the registry does not have it (" + reason + ")";
    }
    if (reason.contains("unauthorized") || reason.contains("denied")) {
      return "the registry does not have it or wants a login (" + reason + ")";
    }
    if (reason.contains("no such host")) {
      return "the registry's name is unknown to this host (" + reason + ")";
    }
    if (reason.contains("connection refused") || reason.contains("timeout")) {
      return "the registry does not answer (" + reason + ")";
    }
    return reason;
  }

  static boolean isFullDisk(List<String> lines) {
    return lines.stream().anyMatch(line -> line.contains("no space left on device"));
  }

  private static String clean(String text, Path... hidden) {
    String shown = text;
    for (Path path : hidden) {
      shown = shown.replace(path.toString(), "…");
    }
    return shown.length() > LONGEST ? "…" + shown.substring(shown.length() - LONGEST) : shown;
  }
}

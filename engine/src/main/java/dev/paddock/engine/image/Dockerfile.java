package dev.paddock.engine.image;

import dev.paddock.model.failure.InvalidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a Dockerfile.
 *
 * @param text not empty, at most 1 MiB
 */
record Dockerfile(String text) {
  private static final int LONGEST = 1 << 20;
  private static final Pattern PLAIN_FROM =
      Pattern.compile("FROM\\s+([^\\s$-][^\\s$]*)", Pattern.CASE_INSENSITIVE);
  private static final String NOTHING = "scratch";

  Dockerfile {
    if (text.length() > LONGEST) {
      throw new InvalidException("The Dockerfile is longer than 1 MiB");
    }
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw new InvalidException("The Dockerfile holds no instructions; begin it with FROM");
    }
  }

  /** The image that it starts from, when it does nothing with it. */
  Optional<String> onlyBase() {
    List<String> instructions =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (instructions.size() != 1) {
      return Optional.empty();
    }
    Matcher from = PLAIN_FROM.matcher(instructions.getFirst());
    return from.matches() ? Optional.of(from.group(1)).filter(this::isImage) : Optional.empty();
  }

  private boolean isImage(String base) {
    return !base.equals(NOTHING) && !base.endsWith("\\");
  }
}

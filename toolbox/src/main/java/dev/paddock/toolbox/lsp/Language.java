package dev.paddock.toolbox.lsp;

import dev.paddock.model.failure.InvalidException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The languages that have a server, and the program that it is. */
enum Language {
  PYTHON,
  TYPESCRIPT,
  JAVASCRIPT;

  /**
   * The language that clients call {@code id}.
   *
   * @throws InvalidException when there is none
   */
  static Language require(String id) {
    return Arrays.stream(values())
        .filter(language -> language.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new InvalidException(
                "languageId must be one of "
                    + Arrays.stream(values()).map(Language::id).collect(Collectors.joining(", "))));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The program with its arguments. */
  List<String> command() {
    return switch (this) {
      case PYTHON -> List.of("pylsp");
      case TYPESCRIPT, JAVASCRIPT -> List.of("typescript-language-server", "--stdio");
    };
  }

  /** Whether its server reads this file. */
  boolean has(String path) {
    return switch (this) {
      case PYTHON -> path.matches("(?s).*\\.pyi?");
      case TYPESCRIPT, JAVASCRIPT -> path.matches("(?s).*\\.[mc]?[jt]sx?");
    };
  }

  /** What the protocol calls the language of a file. */
  String documentLanguage(String path) {
    if (this == PYTHON) {
      return id();
    }
    String family = path.matches("(?s).*\\.[mc]?tsx?") ? "typescript" : "javascript";
    boolean react = path.endsWith(".tsx") || path.endsWith(".jsx");
    return react ? family + "react" : family;
  }
}

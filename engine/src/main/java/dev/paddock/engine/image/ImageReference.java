package dev.paddock.engine.image;

import dev.paddock.model.failure.InvalidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image's name in full.
 *
 * @param repository registry and path, such as {@code docker.io/library/alpine}
 * @param version {@code :tag} or {@code @sha256:digest}
 */
record ImageReference(String repository, String version) {
  private static final int LONGEST_REPOSITORY = 255;
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<registry>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?)/"
              + ("(?<path>" + COMPONENT + "(?:/" + COMPONENT + ")*)")
              + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
              + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads a name as people write it: without a registry it is Docker Hub's, without a tag {@code
   * latest}; a digest makes the tag superfluous.
   *
   * @throws InvalidException when it cannot name an image
   */
  static ImageReference parse(String text) {
    if (text.length() > 2 * LONGEST_REPOSITORY || ID.matcher(text).matches()) {
      throw invalid(text);
    }
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    Matcher matcher = GRAMMAR.matcher(named ? text : "docker.io/" + text);
    if (!matcher.matches()) {
      throw invalid(text);
    }
    String registry = matcher.group("registry");
    String path = matcher.group("path");
    String prefix = registry.equals("docker.io") && !path.contains("/") ? "library/" : "";
    String repository = registry + "/" + prefix + path;
    if (repository.length() > LONGEST_REPOSITORY) {
      throw invalid(text);
    }
    return new ImageReference(repository, version(matcher));
  }

  private static String version(Matcher matcher) {
    String digest = matcher.group("digest");
    if (digest != null) {
      return "@" + digest;
    }
    String tag = matcher.group("tag");
    return tag == null ? ":latest" : ":" + tag;
  }

  private static InvalidException invalid(String text) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new InvalidException(
        "\""
            + Output.printable(shown)
            + "\" is not the name of an image; write it like"
            + " alpine:3.20 or registry.example.com/team/app:1.0");
  }

  /** Whether the text is an image's content id: 64 hex digits. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  @Override
  public String toString() {
    return repository + version;
  }
}

package dev.paddock.web;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version of an official client, as {@code X-Daytona-SDK-Version} states it. */
public record ClientVersion(int major, int minor, int patch) implements Comparable<ClientVersion> {
  private static final Pattern FORM = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");
  private static final int MAX_LENGTH = 100;
  private static final Comparator<ClientVersion> ORDER =
      Comparator.comparingInt(ClientVersion::major)
          .thenComparingInt(ClientVersion::minor)
          .thenComparingInt(ClientVersion::patch);

  /** What a client under development counts as. */
  private static final ClientVersion NEWEST =
      new ClientVersion(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * Reads {@code 1.2.3}, with anything behind it; a text with {@code dev} in it is newer than all.
   * Empty when the text is no version.
   */
  public static Optional<ClientVersion> parse(String text) {
    if (text.length() <= MAX_LENGTH && text.contains("dev")) {
      return Optional.of(NEWEST);
    }
    Matcher matcher = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3))));
  }

  /** Whether this client is older than release {@code major.minor.0}. */
  public boolean isBefore(int otherMajor, int otherMinor) {
    return compareTo(new ClientVersion(otherMajor, otherMinor, 0)) < 0;
  }

  @Override
  public int compareTo(ClientVersion other) {
    return ORDER.compare(this, other);
  }
}

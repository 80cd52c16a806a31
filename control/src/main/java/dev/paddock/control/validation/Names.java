package dev.paddock.control.validation;

import dev.paddock.model.failure.InvalidException;
import java.util.regex.Pattern;

/** What names may look like. */
public final class Names {
  private static final int MAX_LENGTH = 255;
  private static final Pattern ADDRESS_OR_MARKUP =
      Pattern.compile("[<>]|://|\\bwww\\.", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern SNAPSHOT =
      Pattern.compile("[A-Za-z0-9_.-]+([:/][A-Za-z0-9_.-]+)*(@sha256:[0-9a-f]{64})?");
  private static final Pattern IMAGE =
      Pattern.compile(
          "[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  private Names() {}

  /**
   * A name for people: a line of text without addresses and markup, so that it is safe to show.
   *
   * @param what the field's name, for the message
   * @throws InvalidException when it is something else
   */
  public static String display(String what, String name) {
    if (name.isBlank() || name.length() > MAX_LENGTH) {
      throw new InvalidException(what + " must have 1 to " + MAX_LENGTH + " characters");
    }
    if (CONTROL.matcher(name).find()) {
      throw new InvalidException(what + " must not contain control characters");
    }
    if (ADDRESS_OR_MARKUP.matcher(name).find()) {
      throw new InvalidException(what + " must not contain URLs or HTML");
    }
    return name;
  }

  /**
   * A snapshot's name, formed like an image's.
   *
   * @throws InvalidException when it is something else
   */
  public static String snapshot(String name) {
    display("name", name);
    if (!SNAPSHOT.matcher(name).matches()) {
      throw new InvalidException(
          "name may hold letters, digits, '_', '.', '-', and segments parted by ':' or '/'");
    }
    return name;
  }

  /**
   * An image's reference that always means the same image.
   *
   * @throws InvalidException when it has no tag or digest, or the tag {@code latest}
   */
  public static String pinnedImage(String image) {
    requireImage(image);
    boolean digest = image.contains("@sha256:");
    int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
    if (!digest && tag < 0) {
      throw new InvalidException("imageName needs a tag or a digest, such as debian:13");
    }
    if (!digest && image.endsWith(":latest")) {
      throw new InvalidException(
          "imageName must not use the tag latest, which changes its meaning");
    }
    return image;
  }

  /**
   * An image's reference.
   *
   * @throws InvalidException when it is none
   */
  public static String requireImage(String image) {
    if (image.length() > MAX_LENGTH || !IMAGE.matcher(image).matches()) {
      throw new InvalidException("The image name is not valid; it looks like debian:13");
    }
    return image;
  }
}

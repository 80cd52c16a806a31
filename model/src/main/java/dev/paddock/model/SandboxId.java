package dev.paddock.model;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identity of one sandbox: a lower-case UUID in its canonical 36-character form, which is also a
 * valid DNS label part and file name.
 */
public record SandboxId(String value) {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  public SandboxId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("A sandbox id is a lower-case UUID");
    }
  }

  /** A fresh random id. */
  public static SandboxId random() {
    return new SandboxId(UUID.randomUUID().toString());
  }

  /** Whether {@code value} has the form of an id; says nothing about existence. */
  public static boolean isValid(String value) {
    return UUID_FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}

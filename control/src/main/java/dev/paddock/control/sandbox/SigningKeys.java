package dev.paddock.control.sandbox;

import dev.paddock.control.secret.SecretBox;
import dev.paddock.model.sandbox.SandboxAccess;
import java.util.HexFormat;

/**
 * The keys that file URLs are signed with, one per sandbox. They are derived, so that the database
 * holds no more than the number of the one that counts.
 */
final class SigningKeys {
  /** The version of a new sandbox's key. */
  static final int FIRST_VERSION = 0;

  /** Keeps clients that try every answer as JSON from taking digits for a number. */
  private static final String PREFIX = "fsk_";

  private final SecretBox box;

  SigningKeys(SecretBox box) {
    this.box = box;
  }

  /** {@code fsk_} and 64 hexadecimal digits. */
  String of(SandboxAccess access) {
    String purpose = "signing-key:" + access.id() + ":" + access.signingKeyVersion();
    return PREFIX + HexFormat.of().formatHex(box.derive(purpose));
  }
}

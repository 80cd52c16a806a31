package dev.paddock.model.access;

/**
 * A new API key together with its value, which is nowhere stored and shown this once.
 *
 * @param key what stays known of it
 * @param value the secret: {@code dtn_} and 64 hexadecimal digits
 */
public record CreatedKey(ApiKey key, String value) {
  /** Leaves the secret out, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "CreatedKey[" + key.name() + "]";
  }
}

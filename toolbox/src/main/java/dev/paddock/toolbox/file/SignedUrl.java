package dev.paddock.toolbox.file;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.UnauthorizedException;
import dev.paddock.web.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request that brings its right with it: clients sign a method, a path and a time with the key of
 * the sandbox, and hand the URL on.
 *
 * @param method the method that was signed
 * @param path the file
 * @param expires when the right ends, in seconds since 1970; 0 for never
 * @param signature {@code v1_} and an HMAC-SHA256 in URL-safe Base64 without padding
 */
public record SignedUrl(String method, String path, String expires, String signature) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1_";

  /** At most 15 digits, so that each is a time. */
  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}");

  /** The request as a signed URL; empty when it carries no signature. */
  public static Optional<SignedUrl> of(Exchange exchange) {
    return exchange
        .query("signature")
        .map(signature ->
            new SignedUrl(
                exchange.method().equals("HEAD") ? "GET" : exchange.method(),
                exchange.query("path").orElse(""),
                exchange.query("expires").orElse(""),
                signature));
  }

  /**
   * Makes sure that the URL was signed with {@code key} and still counts at {@code now}.
   *
   * @throws InvalidException when {@code expires} is no time
   * @throws UnauthorizedException when the signature is not the right one, or the time is over
   */
  public void verify(String key, Instant now) {
    if (!SECONDS.matcher(expires).matches()) {
      throw new InvalidException("expires must be a time in seconds since 1970, or 0 for never");
    }
    if (!MessageDigest.isEqual(ascii(expectedSignature(key)), ascii(signature))) {
      throw wrong();
    }
    long end = Long.parseLong(expires);
    if (end != 0 && now.getEpochSecond() >= end) {
      throw new UnauthorizedException("The signed URL has expired; ask for a new one");
    }
  }

  /** What a URL is answered whose signature is not the one of its sandbox. */
  public static UnauthorizedException wrong() {
    return new UnauthorizedException(
        "The signature does not fit this sandbox, path, method and time, or the signing key was"
            + " replaced; ask for a new URL");
  }

  private String expectedSignature(String key) {
    String signed = "v1:files:" + method + ":" + path + ":" + expires;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC with SHA-256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Leaves the signature out. */
  @Override
  public String toString() {
    return "SignedUrl[" + method + " until " + expires + "]";
  }
}

package dev.paddock.control.secret;

import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must be read back later, and derives secrets that need not be stored.
 *
 * <p>Sealing is AES-256-GCM with a random nonce of 96 bits. Each sealed value is bound to a
 * context, such as the id of the row that holds it, and opens in no other. Derivation is
 * HKDF-SHA256.
 */
public final class SecretBox {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * A box whose key lies in {@code file}, made with mode 0600 if absent.
   *
   * @throws UnavailableException when the file cannot be read or made
   */
  public static SecretBox open(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new UnavailableException(
            "The key file " + file.getFileName() + " is damaged; restore it from a backup");
      }
      return new SecretBox(key);
    } catch (IOException e) {
      throw new UnavailableException("The key file could not be read or made", e);
    }
  }

  /** Encrypts; the result is 28 bytes longer than {@code plain}. */
  public byte[] seal(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, context);
    byte[] result = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, result, NONCE_BYTES, sealed.length);
    return result;
  }

  /**
   * Decrypts what {@link #seal} returned for the same context.
   *
   * @throws UnavailableException when it was sealed by another key or for another context
   */
  public byte[] open(byte[] sealed, String context) {
    byte[] padded = Arrays.copyOf(sealed, Math.max(NONCE_BYTES, sealed.length));
    byte[] nonce = Arrays.copyOf(padded, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(padded, NONCE_BYTES, padded.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, rest, context);
  }

  /**
   * 32 bytes that only this key file yields for {@code purpose}, the same each time. They tell
   * nothing of the key, nor of what it yields for another purpose.
   */
  public byte[] derive(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.expandOnly(
                  key, purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java 25 runtime has HKDF with SHA-256", e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input, String context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new UnavailableException(
          "A stored secret cannot be read: the key file does not belong to this database", e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    Path fresh = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, key);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

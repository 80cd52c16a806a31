package dev.paddock.control.store;

import dev.paddock.control.secret.SecretBox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables as one sealed value: each name and value as its length and its UTF-8 bytes. */
final class EnvironmentCodec {
  private final SecretBox box;

  EnvironmentCodec(SecretBox box) {
    this.box = box;
  }

  /** No variables are stored as no bytes. */
  byte[] encode(Map<String, String> env, String context) {
    if (env.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : env.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail", e);
    }
    return box.seal(bytes.toByteArray(), context);
  }

  Map<String, String> decode(byte[] sealed, String context) {
    Map<String, String> env = new LinkedHashMap<>();
    if (sealed.length == 0) {
      return env;
    }
    byte[] plain = box.open(sealed, context);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      while (in.available() > 0) {
        env.put(read(in), read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A stored environment is damaged", e);
    }
    return env;
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}

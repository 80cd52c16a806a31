package dev.paddock.toolbox.file;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs URLs as clients do. */
final class Signing {
  private Signing() {}

  static String sign(String key, String method, String path, long expires) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String text = "v1:files:" + method + ":" + path + ":" + expires;
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return "v1_" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

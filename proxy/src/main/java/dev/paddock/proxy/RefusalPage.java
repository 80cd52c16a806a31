package dev.paddock.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that tells a person in a browser why there is no preview. */
final class RefusalPage {
  private static final String PAGE = resource("page.html");
  private static final String TOKEN_FORM = resource("token-form.html");
  private static final String WAITING = resource("waiting.html");
  private static final String RELOAD = "<meta http-equiv=\"refresh\" content=\"2\">";

  private RefusalPage() {}

  static String render(Refusal refusal) {
    boolean reloads = refusal.page() == Refusal.Page.RELOADS;
    String help =
        switch (refusal.page()) {
          case PLAIN -> "";
          case RELOADS -> WAITING;
          case ASKS_FOR_TOKEN -> TOKEN_FORM.replace("{{key}}", RequestUri.KEY);
        };
    return PAGE.replace("{{reload}}", reloads ? RELOAD : "")
        .replace("{{status}}", Integer.toString(refusal.status()))
        .replace("{{help}}", help)
        .replace("{{title}}", escaped(refusal.title()))
        .replace("{{message}}", escaped(refusal.message()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = RefusalPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its page " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

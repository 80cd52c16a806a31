package dev.paddock.toolbox.testing;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A multipart body as clients send it. */
public final class Form {
  /** Its content type. */
  public static final String TYPE = "multipart/form-data; boundary=------------------------42";

  private static final String DELIMITER = "--------------------------42";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Adds a text field. */
  public Form text(String name, String value) {
    return part("form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file. */
  public Form file(String name, byte[] content) {
    return part("form-data; name=\"" + name + "\"; filename=\"any\"", content);
  }

  /** Adds a file. */
  public Form file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Form part(String disposition, byte[] content) {
    String head = DELIMITER + "\r\nContent-Disposition: " + disposition;
    body.writeBytes((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The whole body. */
  public byte[] bytes() {
    String end = DELIMITER + "--\r\n";
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes(end.getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }

  /** The body without its end. */
  public byte[] unfinished() {
    return body.toByteArray();
  }

  /** The whole body, to be sent. */
  public BodyPublisher publisher() {
    return BodyPublishers.ofByteArray(bytes());
  }
}

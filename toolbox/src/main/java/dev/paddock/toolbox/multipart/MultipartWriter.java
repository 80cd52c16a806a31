package dev.paddock.toolbox.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Writes a {@code multipart/form-data} body, part after part, straight to the client.
 *
 * <p>The caller writes a part's bytes to the stream between {@link #begin} and the next call.
 */
public final class MultipartWriter {
  /** Clients of every generation expect exactly this boundary. */
  public static final String BOUNDARY = "DAYTONA-FILE-BOUNDARY";

  /** The content type that goes with it. */
  public static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final OutputStream out;
  private boolean begun;

  public MultipartWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Ends the part before, if any, and begins one.
   *
   * @param length the part's size in bytes where it is known, from which clients show progress
   */
  public void begin(String name, String fileName, String contentType, OptionalLong length)
      throws IOException {
    var head = new StringBuilder(begun ? "\r\n" : "").append("--").append(BOUNDARY);
    begun = true;
    head.append("\r\nContent-Disposition: ").append(ContentDisposition.formData(name, fileName));
    length.ifPresent(bytes -> head.append("\r\nContent-Length: ").append(bytes));
    head.append("\r\nContent-Type: ").append(contentType).append("\r\n\r\n");
    write(head.toString());
  }

  /** Writes the closing boundary. */
  public void end() throws IOException {
    write("\r\n--" + BOUNDARY + "--\r\n");
    out.flush();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.paddock.toolbox.lsp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes the bytes that a language server writes and gives the messages in them. Each is preceded by
 * headers that say how long it is.
 */
final class RpcInput {
  private static final int MAX_HEAD = 4096;

  /** The longest message, in bytes. */
  private static final int MAX_BODY = 2 << 20;

  private static final String LENGTH = "content-length:";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final StringBuilder head = new StringBuilder();
  private int missing;

  /** What the server wrote is no message. */
  static sealed class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /** It is one, but longer than is read. */
  static final class TooLongException extends MalformedException {
    private static final long serialVersionUID = 1;

    TooLongException() {
      super("a message of more than 2 MiB");
    }
  }

  /**
   * The messages that these bytes complete.
   *
   * @throws MalformedException when the server does not speak the protocol
   */
  List<byte[]> accept(byte[] data) {
    List<byte[]> messages = new ArrayList<>();
    int position = 0;
    while (position < data.length) {
      if (missing > 0) {
        int count = Math.min(missing, data.length - position);
        body.write(data, position, count);
        position += count;
        missing -= count;
        if (missing == 0) {
          messages.add(body.toByteArray());
          body.reset();
        }
      } else {
        readHead((char) (data[position++] & 0xff));
      }
    }
    return messages;
  }

  private void readHead(char next) {
    head.append(next);
    if (head.length() > MAX_HEAD) {
      throw new MalformedException("headers without an end");
    }
    if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
      missing = length(head.toString());
      head.setLength(0);
    }
  }

  private static int length(String head) {
    String digits =
        head.lines()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith(LENGTH))
            .map(line -> line.substring(LENGTH.length()).strip())
            .findFirst()
            .orElse("");
    if (!digits.matches("[0-9]{1,9}")) {
      throw new MalformedException("a message of no usable length");
    }
    if (Integer.parseInt(digits) > MAX_BODY) {
      throw new TooLongException();
    }
    return Integer.parseInt(digits);
  }
}

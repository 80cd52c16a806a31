package dev.paddock.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A WebSocket client that sends the frames a test tells it to. */
final class RawWebSocket implements AutoCloseable {
  private static final byte[] MASK = {1, 2, 3, 4};

  private final RawConnection connection;
  private final String head;

  RawWebSocket(RawConnection connection, String target, String... headers) throws IOException {
    this.connection = connection.send(handshake(target, List.of(headers)));
    this.head = connection.readHead();
  }

  static String handshake(String target, List<String> headers) {
    StringBuilder text = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: x\r\n");
    text.append("Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n");
    text.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    headers.forEach(header -> text.append(header).append("\r\n"));
    return text.append("\r\n").toString();
  }

  String head() {
    return head;
  }

  RawWebSocket send(int kind, String text) throws IOException {
    return frame(true, kind, text.getBytes(StandardCharsets.UTF_8));
  }

  RawWebSocket frame(boolean last, int kind, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((last ? 0x80 : 0) | kind);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >>> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % 4]);
    }
    connection.send(frame.toByteArray());
    return this;
  }

  /** The next frame as its kind and its text. */
  String next() throws IOException {
    int kind = connection.read(1)[0] & 0x0f;
    return kind + " " + new String(payload(), StandardCharsets.UTF_8);
  }

  /** The next close frame as its code and its reason. */
  String nextClose() throws IOException {
    int kind = connection.read(1)[0] & 0x0f;
    byte[] payload = payload();
    if (kind != 8) {
      return nextClose();
    }
    int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    return code + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
  }

  private byte[] payload() throws IOException {
    int length = connection.read(1)[0] & 0x7f;
    if (length == 126) {
      byte[] two = connection.read(2);
      length = ((two[0] & 0xff) << 8) | (two[1] & 0xff);
    } else if (length == 127) {
      byte[] eight = connection.read(8);
      length = ((eight[5] & 0xff) << 16) | ((eight[6] & 0xff) << 8) | (eight[7] & 0xff);
    }
    return connection.read(length);
  }

  boolean isClosedByServer() throws IOException {
    return connection.isClosedByServer();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

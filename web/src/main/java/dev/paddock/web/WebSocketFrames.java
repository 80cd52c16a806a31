package dev.paddock.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.websocket.WsOpCode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** Writes the server's frames, one at a time. */
final class WebSocketFrames {
  /** Close code that stands for a close frame without a code; never sent. */
  static final int NO_CODE = 1005;

  private static final int MAX_REASON_BYTES = 123;

  private final DataWriter out;
  private final ReentrantLock lock = new ReentrantLock();

  WebSocketFrames(DataWriter out) {
    this.out = out;
  }

  void send(WsOpCode kind, byte[] payload) throws ClientGoneException {
    BufferData frame = BufferData.growing(payload.length + 10);
    frame.write(0x80 | kind.code());
    writeLength(frame, payload.length);
    frame.write(payload);
    lock.lock();
    try {
      out.writeNow(frame);
    } catch (UncheckedIOException e) {
      throw new ClientGoneException(e);
    } finally {
      lock.unlock();
    }
  }

  void sendClose(int code, String reason) throws ClientGoneException {
    send(WsOpCode.CLOSE, code == NO_CODE ? new byte[0] : closePayload(code, reason));
  }

  private static byte[] closePayload(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_REASON_BYTES);
    while (length < text.length && length > 0 && (text[length] & 0xc0) == 0x80) {
      length--;
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, length);
    return payload;
  }

  private static void writeLength(BufferData frame, int length) {
    if (length < 126) {
      frame.write(length);
    } else if (length < 1 << 16) {
      frame.write(126);
      frame.write(length >>> 8);
      frame.write(length & 0xff);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) length >>> shift) & 0xff);
      }
    }
  }
}

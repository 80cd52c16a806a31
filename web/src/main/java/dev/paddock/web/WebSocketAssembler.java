package dev.paddock.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a message together. Text is decoded as a whole, as characters may be split.
 */
final class WebSocketAssembler {
  private final int maxMessageBytes;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private @Nullable WsOpCode kind;

  WebSocketAssembler(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Takes a text, binary or continuation frame; answers the message that it completes. */
  Optional<Message> add(ClientWsFrame frame) {
    boolean continues = frame.opCode() == WsOpCode.CONTINUATION;
    if (continues == (kind == null)) {
      throw new WsCloseException("Unexpected continuation", WsCloseCodes.PROTOCOL_ERROR);
    }
    WsOpCode current = kind == null ? frame.opCode() : kind;
    byte[] payload = bytes(frame);
    if (parts.size() + payload.length > maxMessageBytes) {
      throw new WsCloseException("Message too long", WsCloseCodes.TOO_BIG);
    }
    parts.writeBytes(payload);
    if (!frame.fin()) {
      kind = current;
      return Optional.empty();
    }
    byte[] whole = parts.toByteArray();
    parts.reset();
    kind = null;
    return Optional.of(
        current == WsOpCode.TEXT ? new Message.Text(text(whole)) : new Message.Binary(whole));
  }

  static byte[] bytes(ClientWsFrame frame) {
    BufferData data = frame.payloadData();
    byte[] payload = new byte[data.available()];
    data.read(payload);
    return payload;
  }

  static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      WsCloseException failure =
          new WsCloseException("Text is not UTF-8", WsCloseCodes.NOT_CONSISTENT);
      failure.initCause(e);
      throw failure;
    }
  }
}

package dev.paddock.web;

import java.nio.charset.StandardCharsets;

/** A whole WebSocket message. */
public sealed interface Message {
  /** The payload, whatever its kind. */
  byte[] data();

  /** A text message. */
  record Text(String text) implements Message {
    @Override
    public byte[] data() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A binary message. */
  final class Binary implements Message {
    private final byte[] data;

    Binary(byte[] data) {
      this.data = data;
    }

    @Override
    public byte[] data() {
      return data;
    }
  }
}

package dev.paddock.engine.agent;

/** The kinds of frames, with their wire values, as docs/agent-protocol.md lists them. */
enum FrameKind {
  REQUEST(1),
  RESPONSE(2),
  STDIN(3),
  STDOUT(4),
  STDERR(5),
  DATA(6),
  END(7),
  CONTROL(8),
  EXIT(9);

  private final byte wire;

  FrameKind(int wire) {
    this.wire = (byte) wire;
  }

  byte wire() {
    return wire;
  }

  /** The kind behind a wire value. */
  static FrameKind of(byte wire) {
    for (FrameKind kind : values()) {
      if (kind.wire == wire) {
        return kind;
      }
    }
    throw new ProtocolViolation("an unknown kind of frame");
  }
}

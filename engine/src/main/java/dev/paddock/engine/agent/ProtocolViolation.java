package dev.paddock.engine.agent;

import java.io.Serial;

/** The agent said something that the protocol does not allow. Never leaves this package. */
final class ProtocolViolation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ProtocolViolation(String what) {
    super(what);
  }
}

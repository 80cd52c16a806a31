package dev.paddock.toolbox.pty;

import dev.paddock.web.Exchange;
import java.util.Arrays;
import java.util.List;

/** The WebSocket sub-protocol tokens by which clients say what they can do. */
final class PtyProtocols {
  private static final String EXIT_CONTROL = "X-Daytona-Pty-Exit-Control";

  private PtyProtocols() {}

  static List<String> offered(Exchange handshake) {
    String tokens = handshake.header("Sec-WebSocket-Protocol").orElse("");
    return Arrays.stream(tokens.split(",", -1)).map(String::strip).toList();
  }

  /** Whether the client wants the exit code in a message too, not in the close frame alone. */
  static boolean wantsExitMessage(Exchange handshake) {
    return offered(handshake).contains(EXIT_CONTROL);
  }
}

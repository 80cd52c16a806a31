package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.OutputEvent;
import java.util.Optional;

/** The text frames that the server puts between a terminal's bytes. */
record PtyControl(
    String type,
    String status,
    Optional<String> error,
    Optional<Integer> exitCode,
    Optional<String> exitReason) {
  static PtyControl connected() {
    return new PtyControl(
        "control", "connected", Optional.empty(), Optional.empty(), Optional.empty());
  }

  static PtyControl failed(String error) {
    return new PtyControl(
        "control", "error", Optional.of(error), Optional.empty(), Optional.empty());
  }

  static PtyControl exited(Exit exit) {
    return new PtyControl(
        "control", "exited", Optional.empty(), Optional.of(exit.exitCode()), exit.exitReason());
  }

  /** How a shell ended, which is also the reason in the close frame. */
  record Exit(int exitCode, Optional<String> exitReason) {
    static Exit of(OutputEvent.Exited end) {
      if (end.code() == 0) {
        return new Exit(0, Optional.empty());
      }
      String reason =
          end.signal() == 0 ? "exit status " + end.code() : "killed by signal " + end.signal();
      return new Exit(end.code(), Optional.of(reason));
    }
  }
}

package dev.paddock.engine.agent;

import dev.paddock.engine.agent.OutputEvent.Exited;
import dev.paddock.engine.agent.OutputEvent.Stderr;
import dev.paddock.engine.agent.OutputEvent.Stdout;
import dev.paddock.engine.agent.wire.Exit;

/** Reads the frames of a running command as events. */
final class OutputFrames {
  private final AgentConnection connection;

  OutputFrames(AgentConnection connection) {
    this.connection = connection;
  }

  OutputEvent next() {
    Frame frame = connection.requireFrame();
    return switch (frame.kind()) {
      case STDOUT -> new Stdout(frame.copy());
      case STDERR -> new Stderr(frame.copy());
      case EXIT -> exited(frame);
      default -> throw AgentErrors.violation(new ProtocolViolation("a frame out of place"));
    };
  }

  private static Exited exited(Frame frame) {
    try {
      Exit exit = frame.message(Exit.parser());
      return new Exited(
          exit.getCode(),
          exit.getSignal(),
          exit.getTimedOut(),
          exit.getStillRunning(),
          exit.getNextOffset());
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }
}

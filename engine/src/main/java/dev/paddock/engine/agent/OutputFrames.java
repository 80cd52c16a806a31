package dev.paddock.engine.agent;

import dev.paddock.engine.agent.OutputEvent.Exited;
import dev.paddock.engine.agent.OutputEvent.Stderr;
import dev.paddock.engine.agent.OutputEvent.Stdout;
import dev.paddock.engine.agent.wire.Exit;
import java.time.Duration;

/** Reads the frames of a running command as events. */
final class OutputFrames {
  private final AgentConnection connection;

  OutputFrames(AgentConnection connection) {
    this.connection = connection;
  }

  /** The next event, however long it takes. */
  OutputEvent next() {
    return event(connection.requireFrame());
  }

  /** The next event of output that is there already. */
  OutputEvent nextWithin(Duration idle) {
    return event(connection.requireFrame(idle));
  }

  private static OutputEvent event(Frame frame) {
    return switch (frame.kind()) {
      case STDOUT -> new Stdout(frame.copy());
      case STDERR -> new Stderr(frame.copy());
      case EXIT -> exited(frame);
      default -> throw AgentErrors.violation(new ProtocolViolation("a frame out of place"));
    };
  }

  private static Exited exited(Frame frame) {
    try {
      Exit exit = frame.message(Exit.getDescriptor(), Exit.parser());
      return new Exited(
          exit.getCode(),
          exit.getSignal(),
          exit.getTimedOut(),
          exit.getStillRunning(),
          Replies.count(exit.getNextOffset()));
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }
}

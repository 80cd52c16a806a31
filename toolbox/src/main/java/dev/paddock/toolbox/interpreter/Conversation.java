package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.toolbox.session.CharacterAligner;
import dev.paddock.web.ClientGoneException;
import dev.paddock.web.WebSocketConnection;
import java.nio.charset.StandardCharsets;

/**
 * Tells a client of its run: output as it comes, then an error if there was one, then that it is
 * over. A client that has gone is told nothing, but its run is seen to its end.
 */
final class Conversation {
  private static final int NORMAL = 1000;
  private static final int CLIENT_MISTAKE = 1008;
  private static final int SERVER_ERROR = 1011;
  private static final int TIMED_OUT = 4008;

  private final CharacterAligner aligner = new CharacterAligner();
  private final WebSocketConnection connection;
  private final RunContext context;
  private final RunRequest request;
  private final Run run;
  private final Interruption interruption;

  Conversation(
      WebSocketConnection connection,
      RunContext context,
      RunRequest request,
      Run run,
      Interruption interruption) {
    this.connection = connection;
    this.context = context;
    this.request = request;
    this.run = run;
    this.interruption = interruption;
  }

  void lead() {
    while (run.end().isEmpty()) {
      OutputEvent event;
      try {
        event = run.next();
      } catch (PaddockException lost) {
        if (!interruption.hasKilled()) {
          throw lost;
        }
        interruption.close();
        conclude();
        return;
      }
      if (run.hasBegun()) {
        interruption.begun(request.limit());
      }
      passOn(event);
      if (event instanceof OutputEvent.Exited end) {
        interruption.close();
        exited(end);
        return;
      }
    }
    interruption.close();
    ended(run.end().orElseThrow());
  }

  private void passOn(OutputEvent event) {
    for (OutputEvent aligned : aligner.align(event)) {
      switch (aligned) {
        case OutputEvent.Stdout(byte[] data) -> tell(RunFrame.stdout(text(data)));
        case OutputEvent.Stderr(byte[] data) -> tell(RunFrame.stderr(text(data)));
        case OutputEvent.Exited _ -> {
          // What still waited for the rest of its character came before.
        }
      }
    }
  }

  private void ended(RunEnd end) {
    if (interruption.reason().isPresent()) {
      conclude();
      return;
    }
    if (end.error() != null) {
      tell(end.error().frame());
    }
    tell(end.interrupted() ? RunFrame.interrupted() : RunFrame.completed());
    connection.close(NORMAL, "");
  }

  /** The interpreter has ended in the middle of the run. */
  private void exited(OutputEvent.Exited end) {
    if (interruption.reason().isPresent()) {
      conclude();
    } else if (context.isDeleted()) {
      connection.close(CLIENT_MISTAKE, "the context was deleted");
    } else {
      String how =
          end.signal() == 0 ? "with exit status " + end.code() : "by signal " + end.signal();
      tell(
          RunFrame.error(
              "InterpreterExited",
              "the interpreter ended " + how + "; its variables are lost",
              ""));
      tell(RunFrame.completed());
      connection.close(NORMAL, "");
    }
  }

  /** The run was ended before its time. */
  private void conclude() {
    if (interruption.hasKilled()) {
      context.restart();
    }
    switch (interruption.reason().orElseThrow()) {
      case TIMED_OUT -> connection.close(TIMED_OUT, "execution timed out");
      case DEAF ->
          connection.close(
              SERVER_ERROR,
              "the interpreter did not answer and was started anew; its variables are lost");
      case CLIENT_GONE -> {
        // Nobody listens.
      }
    }
  }

  private void tell(RunFrame frame) {
    try {
      connection.sendText(frame.json());
    } catch (ClientGoneException gone) {
      // The end of the connection interrupts the run.
      return;
    }
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }
}

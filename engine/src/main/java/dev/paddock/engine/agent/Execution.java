package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Control;
import dev.paddock.model.failure.UnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A command that this connection holds: one that runs in the foreground, or a pseudo terminal that
 * is being watched. Output is read by one thread; input may come from another.
 */
public final class Execution implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final AgentConnection connection;
  private final OutputFrames output;
  private final int pid;
  private final Consumer<AgentConnection> whenEnded;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile boolean hasEnded;

  /**
   * @param whenEnded what becomes of the connection after the last event
   */
  Execution(AgentConnection connection, int pid, Consumer<AgentConnection> whenEnded) {
    this.connection = connection;
    this.output = new OutputFrames(connection);
    this.pid = pid;
    this.whenEnded = whenEnded;
  }

  /** Its process id inside the sandbox. */
  public int pid() {
    return pid;
  }

  /** Blocks for the next event; {@link OutputEvent.Exited} is the last. */
  public OutputEvent next() {
    OutputEvent event = output.next();
    hasEnded = event instanceof OutputEvent.Exited;
    return event;
  }

  /**
   * Writes standard input; blocks while the command does not read. Input that comes after the
   * command's end is dropped: {@link #next} says how it ended.
   */
  public void writeInput(byte[] data) {
    if (data.length > 0) {
      give(FrameKind.STDIN, data);
    }
  }

  /** Closes standard input. */
  public void endInput() {
    give(FrameKind.END, NOTHING);
  }

  private void give(FrameKind kind, byte[] data) {
    try {
      connection.send(kind, data, 0, data.length);
    } catch (UnavailableException gone) {
      // The agent ends the connection with the command. If it was anything else, next() fails too.
    }
  }

  /** Sends a signal to the command's process group. */
  public void signal(int number) {
    connection.send(FrameKind.CONTROL, Control.newBuilder().setSignal(number).build());
  }

  /** Gives the pseudo terminal another size. */
  public void resize(TerminalSize size) {
    connection.send(FrameKind.CONTROL, Control.newBuilder().setResize(Requests.size(size)).build());
  }

  /** Disconnects: a command in the foreground is killed, a watched terminal goes on. */
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      // The connection may serve another operation by now.
      return;
    }
    if (hasEnded) {
      whenEnded.accept(connection);
    } else {
      connection.close();
    }
  }
}

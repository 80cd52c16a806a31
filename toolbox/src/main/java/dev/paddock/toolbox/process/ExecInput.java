package dev.paddock.toolbox.process;

import dev.paddock.engine.agent.Execution;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.web.Message;
import dev.paddock.web.WebSocketConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** Hands the client's frames to a running command until the connection ends. */
final class ExecInput implements Runnable {
  static final byte STDIN = 0;
  static final byte STDOUT = 1;
  static final byte STDERR = 2;

  private static final int MAX_INPUT = 64 * 1024;
  private static final int MAX_SIGNAL = 64;

  private final Execution execution;
  private final WebSocketConnection connection;

  ExecInput(Execution execution, WebSocketConnection connection) {
    this.execution = execution;
    this.connection = connection;
  }

  /** A binary frame of a stream. */
  static byte[] frame(byte stream, byte[] data) {
    byte[] frame = new byte[data.length + 1];
    frame[0] = stream;
    System.arraycopy(data, 0, frame, 1, data.length);
    return frame;
  }

  @Override
  public void run() {
    try {
      Optional<Message> message = connection.receive();
      while (message.isPresent()) {
        accept(message.get());
        message = connection.receive();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (PaddockException failure) {
      refuse(failure);
    }
  }

  private void refuse(PaddockException failure) {
    try {
      ExecSocket.fail(connection, failure);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void accept(Message message) {
    switch (message) {
      case Message.Binary binary -> write(binary.data());
      case Message.Text(String text) -> control(ExecFrame.parse(text));
    }
  }

  private void write(byte[] frame) {
    if (frame.length == 0 || frame[0] != STDIN || frame.length > MAX_INPUT + 1) {
      throw new InvalidException(
          "a binary frame is the byte 0 and at most 64 KiB of standard input");
    }
    execution.writeInput(Arrays.copyOfRange(frame, 1, frame.length));
  }

  private void control(ExecFrame frame) {
    switch (frame) {
      case ExecFrame.End _ -> execution.endInput();
      case ExecFrame.Signal(int signal) -> execution.signal(requireSignal(signal));
      case ExecFrame.Resize(int columns, int rows) ->
          execution.resize(TerminalLimits.require(columns, rows));
      default -> throw new InvalidException("a running command takes end, signal and resize");
    }
  }

  private static int requireSignal(int signal) {
    if (signal < 1 || signal > MAX_SIGNAL) {
      throw new InvalidException("a signal is a number from 1 to 64");
    }
    return signal;
  }
}

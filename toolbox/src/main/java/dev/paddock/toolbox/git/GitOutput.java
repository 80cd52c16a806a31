package dev.paddock.toolbox.git;

import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.InvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a run of git said and how it ended.
 *
 * @param code exit status, or 128 + signal
 * @param text standard output
 * @param complaint the beginning of standard error
 */
record GitOutput(int code, boolean timedOut, String text, String complaint) {
  /** What an answer may hold, in bytes. */
  private static final int TEXT_LIMIT = 32 << 20;

  private static final int COMPLAINT_LIMIT = 32 << 10;

  /**
   * Reads to the end.
   *
   * @throws InvalidException when it says too much to be answered at once
   */
  static GitOutput of(Execution execution) {
    var text = new ByteArrayOutputStream();
    var complaint = new ByteArrayOutputStream();
    while (true) {
      switch (execution.next()) {
        case OutputEvent.Stdout(byte[] data) -> {
          if (text.size() + data.length > TEXT_LIMIT) {
            throw new InvalidException(
                "git answered more than 32 MiB, which is too much at once;"
                    + " run git as a command, with its output in a file");
          }
          text.writeBytes(data);
        }
        case OutputEvent.Stderr(byte[] data) ->
            complaint.write(data, 0, Math.min(data.length, COMPLAINT_LIMIT - complaint.size()));
        case OutputEvent.Exited end -> {
          return new GitOutput(
              end.code(),
              end.timedOut(),
              text.toString(StandardCharsets.UTF_8),
              complaint.toString(StandardCharsets.UTF_8));
        }
      }
    }
  }

  boolean succeeded() {
    return code == 0;
  }

  /** The output as a line. */
  String line() {
    return text.strip();
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The fields of output in which each ends with a NUL character. */
  List<String> fields() {
    return text.isEmpty()
        ? List.of()
        : List.of(text.substring(0, text.length() - 1).split("\0", -1));
  }
}

package dev.paddock.toolbox.git;

import dev.paddock.engine.agent.Execution;
import dev.paddock.engine.agent.OutputEvent;
import dev.paddock.model.failure.InvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
  private static final int TEXT_LIMIT = 4 << 20;

  /** Lines or fields of an answer, each of which takes far more memory than its bytes. */
  private static final int PIECES_LIMIT = 100_000;

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
            throw tooMuch("4 MiB");
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

  /**
   * The output's lines.
   *
   * @throws InvalidException when there are too many to be answered at once
   */
  List<String> lines() {
    List<String> lines = text.lines().limit(PIECES_LIMIT + 1L).toList();
    if (lines.size() > PIECES_LIMIT) {
      throw tooMuch("100,000 lines");
    }
    return lines;
  }

  /**
   * The fields of output in which each ends with a NUL character.
   *
   * @throws InvalidException when there are too many to be answered at once
   */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', from)) {
      if (fields.size() == PIECES_LIMIT) {
        throw tooMuch("100,000 fields");
      }
      fields.add(text.substring(from, end));
      from = end + 1;
    }
    return fields;
  }

  private static InvalidException tooMuch(String limit) {
    return new InvalidException(
        "git answered more than "
            + limit
            + ", which is too much at once; run git as a command, with its output in a file");
  }

  /** What the sandbox's git answered is not what git answers. */
  static InvalidException unreadable(String subject) {
    return new InvalidException(
        "the sandbox's git answered no "
            + subject
            + " that can be read; look at which git the sandbox has, and at its configuration");
  }
}

package dev.paddock.toolbox.interpreter;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.web.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as the interpreter tells.
 *
 * @param interrupted whether it was told to stop
 * @param error what it raised, if anything
 */
record RunEnd(boolean interrupted, @Nullable Failure error) {
  record Failure(String name, String value, String traceback) {
    RunFrame frame() {
      return RunFrame.error(name, value, traceback);
    }
  }

  static RunEnd parse(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8), RunEnd.class);
    } catch (InvalidException forged) {
      return new RunEnd(
          false, new Failure("InterpreterError", "the interpreter did not say how it ended", ""));
    }
  }
}

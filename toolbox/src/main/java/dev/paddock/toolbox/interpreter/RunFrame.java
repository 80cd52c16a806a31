package dev.paddock.toolbox.interpreter;

import dev.paddock.web.Json;
import java.util.Optional;

/** A message to the client of a run. */
record RunFrame(
    String type,
    Optional<String> text,
    Optional<String> name,
    Optional<String> value,
    Optional<String> traceback) {
  static RunFrame stdout(String text) {
    return of("stdout", text);
  }

  static RunFrame stderr(String text) {
    return of("stderr", text);
  }

  static RunFrame completed() {
    return of("control", "completed");
  }

  static RunFrame interrupted() {
    return of("control", "interrupted");
  }

  static RunFrame error(String name, String value, String traceback) {
    return new RunFrame(
        "error", Optional.empty(), Optional.of(name), Optional.of(value), Optional.of(traceback));
  }

  private static RunFrame of(String type, String text) {
    return new RunFrame(
        type, Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The message as it is sent. */
  String json() {
    return Json.text(this);
  }
}

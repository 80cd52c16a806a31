package dev.paddock.toolbox.process;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.paddock.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text frames of streaming exec, as docs/streaming-exec.md describes them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExecFrame.Start.class, name = "start"),
  @JsonSubTypes.Type(value = ExecFrame.End.class, name = "end"),
  @JsonSubTypes.Type(value = ExecFrame.Signal.class, name = "signal"),
  @JsonSubTypes.Type(value = ExecFrame.Resize.class, name = "resize"),
  @JsonSubTypes.Type(value = ExecFrame.Started.class, name = "started"),
  @JsonSubTypes.Type(value = ExecFrame.Exit.class, name = "exit"),
  @JsonSubTypes.Type(value = ExecFrame.Failure.class, name = "error")
})
@JsonIgnoreProperties(ignoreUnknown = true)
sealed interface ExecFrame {
  record Start(
      @Nullable List<String> argv,
      @Nullable String command,
      @Nullable String cwd,
      @Nullable Map<String, String> env,
      @Nullable String user,
      @Nullable Boolean stdin,
      @Nullable Terminal terminal,
      @Nullable Integer timeout)
      implements ExecFrame {}

  record Terminal(int columns, int rows) {}

  record End() implements ExecFrame {}

  record Signal(int signal) implements ExecFrame {}

  record Resize(int columns, int rows) implements ExecFrame {}

  record Started(int pid) implements ExecFrame {}

  record Exit(int code, int signal, boolean timedOut) implements ExecFrame {}

  record Failure(int statusCode, String message) implements ExecFrame {}

  /**
   * Reads a frame.
   *
   * @throws dev.paddock.model.failure.InvalidException when it is none
   */
  static ExecFrame parse(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), ExecFrame.class);
  }

  /** The frame as text. */
  default String text() {
    return Json.text(this);
  }
}

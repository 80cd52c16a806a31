package dev.paddock.toolbox.interpreter;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.toolbox.process.Environment;
import dev.paddock.web.Json;
import dev.paddock.web.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a conversation.
 *
 * @param contextId none is the default context
 * @param envs variables that the code sees besides the sandbox's
 * @param timeout seconds; 0 is no limit, none is 10 minutes
 */
record RunRequest(
    String code,
    @Nullable String contextId,
    @Nullable Map<String, String> envs,
    @Nullable Double timeout) {
  /** Longest code, in characters: with its request it has to fit what the agent holds for it. */
  private static final int MOST_CODE = 1 << 20;

  private static final double DEFAULT_SECONDS = 600;
  private static final double MOST_SECONDS = 1e9;

  /**
   * Reads one.
   *
   * @throws InvalidException when it is none, naming what is wrong
   */
  static RunRequest parse(Message message) {
    if (!(message instanceof Message.Text(String text))) {
      throw new InvalidException("the first message must be a text");
    }
    RunRequest request = Json.read(text.getBytes(StandardCharsets.UTF_8), RunRequest.class);
    if (request.code().isBlank()) {
      throw new InvalidException("code is required");
    }
    if (request.code().length() > MOST_CODE) {
      throw new InvalidException("code is longer than 1 MiB; put it into a file and import that");
    }
    if (request.seconds() < 0) {
      throw new InvalidException("timeout must be 0 or more seconds");
    }
    Environment.require(request.envs());
    return request;
  }

  String context() {
    String id = Objects.requireNonNullElse(contextId, "");
    return id.isEmpty() ? Contexts.DEFAULT : id;
  }

  Map<String, String> variables() {
    return Environment.require(envs);
  }

  /** How long the code may run; zero is no limit. */
  Duration limit() {
    return Duration.ofMillis((long) Math.ceil(Math.min(seconds(), MOST_SECONDS) * 1000));
  }

  private double seconds() {
    return Objects.requireNonNullElse(timeout, DEFAULT_SECONDS);
  }
}

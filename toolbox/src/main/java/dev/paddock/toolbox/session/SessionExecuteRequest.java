package dev.paddock.toolbox.session;

import org.jspecify.annotations.Nullable;

/**
 * Asks a session to run a command.
 *
 * @param command shell text
 * @param runAsync whether to answer at once instead of at the command's end
 * @param async the older name of {@code runAsync}; either will do
 * @param suppressInputEcho accepted for compatibility: input is never echoed into the log
 */
public record SessionExecuteRequest(
    String command,
    @Nullable Boolean runAsync,
    @Nullable Boolean async,
    @Nullable Boolean suppressInputEcho) {
  boolean inBackground() {
    return Boolean.TRUE.equals(runAsync) || Boolean.TRUE.equals(async);
  }
}

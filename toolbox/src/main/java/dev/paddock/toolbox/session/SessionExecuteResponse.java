package dev.paddock.toolbox.session;

import java.util.Optional;

/**
 * What running a command in a session gave. All but the id is absent when it runs in the
 * background.
 *
 * @param cmdId names the command in later requests
 * @param exitCode its status
 * @param output both streams; with markers for clients from 0.27 on
 * @param stdout standard output, for clients from 0.167 on
 * @param stderr standard error, for clients from 0.167 on
 */
public record SessionExecuteResponse(
    String cmdId,
    Optional<Integer> exitCode,
    Optional<String> output,
    Optional<String> stdout,
    Optional<String> stderr) {
  static SessionExecuteResponse started(String commandId) {
    return new SessionExecuteResponse(
        commandId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}

package dev.paddock.toolbox.interpreter;

import dev.paddock.engine.agent.ProcessInfo;
import java.time.Instant;

/**
 * A context.
 *
 * @param cwd where it started
 * @param active whether its interpreter runs; one that has ended starts anew when it is used
 */
public record InterpreterContext(
    String id, String cwd, Instant createdAt, boolean active, String language) {
  static InterpreterContext of(ProcessInfo process) {
    return new InterpreterContext(
        Contexts.idOf(process),
        process.cwd(),
        process.createdAt(),
        process.running(),
        Contexts.LANGUAGE);
  }
}

package dev.paddock.toolbox.pty;

import dev.paddock.engine.agent.ProcessInfo;
import dev.paddock.engine.agent.TerminalSize;
import dev.paddock.toolbox.process.TerminalLimits;
import java.util.Map;

/**
 * A terminal as clients see it.
 *
 * @param id the id that its maker chose
 * @param cwd where its shell started
 * @param envs variables given at its making
 * @param cols width
 * @param rows height
 * @param createdAt RFC 3339
 * @param active whether its shell runs, or waits for the first viewer
 * @param lazyStart whether it was to wait for the first viewer
 */
public record PtySessionInfo(
    String id,
    String cwd,
    Map<String, String> envs,
    int cols,
    int rows,
    String createdAt,
    boolean active,
    boolean lazyStart) {
  public PtySessionInfo {
    envs = Map.copyOf(envs);
  }

  static PtySessionInfo of(ProcessInfo process) {
    TerminalSize size = process.size().orElse(TerminalLimits.DEFAULT);
    return new PtySessionInfo(
        process.id(),
        process.cwd(),
        process.env(),
        size.columns(),
        size.rows(),
        process.createdAt().toString(),
        process.running(),
        process.lazyStart());
  }
}

package dev.paddock.engine.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A background process, living or ended.
 *
 * @param exitCode valid when it does not run
 * @param terminal whether it has a pseudo terminal
 * @param outputBytes bytes of recorded output
 * @param lazyStart whether it waits for the first viewer
 */
public record ProcessInfo(
    String id,
    int pid,
    boolean running,
    int exitCode,
    boolean terminal,
    Optional<TerminalSize> size,
    String cwd,
    Map<String, String> env,
    Instant createdAt,
    long outputBytes,
    boolean lazyStart,
    String command) {}

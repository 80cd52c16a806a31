package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.host.PidFd;
import java.util.concurrent.CompletableFuture;

/**
 * A sandbox's life from one start to its end.
 *
 * @param record what is on disk about it
 * @param process its first process
 * @param ended completes when that process has ended
 * @param agent connections to it
 */
record RunningSandbox(
    RunRecord record, PidFd process, CompletableFuture<Void> ended, AgentConnections agent) {}

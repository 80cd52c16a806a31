package dev.paddock.engine.runtime;

import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.host.StartedProcess;

/**
 * A sandbox that was started.
 *
 * @param process its first process
 * @param slot number of the slot that it holds
 * @param agent connections to its agent
 */
public record Started(StartedProcess process, int slot, AgentConnections agent) {}

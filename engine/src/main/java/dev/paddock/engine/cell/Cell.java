package dev.paddock.engine.cell;

import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.cgroup.GroupLimits;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.slot.Slot;
import dev.paddock.model.Resources;
import java.util.List;

/**
 * All of a sandbox that does not depend on what it is for: processes of its own, ids, a network,
 * limits, and an agent that has answered. It has no files and nothing of a user.
 *
 * @param slot its ids and network
 * @param process its first process, the agent
 * @param agent connections to it
 * @param resources what it is limited to
 * @param groups its control groups, one for each parent
 */
public record Cell(
    Slot slot,
    StartedProcess process,
    AgentConnections agent,
    Resources resources,
    List<GroupLimits> groups) {}

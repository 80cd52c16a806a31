package dev.paddock.engine.agent;

/**
 * What an agent says of itself.
 *
 * @param version protocol version
 * @param bootId random for each run of the agent
 * @param configured whether it was configured since it started
 * @param workDir where commands run that name no directory
 * @param homeDir home of the sandbox's user
 */
public record AgentInfo(
    int version,
    String agentVersion,
    String bootId,
    boolean configured,
    String workDir,
    String homeDir) {}

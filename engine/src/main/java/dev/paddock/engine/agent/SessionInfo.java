package dev.paddock.engine.agent;

import java.util.List;

/** A session and its commands, in the order in which they were given. */
public record SessionInfo(String id, List<SessionCommand> commands) {}

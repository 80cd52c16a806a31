package dev.paddock.toolbox.process;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a command to be run to its end.
 *
 * @param command shell text
 * @param timeout seconds after which the command and all it started is killed; 0 or none is never
 * @param cwd directory; relative ones start at the work dir, which is also the default
 * @param envs variables added to the sandbox's
 */
public record ExecuteRequest(
    String command,
    @Nullable Integer timeout,
    @Nullable String cwd,
    @Nullable Map<String, String> envs) {}

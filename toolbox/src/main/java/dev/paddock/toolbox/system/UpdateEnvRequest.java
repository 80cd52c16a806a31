package dev.paddock.toolbox.system;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the environment of later commands, sessions and terminals.
 *
 * @param set variables by their names; set last
 * @param unset names to take away
 * @param unsetValuePrefix variables whose values begin so go as well, but for those in {@code set}
 */
public record UpdateEnvRequest(
    @Nullable Map<String, String> set,
    @Nullable List<String> unset,
    @Nullable String unsetValuePrefix) {}

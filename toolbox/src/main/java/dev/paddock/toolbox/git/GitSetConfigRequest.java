package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a setting to have a value.
 *
 * @param scope global (when absent), local or system
 * @param path the repository, for a local setting
 */
record GitSetConfigRequest(
    String key, String value, @Nullable String scope, @Nullable String path) {}

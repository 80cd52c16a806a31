package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/**
 * Says who makes commits.
 *
 * @param scope global (when absent), local or system
 * @param path the repository, for a local setting
 */
record GitConfigureUserRequest(
    String name, String email, @Nullable String scope, @Nullable String path) {}

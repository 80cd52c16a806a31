package dev.paddock.toolbox.git;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the current branch, the index or the work tree to go back to a commit.
 *
 * @param path the repository
 * @param mode soft, mixed, hard, merge or keep; mixed when absent
 * @param target the commit; HEAD when absent
 * @param files limits it to these, in the index only
 */
record GitResetRequest(
    String path, @Nullable String mode, @Nullable String target, @Nullable List<String> files) {}

package dev.paddock.toolbox.git;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new repository.
 *
 * @param path where; missing directories are made
 * @param bare whether it has no work tree
 * @param initialBranch name of its first branch; git's choice when absent
 */
record GitInitRequest(
    String path,
    @Nullable Boolean bare,
    @JsonProperty("initial_branch") @Nullable String initialBranch) {}

package dev.paddock.toolbox.git;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a commit of what is staged.
 *
 * @param path the repository
 * @param author name of who made the change, and of who commits it
 * @param email address of both
 * @param allowEmpty whether a commit without changes is wanted
 */
record GitCommitRequest(
    String path,
    String message,
    String author,
    String email,
    @JsonProperty("allow_empty") @Nullable Boolean allowEmpty) {}

package dev.paddock.toolbox.git;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for files to be as they were.
 *
 * @param path the repository
 * @param staged whether in the index
 * @param worktree whether in the work tree; so when neither is asked for
 * @param source the commit that they come from; the index or HEAD when absent
 */
record GitRestoreRequest(
    String path,
    List<String> files,
    @Nullable Boolean staged,
    @Nullable Boolean worktree,
    @Nullable String source) {}

package dev.paddock.toolbox.git;

import java.util.List;
import java.util.Optional;

/**
 * Where a repository stands.
 *
 * @param currentBranch its name, or {@code HEAD} on no branch
 * @param ahead commits that the remote's branch does not have
 * @param behind commits that only the remote's branch has
 * @param branchPublished whether the remote has a branch for it
 * @param detached whether HEAD is on no branch, for clients that know the field
 * @param upstream the remote's branch that it follows, for clients that know the field
 */
record GitStatus(
    String currentBranch,
    List<FileStatus> fileStatus,
    int ahead,
    int behind,
    boolean branchPublished,
    Optional<Boolean> detached,
    Optional<String> upstream) {}

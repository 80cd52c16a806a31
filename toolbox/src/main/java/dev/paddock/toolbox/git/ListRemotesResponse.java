package dev.paddock.toolbox.git;

import java.util.List;

/** The remotes of a repository. */
record ListRemotesResponse(List<GitRemote> remotes) {}

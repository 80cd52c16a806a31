package dev.paddock.toolbox.git;

import java.util.List;

/** The local branches by name. */
record ListBranchResponse(List<String> branches) {}

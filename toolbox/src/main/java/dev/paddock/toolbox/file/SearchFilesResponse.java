package dev.paddock.toolbox.file;

import java.util.List;

/** Files and directories, each by the requested path and the way from there. */
record SearchFilesResponse(List<String> files) {}

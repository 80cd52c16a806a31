package dev.paddock.toolbox.file;

import java.util.List;

/** Asks for several files; each is answered under the path as it stands here. */
public record FilesDownloadRequest(List<String> paths) {}

package dev.paddock.toolbox.git;

/** A remote and its address. */
record GitRemote(String name, String url) {}

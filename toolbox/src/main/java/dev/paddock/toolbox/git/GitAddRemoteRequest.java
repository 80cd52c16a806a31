package dev.paddock.toolbox.git;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a remote to be known by a name.
 *
 * @param path the repository
 * @param fetch whether its branches are fetched at once
 * @param overwrite whether a remote of that name may be there and gets another address
 */
record GitAddRemoteRequest(
    String path, String name, String url, @Nullable Boolean fetch, @Nullable Boolean overwrite) {}

package dev.paddock.toolbox.git;

import java.util.List;

/**
 * Asks for changes to be staged.
 *
 * @param path the repository
 * @param files in it, each as it is called; {@code .} means all
 */
record GitAddRequest(String path, List<String> files) {}

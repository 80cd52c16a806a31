package dev.paddock.toolbox.file;

import java.util.List;

/**
 * Asks for a text to be replaced wherever it stands in some files.
 *
 * @param pattern the text, taken as it is
 * @param newValue what comes in its place
 */
record ReplaceRequest(List<String> files, String pattern, String newValue) {}

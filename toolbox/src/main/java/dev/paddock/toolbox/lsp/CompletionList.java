package dev.paddock.toolbox.lsp;

import java.util.List;

/**
 * Everything that could stand at a place.
 *
 * @param isIncomplete whether more typing would bring others
 */
record CompletionList(boolean isIncomplete, List<CompletionItem> items) {}

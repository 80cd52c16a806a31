package dev.paddock.toolbox.lsp;

import org.jspecify.annotations.Nullable;

/** Asks what could stand at a place. */
record LspCompletionParams(
    String languageId,
    String pathToProject,
    String uri,
    LspPosition position,
    @Nullable CompletionContext context) {}

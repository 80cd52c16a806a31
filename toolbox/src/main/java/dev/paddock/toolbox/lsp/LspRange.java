package dev.paddock.toolbox.lsp;

/** From a place up to another one. */
record LspRange(LspPosition start, LspPosition end) {}

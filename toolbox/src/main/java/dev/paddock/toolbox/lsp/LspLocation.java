package dev.paddock.toolbox.lsp;

/** A range of a document. */
record LspLocation(String uri, LspRange range) {}

package dev.paddock.toolbox.lsp;

/** A place in a document; both count from 0, characters in UTF-16. */
record LspPosition(int line, int character) {}

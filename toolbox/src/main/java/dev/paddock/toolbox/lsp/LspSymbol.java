package dev.paddock.toolbox.lsp;

/**
 * Something that a document defines.
 *
 * @param kind by the protocol's numbers, such as 5 for a class and 12 for a function
 */
record LspSymbol(String name, int kind, LspLocation location) {}

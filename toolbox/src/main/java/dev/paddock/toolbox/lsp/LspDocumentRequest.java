package dev.paddock.toolbox.lsp;

/**
 * Names a document of a language server.
 *
 * @param uri {@code file://} and its path
 */
record LspDocumentRequest(String languageId, String pathToProject, String uri) {}

package dev.paddock.toolbox.lsp;

/**
 * Names a language server.
 *
 * @param languageId python, typescript or javascript
 * @param pathToProject the directory that it knows about
 */
record LspServerRequest(String languageId, String pathToProject) {}

package dev.paddock.toolbox.lsp;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What could stand at a place.
 *
 * @param documentation a text, or an object with its kind and value
 */
record CompletionItem(
    String label,
    Optional<Integer> kind,
    Optional<String> detail,
    Optional<JsonNode> documentation,
    Optional<String> sortText,
    Optional<String> filterText,
    Optional<String> insertText) {}

package dev.paddock.toolbox.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the completions that a language server answers, as a list or within an object. */
final class Completions {
  private Completions() {}

  static CompletionList of(JsonNode answer) {
    List<CompletionItem> items = new ArrayList<>();
    JsonNode found = answer.isArray() ? answer : answer.path("items");
    found.forEach(item -> items.add(item(item)));
    return new CompletionList(answer.path("isIncomplete").asBoolean(false), items);
  }

  private static CompletionItem item(JsonNode item) {
    return new CompletionItem(
        item.path("label").asString(""),
        Optional.of(item.path("kind")).filter(JsonNode::isInt).map(JsonNode::asInt),
        text(item, "detail"),
        Optional.of(item.path("documentation")).filter(doc -> doc.isString() || doc.isObject()),
        text(item, "sortText"),
        text(item, "filterText"),
        text(item, "insertText").or(() -> text(item.path("textEdit"), "newText")));
  }

  private static Optional<String> text(JsonNode item, String field) {
    return Optional.of(item.path(field)).filter(JsonNode::isString).map(JsonNode::asString);
  }
}

package dev.paddock.toolbox.lsp;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the symbols that a language server answers, flat or as a tree. */
final class Symbols {
  /** Levels of a tree that are followed. */
  private static final int MAX_DEPTH = 100;

  private Symbols() {}

  /**
   * The symbols; a tree's in the order of the document.
   *
   * @param uri of the document that was asked about, for symbols that do not name theirs
   */
  static List<LspSymbol> of(JsonNode answer, String uri) {
    List<LspSymbol> symbols = new ArrayList<>();
    answer.forEach(symbol -> add(symbol, uri, symbols, 0));
    return symbols;
  }

  private static void add(JsonNode symbol, String uri, List<LspSymbol> symbols, int depth) {
    JsonNode location = symbol.path("location");
    JsonNode range = location.isMissingNode() ? symbol.path("range") : location.path("range");
    symbols.add(
        new LspSymbol(
            symbol.path("name").asString(""),
            symbol.path("kind").asInt(0),
            new LspLocation(location.path("uri").asString(uri), range(range))));
    if (depth < MAX_DEPTH) {
      symbol.path("children").forEach(child -> add(child, uri, symbols, depth + 1));
    }
  }

  private static LspRange range(JsonNode range) {
    return new LspRange(position(range.path("start")), position(range.path("end")));
  }

  private static LspPosition position(JsonNode position) {
    return new LspPosition(position.path("line").asInt(0), position.path("character").asInt(0));
  }
}

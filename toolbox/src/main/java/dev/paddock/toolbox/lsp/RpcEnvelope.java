package dev.paddock.toolbox.lsp;

import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who a message is for, read without keeping anything of what it says.
 *
 * @param hasMethod whether it asks or tells, rather than answers
 * @param hasId whether it asks for an answer, or is one
 * @param id its number, when it has one that is a number
 */
record RpcEnvelope(boolean hasMethod, boolean hasId, OptionalLong id) {
  /**
   * Reads a message.
   *
   * @throws JacksonException when it is no JSON, or says more than may be
   */
  static RpcEnvelope of(JsonMapper json, byte[] body) {
    boolean hasMethod = false;
    boolean hasId = false;
    OptionalLong id = OptionalLong.empty();
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return new RpcEnvelope(false, false, id);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("method")) {
          hasMethod = true;
        } else if (name.equals("id")) {
          hasId = true;
          id = value == JsonToken.VALUE_NUMBER_INT ? number(parser) : OptionalLong.empty();
        }
        parser.skipChildren();
      }
    }
    return new RpcEnvelope(hasMethod, hasId, id);
  }

  private static OptionalLong number(JsonParser parser) {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? OptionalLong.empty()
        : OptionalLong.of(parser.getLongValue());
  }
}

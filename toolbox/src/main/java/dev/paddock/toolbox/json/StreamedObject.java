package dev.paddock.toolbox.json;

import dev.paddock.web.Answer;
import dev.paddock.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object that is written straight to the client. A text is read from its stream while it is
 * written; bytes that are no UTF-8 become replacement characters.
 */
public final class StreamedObject {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final List<Field> fields = new ArrayList<>();

  /** Where a text comes from; opened when its turn comes and closed after. */
  @FunctionalInterface
  public interface Text {
    /** The text as bytes of UTF-8. */
    InputStream open() throws IOException;
  }

  @FunctionalInterface
  private interface Field {
    void write(JsonGenerator json) throws IOException;
  }

  /** Adds a short text. */
  public StreamedObject with(String name, String value) {
    fields.add(json -> json.writeStringProperty(name, value));
    return this;
  }

  /** Adds a number. */
  public StreamedObject with(String name, int value) {
    fields.add(json -> json.writeNumberProperty(name, value));
    return this;
  }

  /** Adds any other value. */
  public StreamedObject withJson(String name, Object value) {
    fields.add(json -> {
      json.writeName(name);
      json.writeRawValue(Json.text(value));
    });
    return this;
  }

  /** Adds a text of any length. */
  public StreamedObject with(String name, Text value) {
    fields.add(json -> {
      json.writeName(name);
      try (InputStream bytes = value.open();
          var reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
        json.writeString(reader, -1);
      }
    });
    return this;
  }

  /** The object as an answer. */
  public Answer answer(int status) {
    return Answer.stream(status, "application/json", OptionalLong.empty(), this::writeTo);
  }

  /** Writes the object and leaves the stream open. */
  public void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      for (Field field : fields) {
        field.write(json);
      }
      json.writeEndObject();
    }
  }
}

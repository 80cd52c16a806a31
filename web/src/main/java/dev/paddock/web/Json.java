package dev.paddock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * The interface's JSON. A record's {@code Optional} component is left out when it is empty; any
 * other component is always there, {@code null} included. Instants have three decimals. Reading
 * ignores unknown fields, turns no type into another, and ends at {@link JsonLimits}.
 */
public final class Json {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  /** {@code value} as UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** {@code value} as text. */
  public static String text(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Reads a record.
   *
   * @throws dev.paddock.model.failure.InvalidException naming the field that is missing or wrong
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      RequiredFields.check(type, value);
      return value;
    } catch (JacksonException e) {
      throw JsonMistakes.explain(e);
    }
  }

  /** The key under which a record's component is written. */
  static String nameOf(RecordComponent component) {
    JsonProperty chosen = component.getAccessor().getAnnotation(JsonProperty.class);
    return chosen == null || chosen.value().isEmpty() ? component.getName() : chosen.value();
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder(JsonLimits.factory())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addSerializer(new InstantSerializer()));
    for (Class<?> absent : List.of(Optional.class, OptionalInt.class, OptionalLong.class)) {
      builder.withConfigOverride(
          absent,
          override ->
              override.setInclude(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)));
    }
    refuse(builder, LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float);
    refuse(builder, LogicalType.Textual, CoercionInputShape.Boolean);
    refuse(builder, LogicalType.Integer, CoercionInputShape.String, CoercionInputShape.Float);
    refuse(builder, LogicalType.Integer, CoercionInputShape.Boolean);
    refuse(builder, LogicalType.Float, CoercionInputShape.String, CoercionInputShape.Boolean);
    refuse(builder, LogicalType.Boolean, CoercionInputShape.String, CoercionInputShape.Integer);
    refuse(builder, LogicalType.Enum, CoercionInputShape.Integer);
    return builder.build();
  }

  private static void refuse(
      JsonMapper.Builder builder, LogicalType target, CoercionInputShape... shapes) {
    builder.withCoercionConfig(
        target,
        config -> {
          for (CoercionInputShape shape : shapes) {
            config.setCoercion(shape, CoercionAction.Fail);
          }
          config.setCoercion(
              CoercionInputShape.EmptyString,
              target == LogicalType.Textual ? CoercionAction.TryConvert : CoercionAction.Fail);
        });
  }

  private static final class InstantSerializer extends StdSerializer<Instant> {
    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(MILLISECONDS.format(value));
    }
  }
}

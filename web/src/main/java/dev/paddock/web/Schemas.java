package dev.paddock.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** OpenAPI schemas of the records that routes read and answer, each under its simple name. */
final class Schemas {
  private final Map<String, Object> named = new TreeMap<>();

  /** All schemas that were referred to so far. */
  Map<String, Object> named() {
    return named;
  }

  /** The schema of a type; a record's is a reference. */
  Map<String, Object> of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> ofGeneric(generic);
      case Class<?> plain when plain.isArray() -> array(of(plain.getComponentType()));
      case Class<?> plain when plain.isRecord() -> reference(plain);
      case Class<?> plain when plain.isEnum() -> ofEnum(plain);
      case Class<?> plain -> ofScalar(plain);
      default -> Map.of();
    };
  }

  private Map<String, Object> ofGeneric(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return of(arguments[0]);
    }
    if (type.getRawType() == Map.class) {
      return Map.of("type", "object", "additionalProperties", of(arguments[1]));
    }
    return array(of(arguments[0]));
  }

  private static Map<String, Object> array(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  private static Map<String, Object> ofEnum(Class<?> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    return Map.of("type", "string", "enum", words);
  }

  private static Map<String, Object> ofScalar(Class<?> type) {
    if (type == Instant.class) {
      return Map.of("type", "string", "format", "date-time");
    }
    return switch (type.getSimpleName()) {
      case "String" -> Map.of("type", "string");
      case "int", "Integer", "long", "Long", "OptionalInt", "OptionalLong" ->
          Map.of("type", "integer");
      case "double", "Double" -> Map.of("type", "number");
      case "boolean", "Boolean" -> Map.of("type", "boolean");
      default -> Map.of();
    };
  }

  private Map<String, Object> reference(Class<?> record) {
    String name = record.getSimpleName();
    if (!named.containsKey(name)) {
      // Before the components are looked at, as they may refer back to it.
      named.put(name, Map.of());
      named.put(name, ofRecord(record));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  private Map<String, Object> ofRecord(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String name = Json.nameOf(component);
      properties.put(name, ofComponent(component));
      if (!RequiredFields.isOptional(component.getType())) {
        required.add(name);
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private Map<String, Object> ofComponent(RecordComponent component) {
    Map<String, Object> schema = of(component.getGenericType());
    if (!RequiredFields.isNullable(component)) {
      return schema;
    }
    Map<String, Object> nullable = new LinkedHashMap<>(schema);
    nullable.put("nullable", true);
    return nullable;
  }
}

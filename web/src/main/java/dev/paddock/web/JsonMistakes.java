package dev.paddock.web;

import dev.paddock.model.failure.InvalidException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says in a person's words what is wrong with a JSON body. */
final class JsonMistakes {
  private JsonMistakes() {}

  static InvalidException explain(JacksonException failure) {
    if (JsonLimits.passed(failure)) {
      return new InvalidException(
          "The request body says too much at once: more than "
              + JsonLimits.TOKENS
              + " names, values and brackets, or more than fits into one of them",
          failure);
    }
    String field = field(failure);
    if (failure instanceof InputCoercionException) {
      return new InvalidException(field + " is out of range", failure);
    }
    if (failure instanceof MismatchedInputException mismatch && !isTrailing(failure)) {
      return new InvalidException(
          field + " must be " + expected(mismatch.getTargetType()), failure);
    }
    if (failure instanceof DatabindException && !isTrailing(failure)) {
      return new InvalidException(field + " is not valid", failure);
    }
    return new InvalidException("The request body is not valid JSON" + place(failure), failure);
  }

  private static boolean isTrailing(JacksonException failure) {
    return failure.getOriginalMessage().startsWith("Trailing token");
  }

  private static String field(JacksonException failure) {
    StringBuilder name = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      if (step.getPropertyName() == null) {
        name.append('[').append(step.getIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return name.isEmpty() ? "The request body" : name.toString();
  }

  private static String place(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a date and time like 2026-01-31T12:00:00Z";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    return switch (type.getSimpleName()) {
      case "String" -> "a string";
      case "int", "Integer", "long", "Long", "OptionalInt", "OptionalLong" -> "an integer";
      case "double", "Double", "float", "Float", "BigDecimal" -> "a number";
      case "boolean", "Boolean" -> "a boolean";
      default -> "an object";
    };
  }
}

package dev.paddock.api.request;

import dev.paddock.model.PageRequest;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.web.Exchange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Query parameters as the types they stand for; what is none is a 400 that names the parameter. */
public final class Query {
  private final Exchange exchange;

  public Query(Exchange exchange) {
    this.exchange = exchange;
  }

  /** A text that is not empty. */
  public Optional<String> text(String name) {
    return exchange.query(name).filter(value -> !value.isEmpty());
  }

  /** A whole number. */
  public OptionalInt integer(String name) {
    Optional<String> value = text(name);
    try {
      return value.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(value.orElseThrow()));
    } catch (NumberFormatException e) {
      throw new InvalidException(name + " must be an integer number", e);
    }
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> bool(String name) {
    return text(name)
        .map(value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new InvalidException(name + " must be true or false");
            });
  }

  /** A time in ISO 8601. */
  public Optional<Instant> time(String name) {
    try {
      return text(name).map(value -> OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidException(name + " must be a time such as 2026-01-31T12:00:00Z", e);
    }
  }

  /** All values of a parameter that may be repeated or hold a comma-separated list. */
  public Set<String> set(String name) {
    return exchange.queryAll(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** {@code page} and {@code limit}. */
  public PageRequest page() {
    return new PageRequest(
        integer("page").orElse(1), integer("limit").orElse(PageRequest.DEFAULT_LIMIT));
  }

  /** A whole number in the path. */
  public static int pathInteger(Exchange exchange, String name) {
    try {
      return Integer.parseInt(exchange.pathParam(name));
    } catch (NumberFormatException e) {
      throw new InvalidException(name + " must be an integer number", e);
    }
  }

  /** {@code true} or {@code false} in the path. */
  public static boolean pathBool(Exchange exchange, String name) {
    return switch (exchange.pathParam(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidException(name + " must be true or false");
    };
  }
}

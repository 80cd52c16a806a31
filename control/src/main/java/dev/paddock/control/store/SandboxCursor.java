package dev.paddock.control.store;

import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxSort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a listing goes on: after the sandbox of this sort value and id.
 *
 * @param sort the order it belongs to
 * @param id of the last sandbox shown
 * @param value of the last sandbox shown, in the sorted column, as text
 */
record SandboxCursor(SandboxSort sort, SandboxId id, String value) {
  private static final int PARTS = 4;

  static SandboxCursor after(Sandbox sandbox, SandboxSort sort) {
    String value =
        switch (sort.field()) {
          case NAME -> sandbox.name();
          case CPU -> Integer.toString(sandbox.resources().cpu());
          case MEMORY_GIB -> Integer.toString(sandbox.resources().memoryGib());
          case DISK_GIB -> Integer.toString(sandbox.resources().diskGib());
          case LAST_ACTIVITY_AT -> sandbox.times().lastActivityAt().toString();
          case CREATED_AT -> sandbox.times().createdAt().toString();
        };
    return new SandboxCursor(sort, sandbox.id(), value);
  }

  static String column(SandboxSort.Field field) {
    return switch (field) {
      case NAME -> "name";
      case CPU -> "cpu";
      case MEMORY_GIB -> "memory_gib";
      case DISK_GIB -> "disk_gib";
      case LAST_ACTIVITY_AT -> "last_activity_at";
      case CREATED_AT -> "created_at";
    };
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws InvalidException when it did not, or for another order
   */
  static SandboxCursor decode(String text, SandboxSort sort) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = plain.split(":", PARTS);
      if (parts.length == PARTS
          && parts[0].equals(sort.field().name())
          && parts[1].equals(direction(sort))) {
        SandboxCursor cursor = new SandboxCursor(sort, new SandboxId(parts[2]), parts[3]);
        cursor.typedValue();
        return cursor;
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new InvalidException("Invalid cursor", e);
    }
    throw new InvalidException("Invalid cursor: it belongs to another sort order");
  }

  String encode() {
    String plain = String.join(":", sort.field().name(), direction(sort), id.value(), value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  void restrict(SandboxConditions conditions) {
    String comparison = sort.ascending() ? " > " : " < ";
    conditions.add(
        "(" + column(sort.field()) + ", id)" + comparison + "(:cursorValue, :cursorId)",
        query ->
            query.bind("cursorValue", typedValue()).bind("cursorId", UUID.fromString(id.value())));
  }

  private Object typedValue() {
    return switch (sort.field()) {
      case NAME -> value;
      case CPU, MEMORY_GIB, DISK_GIB -> Integer.valueOf(value);
      case LAST_ACTIVITY_AT, CREATED_AT -> Instant.parse(value).atOffset(ZoneOffset.UTC);
    };
  }

  private static String direction(SandboxSort sort) {
    return sort.ascending() ? "asc" : "desc";
  }
}

package dev.paddock.control.store;

import dev.paddock.model.Resources;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How columns become values. */
final class Columns {
  private Columns() {}

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) array(row, column));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Resources resources(ResultSet row) throws SQLException {
    return new Resources(row.getInt("cpu"), row.getInt("memory_gib"), row.getInt("disk_gib"));
  }

  /** A map that was selected as an array of two-element arrays. */
  static Map<String, String> pairs(ResultSet row, String column) throws SQLException {
    Map<String, String> pairs = new LinkedHashMap<>();
    // An empty array has one dimension, whatever the type of its elements.
    if (array(row, column) instanceof String[][] elements) {
      for (String[] pair : elements) {
        pairs.put(pair[0], pair[1]);
      }
    }
    return pairs;
  }

  private static Object array(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    try {
      return array.getArray();
    } finally {
      array.free();
    }
  }
}

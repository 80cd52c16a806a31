package dev.paddock.control.store;

import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxFilter.IntRange;
import dev.paddock.model.sandbox.SandboxFilter.TimeRange;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;

/** A filter as SQL. All values are bound; only fixed text is joined. */
final class SandboxConditions {
  private final List<String> clauses = new ArrayList<>();
  private final List<UnaryOperator<Query>> bindings = new ArrayList<>();

  private SandboxConditions() {}

  static SandboxConditions of(String organizationId, SandboxFilter filter) {
    SandboxConditions conditions = new SandboxConditions();
    UUID organization = UUID.fromString(organizationId);
    conditions.add(
        "organization_id = :organization", query -> query.bind("organization", organization));
    filter
        .idPrefix()
        .ifPresent(prefix ->
            conditions.add(
                "starts_with(id::text, :idPrefix)", query -> query.bind("idPrefix", prefix)));
    filter
        .namePrefix()
        .ifPresent(prefix ->
            conditions.add(
                "starts_with(name, :namePrefix)", query -> query.bind("namePrefix", prefix)));
    if (!filter.labels().isEmpty()) {
      conditions.labels(filter);
    }
    conditions.oneOf("state", filter.states());
    conditions.oneOf("snapshot", filter.snapshots());
    conditions.oneOf("region", filter.regions());
    conditions.range("cpu", filter.cpu());
    conditions.range("memory_gib", filter.memoryGib());
    conditions.range("disk_gib", filter.diskGib());
    filter
        .isPublic()
        .ifPresent(wanted ->
            conditions.add("is_public = :isPublic", query -> query.bind("isPublic", wanted)));
    conditions.range("created_at", filter.created());
    conditions.range("last_activity_at", filter.lastActivity());
    return conditions;
  }

  void add(String clause, UnaryOperator<Query> binding) {
    clauses.add(clause);
    bindings.add(binding);
  }

  String sql() {
    return String.join(" AND ", clauses);
  }

  Query bind(Query query) {
    Query bound = query;
    for (UnaryOperator<Query> binding : bindings) {
      bound = binding.apply(bound);
    }
    return bound;
  }

  private void labels(SandboxFilter filter) {
    List<String> keys = List.copyOf(filter.labels().keySet());
    List<String> values = keys.stream().map(key -> filter.labels().getOrDefault(key, "")).toList();
    add(
        "labels @> jsonb_object(:labelKeys, :labelValues)",
        query ->
            query
                .bindArray("labelKeys", String.class, keys)
                .bindArray("labelValues", String.class, values));
  }

  private void oneOf(String column, Collection<String> values) {
    if (!values.isEmpty()) {
      String name = column + "_any";
      add(
          column + " = ANY (:" + name + ")",
          query -> query.bindArray(name, String.class, List.copyOf(values)));
    }
  }

  private void range(String column, IntRange range) {
    String min = column + "_min";
    String max = column + "_max";
    range.min().ifPresent(n -> add(column + " >= :" + min, query -> query.bind(min, n)));
    range.max().ifPresent(n -> add(column + " <= :" + max, query -> query.bind(max, n)));
  }

  private void range(String column, TimeRange range) {
    String after = column + "_after";
    String before = column + "_before";
    range
        .after()
        .map(time -> time.atOffset(ZoneOffset.UTC))
        .ifPresent(time -> bound(column + " > :" + after, after, time));
    range
        .before()
        .map(time -> time.atOffset(ZoneOffset.UTC))
        .ifPresent(time -> bound(column + " < :" + before, before, time));
  }

  private void bound(String clause, String name, OffsetDateTime time) {
    add(clause, query -> query.bind(name, time));
  }
}

package dev.paddock.api.sandbox;

import dev.paddock.api.request.Labels;
import dev.paddock.api.request.Query;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxFilter.IntRange;
import dev.paddock.model.sandbox.SandboxFilter.TimeRange;
import dev.paddock.model.sandbox.SandboxSort;
import dev.paddock.model.sandbox.SandboxSort.Field;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import java.util.Map;
import java.util.Set;

/** The conditions and orders that listings take, from the query. */
final class SandboxQueries {
  private static final Map<String, Field> FIELDS =
      Map.of(
          "name", Field.NAME,
          "cpu", Field.CPU,
          "memoryGib", Field.MEMORY_GIB,
          "diskGib", Field.DISK_GIB,
          "lastActivityAt", Field.LAST_ACTIVITY_AT,
          "createdAt", Field.CREATED_AT);

  private SandboxQueries() {}

  static Operation describe(Operation operation) {
    return operation
        .query("limit", Integer.class, "Items at most, 1 to 200")
        .query("id", String.class, "How the id begins")
        .query("name", String.class, "How the name begins")
        .query("labels", String.class, "JSON object; its pairs must be among the labels")
        .queryList("states", String.class, "States")
        .queryList("snapshots", String.class, "Names of snapshots")
        .query("isPublic", Boolean.class, "Whether previews need no credentials")
        .query("minCpu", Integer.class, "Virtual CPUs at least")
        .query("maxCpu", Integer.class, "Virtual CPUs at most")
        .query("minMemoryGiB", Integer.class, "GiB of memory at least")
        .query("maxMemoryGiB", Integer.class, "GiB of memory at most")
        .query("minDiskGiB", Integer.class, "GiB of disk at least")
        .query("maxDiskGiB", Integer.class, "GiB of disk at most")
        .query("createdAtAfter", String.class, "Created after this time")
        .query("createdAtBefore", String.class, "Created before this time")
        .query("lastEventAfter", String.class, "Last used after this time")
        .query("lastEventBefore", String.class, "Last used before this time")
        .query("sort", String.class, "name, cpu, memoryGib, diskGib, lastActivityAt or createdAt")
        .query("order", String.class, "asc or desc");
  }

  static SandboxFilter filter(Exchange exchange) {
    Query query = new Query(exchange);
    return new SandboxFilter(
        query.text("id"),
        query.text("name"),
        query.text("labels").map(Labels::parse).orElse(Map.of()),
        query.set("states"),
        query.set("snapshots"),
        regions(query),
        new IntRange(query.integer("minCpu"), query.integer("maxCpu")),
        new IntRange(query.integer("minMemoryGiB"), query.integer("maxMemoryGiB")),
        new IntRange(query.integer("minDiskGiB"), query.integer("maxDiskGiB")),
        query.bool("isPublic"),
        new TimeRange(query.time("createdAtAfter"), query.time("createdAtBefore")),
        new TimeRange(query.time("lastEventAfter"), query.time("lastEventBefore")));
  }

  /** The page listing calls them regions, the cursor listing regionIds. */
  private static Set<String> regions(Query query) {
    Set<String> ids = query.set("regionIds");
    return ids.isEmpty() ? query.set("regions") : ids;
  }

  static SandboxSort sort(Exchange exchange) {
    Query query = new Query(exchange);
    Field field =
        query
            .text("sort")
            .map(name -> {
              Field known = FIELDS.get(name);
              if (known == null) {
                throw new InvalidException("sort cannot be " + name);
              }
              return known;
            })
            .orElse(SandboxSort.DEFAULT.field());
    return new SandboxSort(field, ascending(query));
  }

  private static boolean ascending(Query query) {
    return switch (query.text("order").orElse("desc")) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new InvalidException("order must be asc or desc");
    };
  }
}

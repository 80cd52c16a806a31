package dev.paddock.api.snapshot;

import dev.paddock.api.request.Callers;
import dev.paddock.api.request.LogAnswer;
import dev.paddock.api.request.Query;
import dev.paddock.api.sandbox.UrlDto;
import dev.paddock.control.snapshot.Snapshots;
import dev.paddock.model.Page;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.web.Answer;
import dev.paddock.web.Exchange;
import dev.paddock.web.Operation;
import dev.paddock.web.Route;
import java.util.List;

/** What sandboxes are made from. */
public final class SnapshotRoutes {
  private static final String TAG = "snapshots";
  private static final String ONE = "/snapshots/{id}";

  private final Snapshots snapshots;
  private final String apiUrl;

  /**
   * @param apiUrl base of this API as clients reach it
   */
  public SnapshotRoutes(Snapshots snapshots, String apiUrl) {
    this.snapshots = snapshots;
    this.apiUrl = apiUrl;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/snapshots",
            Operation.of("getAllSnapshots", TAG, "List snapshots")
                .query("page", Integer.class, "From 1")
                .query("limit", Integer.class, "Items at most, 1 to 200")
                .query("name", String.class, "Part of the name")
                .answers(200, SnapshotPageDto.class),
            this::list),
        Route.post(
            "/snapshots",
            Operation.of("createSnapshot", TAG, "Make a snapshot from an image or a Dockerfile")
                .reads(CreateSnapshotDto.class)
                .answers(200, SnapshotDto.class),
            this::create),
        Route.get(
            ONE,
            Operation.of("getSnapshot", TAG, "Get a snapshot by id or name")
                .answers(200, SnapshotDto.class),
            this::get),
        Route.delete(
            ONE,
            Operation.of("removeSnapshot", TAG, "Delete a snapshot").answersNothing(200),
            this::delete),
        Route.get(
            ONE + "/build-logs-url",
            Operation.of("getSnapshotBuildLogsUrl", TAG, "Where the build log is read")
                .answers(200, UrlDto.class),
            this::buildLogUrl),
        Route.get(
            ONE + "/build-logs",
            Operation.of("getSnapshotBuildLogs", TAG, "The build log")
                .query("follow", Boolean.class, "Go on until the build ends")
                .answersMedia(200, "text/plain"),
            this::buildLog));
  }

  private Answer list(Exchange exchange) {
    Query query = new Query(exchange);
    Page<Snapshot> page = snapshots.list(Callers.of(exchange), query.text("name"), query.page());
    return Answer.ok(
        new SnapshotPageDto(
            page.items().stream().map(SnapshotDto::from).toList(),
            page.total(),
            page.page(),
            page.totalPages()));
  }

  private Answer create(Exchange exchange) {
    CreateSnapshotDto request = exchange.json(CreateSnapshotDto.class);
    return Answer.ok(SnapshotDto.from(snapshots.create(Callers.of(exchange), request.toRequest())));
  }

  private Answer get(Exchange exchange) {
    return Answer.ok(SnapshotDto.from(find(exchange)));
  }

  private Answer delete(Exchange exchange) {
    snapshots.delete(Callers.of(exchange), exchange.pathParam("id"));
    return Answer.empty(200);
  }

  private Answer buildLogUrl(Exchange exchange) {
    return Answer.ok(new UrlDto(apiUrl + "/snapshots/" + find(exchange).id() + "/build-logs"));
  }

  private Answer buildLog(Exchange exchange) {
    boolean follow = new Query(exchange).bool("follow").orElse(false);
    return LogAnswer.of(snapshots.buildLog(Callers.of(exchange), exchange.pathParam("id"), follow));
  }

  private Snapshot find(Exchange exchange) {
    return snapshots.get(Callers.of(exchange), exchange.pathParam("id"));
  }
}

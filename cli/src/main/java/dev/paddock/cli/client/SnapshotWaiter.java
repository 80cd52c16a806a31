package dev.paddock.cli.client;

import dev.paddock.cli.output.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Waits until a snapshot can be used: one that is being built, or that the first start makes. */
public final class SnapshotWaiter {
  private static final Duration LIMIT = Duration.ofMinutes(45);
  private static final Duration PAUSE = Duration.ofMillis(300);

  /** The snapshots that a server makes by itself, and that are therefore worth waiting for. */
  private static final Set<String> MADE_BY_SERVER = Set.of("default", "opencode");

  private final ApiClient api;
  private final Progress progress;

  public SnapshotWaiter(ApiClient api, Progress progress) {
    this.api = api;
    this.progress = progress;
  }

  /**
   * Blocks until the snapshot is active; returns at once when it is.
   *
   * @return the snapshot
   * @throws CommandFailure with the server's reason when it fails, and with status 4 when there is
   *     none and none will come
   */
  public JsonNode untilActive(String idOrName) {
    Instant deadline = Instant.now().plus(LIMIT);
    while (true) {
      Optional<JsonNode> snapshot = find(idOrName);
      String state = snapshot.map(found -> found.path("state").asString()).orElse("being made");
      switch (state) {
        case "active" -> {
          return snapshot.orElseThrow();
        }
        case "error", "build_failed" ->
            throw new CommandFailure(
                CommandFailure.FAILED,
                "Snapshot "
                    + snapshot.orElseThrow().path("name").asString(idOrName)
                    + " failed: "
                    + snapshot.orElseThrow().path("errorReason").asString("no reason given"));
        default -> progress.step(state);
      }
      if (Instant.now().isAfter(deadline)) {
        throw new CommandFailure(
            CommandFailure.FAILED,
            "Snapshot " + idOrName + " is still " + state + " after " + LIMIT);
      }
      pause();
    }
  }

  private Optional<JsonNode> find(String idOrName) {
    try {
      return Optional.of(api.get("/snapshots/" + ApiClient.encode(idOrName)));
    } catch (CommandFailure e) {
      if (e.exitCode() == CommandFailure.NOT_FOUND && MADE_BY_SERVER.contains(idOrName)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.FAILED, "Interrupted", e);
    }
  }
}

package dev.paddock.cli.client;

import dev.paddock.cli.output.Progress;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Waits until a snapshot can be used: one that is being built, or that the first start makes. */
public final class SnapshotWaiter {
  private static final Duration LIMIT = Duration.ofMinutes(45);
  private static final Duration PAUSE = Duration.ofMillis(300);

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
   *     none
   */
  public JsonNode untilActive(String idOrName) {
    Instant deadline = Instant.now().plus(LIMIT);
    while (true) {
      JsonNode snapshot = api.get("/snapshots/" + ApiClient.encode(idOrName));
      String state = snapshot.path("state").asString();
      switch (state) {
        case "active" -> {
          return snapshot;
        }
        case "error", "build_failed" ->
            throw new CommandFailure(
                CommandFailure.FAILED,
                "Snapshot "
                    + snapshot.path("name").asString(idOrName)
                    + " failed: "
                    + snapshot.path("errorReason").asString("no reason given"));
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

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.FAILED, "Interrupted", e);
    }
  }
}

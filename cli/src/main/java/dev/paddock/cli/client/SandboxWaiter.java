package dev.paddock.cli.client;

import dev.paddock.cli.output.Progress;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Waits for a sandbox whose image is still being pulled or built. */
public final class SandboxWaiter {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final ApiClient api;
  private final Progress progress;

  public SandboxWaiter(ApiClient api, Progress progress) {
    this.api = api;
    this.progress = progress;
  }

  /**
   * Blocks until the sandbox is started; returns at once when it is.
   *
   * @throws CommandFailure with the server's reason when it ends in an error state
   */
  public SandboxRef untilStarted(SandboxRef sandbox) {
    Instant deadline = Instant.now().plus(LIMIT);
    SandboxRef latest = sandbox;
    while (!latest.state().equals("started")) {
      if (latest.state().equals("error") || latest.state().equals("build_failed")) {
        String reason = latest.details().path("errorReason").asString("no reason given");
        throw new CommandFailure(CommandFailure.FAILED, "The sandbox failed: " + reason);
      }
      if (Instant.now().isAfter(deadline)) {
        throw new CommandFailure(
            CommandFailure.FAILED, "The sandbox is still " + latest.state() + " after " + LIMIT);
      }
      progress.step(latest.state().replace('_', ' '));
      pause();
      JsonNode details = api.get("/sandbox/" + latest.id());
      latest = SandboxRef.of(api, details);
    }
    return latest;
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

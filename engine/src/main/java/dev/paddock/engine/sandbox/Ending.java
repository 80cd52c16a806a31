package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.host.PidFd;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a sandbox's processes: the agent is asked, the kernel has the last word. */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final Duration KILLED = Duration.ofSeconds(20);

  /** What the agent may take beyond the grace it was given. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /**
   * Returns when all processes have ended.
   *
   * @param grace time that they get after SIGTERM; zero kills at once
   */
  void await(RunningSandbox life, Duration grace) throws IOException {
    if (grace.isPositive()) {
      ask(life, grace);
      if (hasEnded(life, grace.plus(SLACK))) {
        return;
      }
    }
    life.process().signal(PidFd.SIGKILL);
    if (!hasEnded(life, KILLED)) {
      throw new UnavailableException("The sandbox's processes do not end; the host is stuck");
    }
  }

  private static void ask(RunningSandbox life, Duration grace) {
    AgentClient agent = new AgentClient(life.agent());
    Thread.startVirtualThread(() -> {
      try {
        agent.shutdown(grace);
      } catch (PaddockException e) {
        LOG.debug("An agent did not confirm its end", e);
      }
    });
  }

  private static boolean hasEnded(RunningSandbox life, Duration timeout) throws IOException {
    try {
      life.ended().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("The end of a sandbox could not be awaited", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a sandbox ended", e);
    }
  }
}

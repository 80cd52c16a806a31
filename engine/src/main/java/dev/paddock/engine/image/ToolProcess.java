package dev.paddock.engine.image;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running container tool with everything that it started. */
final class ToolProcess {
  private static final int LINES_KEPT = 30;
  private static final int LONGEST_LINE = 1 << 20;

  /** How long a dead tool's output may still take to arrive. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Process process;
  private final Deque<String> last = new ArrayDeque<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  private ToolProcess(Process process, Consumer<String> lines) {
    this.process = process;
    Output output =
        new Output(
            LONGEST_LINE,
            line -> {
              keep(line);
              lines.accept(line);
            });
    Thread.ofVirtual().start(() -> drain(output));
  }

  /**
   * Starts a tool.
   *
   * @param lines gets its output, on a thread of its own
   * @throws UnavailableException when the tool is not there
   */
  static ToolProcess start(ProcessBuilder builder, Consumer<String> lines) {
    try {
      builder.redirectErrorStream(true);
      Process process = builder.start();
      process.getOutputStream().close();
      return new ToolProcess(process, lines);
    } catch (IOException e) {
      throw new UnavailableException(
          "The host cannot run its container tools; \"paddock doctor\" tells what is missing", e);
    }
  }

  /**
   * Waits for the end; kills the tool and all its children when the time is over or the thread is
   * interrupted.
   *
   * @param action what it does, for the message
   */
  void finish(Duration limit, String action) throws ToolFailure {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimedOutException(action + " takes longer than " + inWords(limit));
      }
      drained.get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(action + " was interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnavailableException(action + " gave no output that can be read", e);
    } finally {
      kill(process.toHandle());
    }
    if (process.exitValue() != 0) {
      throw new ToolFailure(lastLines());
    }
  }

  private static String inWords(Duration limit) {
    return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
  }

  private void drain(Output output) {
    try {
      output.drain(process.getInputStream());
      drained.complete(null);
    } catch (IOException | RuntimeException e) {
      drained.completeExceptionally(e);
      kill(process.toHandle());
    }
  }

  /** Parents first, so that none starts another child meanwhile. */
  private static void kill(ProcessHandle parent) {
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> found = parent.children()) {
      children = found.toList();
    }
    parent.destroyForcibly();
    children.forEach(ToolProcess::kill);
  }

  private void keep(String line) {
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LINES_KEPT) {
        last.removeFirst();
      }
    }
  }

  private List<String> lastLines() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }
}

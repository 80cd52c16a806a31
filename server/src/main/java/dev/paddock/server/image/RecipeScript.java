package dev.paddock.server.image;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running recipe with everything that it started. */
final class RecipeScript {
  private static final int LINES_KEPT = 12;
  private static final Logger LOG = LoggerFactory.getLogger(RecipeScript.class);

  /** How long a script that is told to end may take to clear up. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How long the output of a script that has ended may still take to arrive. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Process process;
  private final Deque<String> last = new ArrayDeque<>();
  private final CountDownLatch drained = new CountDownLatch(1);

  private RecipeScript(Process process) {
    this.process = process;
  }

  /**
   * Starts a script.
   *
   * @param progress gets its output line by line, on a thread of its own
   */
  static RecipeScript start(List<String> command, Consumer<String> progress) throws IOException {
    RecipeScript script =
        new RecipeScript(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start());
    Thread.ofVirtual().name("recipe-output").start(() -> script.drain(progress));
    return script;
  }

  /**
   * Waits for the end; ends the script and all that it started when the time is over or the thread
   * is interrupted.
   *
   * @param action what it does, in words that can follow "tried to"
   * @throws UnavailableException with the script's own last lines, when it fails
   */
  void finish(Duration limit, String action) throws InterruptedException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimedOutException(
            "Tried to "
                + action
                + " but it takes longer than "
                + inWords(limit)
                + ": "
                + lastLines());
      }
      drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (process.isAlive()) {
        end();
      }
    }
    if (process.exitValue() != 0) {
      throw new UnavailableException("Tried to " + action + " but failed: " + lastLines());
    }
  }

  private static String inWords(Duration limit) {
    return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
  }

  /** All at once are told to end: a shell hears of it only when what it waits for has ended. */
  private void end() throws InterruptedException {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroy);
    process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    tree.forEach(RecipeScript::kill);
  }

  private List<ProcessHandle> tree() {
    try (Stream<ProcessHandle> below = process.descendants()) {
      return Stream.concat(Stream.of(process.toHandle()), below).toList();
    }
  }

  /** Parents first, so that none starts another child meanwhile. */
  private static void kill(ProcessHandle parent) {
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> found = parent.children()) {
      children = found.toList();
    }
    parent.destroyForcibly();
    children.forEach(RecipeScript::kill);
  }

  private void drain(Consumer<String> progress) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        progress.accept(line);
      }
    } catch (IOException e) {
      LOG.debug("The output of a recipe broke off", e);
    } finally {
      drained.countDown();
    }
  }

  private void keep(String line) {
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LINES_KEPT) {
        last.removeFirst();
      }
    }
  }

  private String lastLines() {
    synchronized (last) {
      return String.join(" / ", last);
    }
  }
}

package dev.paddock.server.image;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes the images that the product brings along, by the recipes' own script, into an OCI image
 * layout that all servers of this machine share. What is there already is not made again.
 */
public final class ImageRecipes {
  private static final Duration LIMIT = Duration.ofMinutes(45);
  private static final int LINES_KEPT = 12;

  private final Path recipes;
  private final Path layout;

  /**
   * @param recipes directory of the recipes and their script
   * @param layout where the images go; made when missing
   */
  public ImageRecipes(Path recipes, Path layout) {
    this.recipes = recipes;
    this.layout = layout;
  }

  /** The OCI image layout that the images are in. */
  public Path layout() {
    return layout;
  }

  /**
   * Makes an image unless it is there; blocks, for minutes when it has to be made.
   *
   * @param progress gets a line for each step
   * @return the recipe's key: it changes whenever the recipe does
   * @throws UnavailableException with the script's own last lines
   */
  public String make(DefaultImage image, Consumer<String> progress) {
    try {
      Files.createDirectories(layout);
      Process script =
          new ProcessBuilder(recipes.resolve("build").toString(), layout.toString(), image.name())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      List<String> end = follow(script, progress);
      if (!script.waitFor(LIMIT.toMinutes(), TimeUnit.MINUTES)) {
        script.destroyForcibly();
        throw new TimedOutException("Making the " + image.name() + " image takes too long");
      }
      if (script.exitValue() != 0) {
        throw new UnavailableException(
            "Tried to make the " + image.name() + " image but failed: " + String.join(" / ", end));
      }
      return key(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while making the " + image.name() + " image", e);
    }
  }

  private static List<String> follow(Process script, Consumer<String> progress) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        progress.accept(line);
        last.addLast(line);
        if (last.size() > LINES_KEPT) {
          last.removeFirst();
        }
      }
    }
    return List.copyOf(last);
  }

  private String key(DefaultImage image) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(layout.resolve(image.name() + ".properties"))) {
      properties.load(reader);
    }
    String key = properties.getProperty("key", "");
    if (!key.matches("[0-9a-f]{8,64}")) {
      throw new UnavailableException("The " + image.name() + " image carries no key");
    }
    return key;
  }
}

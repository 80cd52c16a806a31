package dev.paddock.server.image;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Makes the images that the product brings along, by the recipes' own script, into an OCI image
 * layout that all servers of this machine share. What is there already is not made again.
 */
public final class ImageRecipes {
  private static final Duration LIMIT = Duration.ofMinutes(45);

  private final Path recipes;
  private final Path layout;
  private final Duration limit;

  /**
   * @param recipes directory of the recipes and their script
   * @param layout where the images go; made when missing
   */
  public ImageRecipes(Path recipes, Path layout) {
    this(recipes, layout, LIMIT);
  }

  ImageRecipes(Path recipes, Path layout, Duration limit) {
    this.recipes = recipes;
    this.layout = layout;
    this.limit = limit;
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
   * @throws UnavailableException with the script's own last lines, or why it could not be started
   *     or its files not be written or read
   * @throws TimedOutException when it takes longer than 45 minutes; nothing of it runs on then
   */
  public String make(DefaultImage image, Consumer<String> progress) {
    String script = recipes.resolve("build").toString();
    try {
      Files.createDirectories(layout);
      RecipeScript.start(List.of(script, layout.toString(), image.name()), progress)
          .finish(limit, "make the " + image.name() + " image");
      return key(image);
    } catch (IOException e) {
      throw new UnavailableException(
          "The " + image.name() + " image cannot be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while making the " + image.name() + " image", e);
    }
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

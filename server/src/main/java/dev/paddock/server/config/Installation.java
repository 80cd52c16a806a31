package dev.paddock.server.config;

import java.nio.file.Path;

/**
 * What the program brings along. The start script tells where it is.
 *
 * @param agent the in-sandbox agent, a static executable
 * @param launcher the host-side launcher, a static executable
 * @param images directory with the recipes of the default images
 * @param script the {@code paddock} start script, for starting the server in the background
 */
public record Installation(Path agent, Path launcher, Path images, Path script) {
  /** The installation that the start script named by system properties. */
  public static Installation ofStartScript() {
    Path home = Path.of(System.getProperty("paddock.home", "."));
    return new Installation(
        program("paddock.agent", home.resolve("libexec/paddock-agent")),
        program("paddock.launcher", home.resolve("libexec/paddock-launcher")),
        home.resolve("images"),
        home.resolve("bin/paddock"));
  }

  private static Path program(String property, Path usual) {
    return Path.of(System.getProperty(property, usual.toString()));
  }
}

package dev.paddock.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the endpoint as the official clients do, from {@code DAYTONA_API_URL} and {@code
 * DAYTONA_API_KEY}, and otherwise in the {@code admin.env} that the first start of a server on this
 * machine wrote into its data directory.
 */
public final class EndpointFinder {
  private static final String URL = "DAYTONA_API_URL";
  private static final String KEY = "DAYTONA_API_KEY";

  private final Map<String, String> environment;
  private final Path dataDir;

  public EndpointFinder(Map<String, String> environment, Path dataDir) {
    this.environment = Map.copyOf(environment);
    this.dataDir = dataDir;
  }

  /**
   * The endpoint to use.
   *
   * @param url given on the command line; wins over everything
   * @param key given on the command line; wins over everything
   * @throws CommandFailure when no key is known
   */
  public Endpoint find(Optional<String> url, Optional<String> key) {
    Map<String, String> file = adminEnv();
    String apiUrl =
        url.or(() -> Optional.ofNullable(environment.get(URL)))
            .or(() -> Optional.ofNullable(file.get(URL)))
            .orElse("http://localhost:3000/api");
    String apiKey =
        key.or(() -> Optional.ofNullable(environment.get(KEY)))
            .or(() -> Optional.ofNullable(file.get(KEY)))
            .orElseThrow(() ->
                new CommandFailure(
                    CommandFailure.UNAUTHORIZED,
                    "No API key: start a server here with `paddock up`, or set "
                        + KEY
                        + " and "
                        + URL
                        + "."));
    return new Endpoint(parse(apiUrl), apiKey);
  }

  private static URI parse(String url) {
    String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      URI uri = URI.create(trimmed);
      if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(CommandFailure.USAGE, "Not an API URL: " + url, e);
    }
    throw new CommandFailure(CommandFailure.USAGE, "Not an API URL: " + url);
  }

  private Map<String, String> adminEnv() {
    Map<String, String> values = new HashMap<>();
    Path file = dataDir.resolve("admin.env");
    if (!Files.exists(file)) {
      return values;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (AccessDeniedException e) {
      return values;
    } catch (IOException e) {
      throw new CommandFailure(CommandFailure.FAILED, "Tried to read " + file + " but failed", e);
    }
    return values;
  }
}

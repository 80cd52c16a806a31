package dev.paddock.server.config;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.failure.InvalidException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of one server.
 *
 * @param dataDir everything that must survive a restart
 * @param installation what the program brings along
 * @param host address that API and proxy listen on
 * @param apiPort 0 takes a free one
 * @param proxyPort 0 takes a free one
 * @param publicUrl origin under which clients reach the API, without a path
 * @param proxyDomain domain of the preview hosts, with its port where it is not the scheme's own
 * @param proxyProtocol {@code http} or {@code https}
 * @param databaseUrl JDBC or libpq URL of an external PostgreSQL; empty means the embedded one
 * @param runtimes what may start sandboxes: {@code native}, and OCI runtimes by their names
 * @param readySandboxes how many sandboxes are begun ahead, up to what depends on their image
 * @param region id and name of the first region
 * @param imageCache where the images that the product brings along are made, for all servers of
 *     this machine
 * @param admission how much the host takes on
 * @param warmPools sizes of warm pools, by name of snapshot
 */
public record ServerConfig(
    Path dataDir,
    Installation installation,
    String host,
    int apiPort,
    int proxyPort,
    URI publicUrl,
    String proxyDomain,
    String proxyProtocol,
    Optional<String> databaseUrl,
    OfferedRuntimes runtimes,
    int readySandboxes,
    String region,
    Path imageCache,
    AdmissionLimits admission,
    Map<String, Integer> warmPools) {

  /**
   * Reads the settings.
   *
   * @param environment names as documented in the README: {@code PADDOCK_HOST}, {@code
   *     PADDOCK_API_PORT}, {@code PADDOCK_PROXY_PORT}, {@code PADDOCK_PUBLIC_URL}, {@code
   *     PADDOCK_PROXY_DOMAIN}, {@code PADDOCK_PROXY_PROTOCOL}, {@code PADDOCK_DATABASE_URL}, {@code
   *     PADDOCK_RUNTIME}, {@code PADDOCK_RUNTIMES}, {@code PADDOCK_READY_SANDBOXES}, {@code
   *     PADDOCK_REGION}, {@code PADDOCK_IMAGE_CACHE}, {@code PADDOCK_CREATES_AT_ONCE}, {@code
   *     PADDOCK_QUEUE_LENGTH}, {@code PADDOCK_QUEUE_SECONDS}, {@code PADDOCK_CPU_OVERCOMMIT},
   *     {@code PADDOCK_MEMORY_OVERCOMMIT}, {@code PADDOCK_WARM_POOLS}
   * @throws InvalidException naming the setting that is wrong
   */
  public static ServerConfig read(
      Map<String, String> environment, Path dataDir, Installation installation) {
    int apiPort = port(environment, "PADDOCK_API_PORT", 3000);
    int proxyPort = port(environment, "PADDOCK_PROXY_PORT", 4000);
    return new ServerConfig(
        dataDir.toAbsolutePath().normalize(),
        installation,
        environment.getOrDefault("PADDOCK_HOST", "127.0.0.1"),
        apiPort,
        proxyPort,
        url(environment, "PADDOCK_PUBLIC_URL", "http://localhost:" + apiPort),
        environment.getOrDefault("PADDOCK_PROXY_DOMAIN", "proxy.localhost:" + proxyPort),
        protocol(environment.getOrDefault("PADDOCK_PROXY_PROTOCOL", "http")),
        Optional.ofNullable(environment.get("PADDOCK_DATABASE_URL")),
        RuntimeSettings.read(environment),
        ready(environment),
        environment.getOrDefault("PADDOCK_REGION", "us"),
        Path.of(environment.getOrDefault("PADDOCK_IMAGE_CACHE", "/var/cache/paddock/images")),
        AdmissionSettings.read(environment, Runtime.getRuntime().availableProcessors()),
        PoolSettings.read(environment));
  }

  /** Base of the API as clients use it: {@code publicUrl} and {@code /api}. */
  public String apiUrl() {
    return publicUrl + "/api";
  }

  private static int ready(Map<String, String> environment) {
    String text = environment.getOrDefault("PADDOCK_READY_SANDBOXES", "128");
    if (!text.matches("[0-9]{1,4}")) {
      throw new InvalidException("PADDOCK_READY_SANDBOXES is a number from 0 to 9999, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new InvalidException(name + " is not a port: " + text, e);
    }
    throw new InvalidException(name + " is not a port: " + text);
  }

  private static URI url(Map<String, String> environment, String name, String otherwise) {
    String text = environment.getOrDefault(name, otherwise).replaceAll("/+$", "");
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidException(name + " is not an http or https URL: " + text, e);
    }
    throw new InvalidException(name + " is not an http or https URL: " + text);
  }

  private static String protocol(String text) {
    if (text.equals("http") || text.equals("https")) {
      return text;
    }
    throw new InvalidException("PADDOCK_PROXY_PROTOCOL is http or https, not " + text);
  }
}

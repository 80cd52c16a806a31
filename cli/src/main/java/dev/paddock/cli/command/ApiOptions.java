package dev.paddock.cli.command;

import dev.paddock.cli.client.ApiClient;
import dev.paddock.cli.client.EndpointFinder;
import dev.paddock.cli.client.SandboxRef;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
public final class ApiOptions {
  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Base of the API; default: $DAYTONA_API_URL, else the server of this machine.")
  private @Nullable String apiUrl;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "API key; default: $DAYTONA_API_KEY, else the key of this machine's server.")
  private @Nullable String apiKey;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory whose admin.env is read; default: ${DEFAULT-VALUE}.",
      defaultValue = "${env:PADDOCK_DATA:-/var/lib/paddock}")
  private Path dataDir = Path.of("/var/lib/paddock");

  /** A client for the endpoint that options, environment and admin.env lead to. */
  public ApiClient api() {
    EndpointFinder finder = new EndpointFinder(System.getenv(), dataDir);
    return new ApiClient(finder.find(Optional.ofNullable(apiUrl), Optional.ofNullable(apiKey)));
  }

  /** Finds a sandbox by id or name. */
  public SandboxRef sandbox(String idOrName) {
    return SandboxRef.find(api(), idOrName);
  }
}

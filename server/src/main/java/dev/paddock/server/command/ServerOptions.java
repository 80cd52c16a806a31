package dev.paddock.server.command;

import dev.paddock.server.config.Installation;
import dev.paddock.server.config.ServerConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of the commands that work on this host's own server. */
final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the server keeps everything; default: ${DEFAULT-VALUE}.",
      defaultValue = "${env:PADDOCK_DATA:-/var/lib/paddock}")
  private Path dataDir = Path.of("/var/lib/paddock");

  ServerConfig config() {
    return ServerConfig.read(System.getenv(), dataDir, Installation.ofStartScript());
  }
}

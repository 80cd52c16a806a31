package dev.paddock.engine.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs buildah and podman on one store, whatever the host's own configuration says. */
final class ContainerTools {
  /** What of our own environment the tools need: how to reach registries. */
  private static final List<String> PASSED =
      List.of(
          "PATH",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  /** The tools end themselves so much later than we would, should we be gone by then. */
  private static final Duration BACKSTOP = Duration.ofMinutes(1);

  private final StoreDirectories directories;

  ContainerTools(StoreDirectories directories) {
    this.directories = directories;
  }

  /**
   * Runs a tool to its end.
   *
   * @param action what it does, in words that can begin a message
   * @param lines gets its output
   */
  void run(List<String> command, Duration limit, String action, Consumer<String> lines)
      throws ToolFailure {
    ToolProcess.start(builder(command, limit), lines).finish(limit, action);
  }

  private ProcessBuilder builder(List<String> command, Duration limit) {
    List<String> bounded = new ArrayList<>();
    bounded.addAll(
        List.of("timeout", "--signal=KILL", Long.toString(limit.plus(BACKSTOP).toSeconds())));
    bounded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bounded);
    builder.directory(directories.temporary().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED);
    environment.put("HOME", directories.data().toString());
    environment.put("TMPDIR", directories.temporary().toString());
    environment.put("REGISTRY_AUTH_FILE", directories.credentials().toString());
    environment.put("PADDOCK_STORAGE", directories.storage().toString());
    point(environment, "CONTAINERS_STORAGE_CONF", "storage.conf");
    point(environment, "CONTAINERS_CONF", "containers.conf");
    point(environment, "CONTAINERS_REGISTRIES_CONF", "registries.conf");
    return builder;
  }

  private void point(Map<String, String> environment, String variable, String file) {
    Path target = directories.configuration(file);
    environment.put(variable, target.toString());
  }
}

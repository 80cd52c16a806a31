package dev.paddock.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where an image store keeps things, with the configuration that keeps the host's own out of it.
 *
 * @param data survives a reboot
 * @param run gone after a reboot
 */
record StoreDirectories(Path data, Path run) {
  private static final String ACCEPT = "[{\"type\": \"insecureAcceptAnything\"}]";
  private static final String EMPTY_JSON = "{}\n";

  /** Makes what is missing and writes the configuration anew. */
  static StoreDirectories open(Path data, Path run, ImageSettings settings) throws IOException {
    StoreDirectories directories =
        new StoreDirectories(
            Files.createDirectories(data).toRealPath(), Files.createDirectories(run).toRealPath());
    Files.createDirectories(directories.temporary());
    Files.createDirectories(directories.empty());
    directories.write("storage.conf", directories.storageConfiguration());
    directories.write("containers.conf", directories.containersConfiguration());
    directories.write("registries.conf", registries(settings.insecureRegistries()));
    directories.write("pull-policy.json", directories.pullPolicy());
    directories.write("import-policy.json", policy("\"oci\": {\"\": " + ACCEPT + "}"));
    directories.writeBuildRuntime();
    if (Files.notExists(directories.credentials())) {
      directories.write("auth.json", EMPTY_JSON);
    }
    return directories;
  }

  /** The tools' storage. */
  Path storage() {
    return data.resolve("storage");
  }

  /** The tools' list of images, replaced whenever an image or a name comes or goes. */
  Path imageList() {
    return storage().resolve("overlay-images").resolve("images.json");
  }

  /** The tools' list of containers that builds work in. */
  Path containerList() {
    return storage().resolve("overlay-containers").resolve("containers.json");
  }

  /** For files of a moment, on the same disk. */
  Path temporary() {
    return data.resolve("tmp");
  }

  /** A directory without content: the layer of an image that has none. */
  Path empty() {
    return data.resolve("empty");
  }

  /** Credentials for registries, in the format of {@code buildah login --authfile}. */
  Path credentials() {
    return configuration("auth.json");
  }

  /** One of the files that {@link #open} wrote. */
  Path configuration(String name) {
    return data.resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(configuration(name), text);
  }

  private void writeBuildRuntime() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(StoreDirectories.class.getResourceAsStream("build-runtime.sh"))) {
      Files.copy(script, buildRuntime(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(buildRuntime(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The program that runs the steps of builds. */
  Path buildRuntime() {
    return configuration("build-runtime");
  }

  private String storageConfiguration() {
    return """
    [storage]
    driver = "overlay"
    graphroot = "%s"
    runroot = "%s"
    [storage.options.overlay]
    skip_mount_home = "true"
    mountopt = "nodev"
    """
        .formatted(storage(), run.resolve("storage"));
  }

  private String containersConfiguration() {
    return """
    [engine]
    runtime = "runc"
    cgroup_manager = "cgroupfs"
    events_logger = "none"
    static_dir = "%s"
    tmp_dir = "%s"
    [network]
    network_config_dir = "%s"
    """
        .formatted(run.resolve("static"), run.resolve("tmp"), data.resolve("networks"));
  }

  private static String registries(List<String> insecure) {
    String any =
        """
        unqualified-search-registries = ["docker.io"]
        short-name-mode = "permissive"
        """;
    return insecure.stream()
        .map(location -> "[[registry]]\nlocation = \"" + location + "\"\ninsecure = true\n")
        .collect(Collectors.joining("", any, ""));
  }

  /**
   * Registries and this very storage only: a Dockerfile's FROM could otherwise read image files
   * anywhere on the host.
   */
  private String pullPolicy() {
    return policy(
        "\"docker\": {\"\": "
            + ACCEPT
            + "}, \"containers-storage\": {\"[overlay@"
            + storage()
            + "]\": "
            + ACCEPT
            + "}");
  }

  private static String policy(String transports) {
    return "{\"default\": [{\"type\": \"reject\"}], \"transports\": {" + transports + "}}\n";
  }
}

package dev.paddock.engine.launcher;

import dev.paddock.engine.cgroup.ControlGroups;
import dev.paddock.engine.host.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A launcher without an engine. */
public final class TestLauncher implements AutoCloseable {
  private final ControlGroups groups;
  private final Launcher launcher;

  private TestLauncher(ControlGroups groups, Launcher launcher) {
    this.groups = groups;
    this.launcher = launcher;
  }

  /** A launcher whose data directory is {@code directory}. */
  public static TestLauncher open(Path directory) throws IOException {
    ControlGroups groups = ControlGroups.detect("paddock-test-" + UUID.randomUUID());
    LauncherGround ground =
        new LauncherGround(
            Path.of(System.getProperty("paddock.launcher")),
            directory,
            Files.createDirectories(directory.resolve("launcher")),
            Path.of(System.getProperty("paddock.agent")),
            Files.writeString(directory.resolve("resolv.conf"), ""),
            Optional.empty(),
            groups.layout(),
            1024);
    return new TestLauncher(groups, Launcher.open(ground));
  }

  /** The map of an id range. */
  public Fd idMap(int first, int size) throws IOException {
    return launcher.idMap(first, size);
  }

  @Override
  public void close() throws IOException {
    launcher.close();
    groups.removeParentIfEmpty();
  }
}

package dev.paddock.engine.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Mounts;
import dev.paddock.engine.launcher.TestLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFileSystemTest {
  private static final IdRange IDS = IdRange.of(11, 2000);

  @TempDir Path directory;

  @Test
  void upperLayersHideLowerOnes() throws Exception {
    Path top = layer("top", "shared", "from top");
    Path bottom = layer("bottom", "shared", "from bottom");
    Files.writeString(bottom.resolve("only"), "bottom");

    String seen =
        mounted(
            List.of(top, bottom),
            root ->
                Files.readString(root.resolve("shared")) + Files.readString(root.resolve("only")));

    assertThat(seen).isEqualTo("from topbottom");
  }

  @Test
  void filesOfTheImageBelongToTheSandboxsRoot() throws Exception {
    Path layer = layer("layer", "file", "x");

    Object owner =
        mounted(List.of(layer), root -> Files.getAttribute(root.resolve("file"), "unix:uid"));

    assertThat(owner).isEqualTo(IDS.first());
  }

  @Test
  void filesOnDiskCarryTheIdsThatTheSandboxSees() throws Exception {
    mounted(
        List.of(layer("layer", "file", "x")),
        root -> Files.setAttribute(root.resolve("file"), "unix:uid", IDS.first() + 1000));

    Path copied = directory.resolve("writable/upper/file");
    assertThat(Files.getAttribute(copied, "unix:uid")).isEqualTo(1000);
  }

  @Test
  void theHostsMountTableDoesNotShowIt() throws Exception {
    String table =
        mounted(
            List.of(layer("layer", "file", "x")),
            root -> Files.readString(Path.of("/proc/1/mounts")));

    assertThat(table).doesNotContain(directory.toString());
  }

  @Test
  void manyLayersCanBeStacked() throws Exception {
    List<Path> layers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      layers.add(layer("layer" + i, "file" + i, "x"));
    }

    Boolean lowest = mounted(layers, root -> Files.exists(root.resolve("file59")));

    assertThat(lowest).isTrue();
  }

  private interface Look<T> {
    T at(Path root) throws IOException;
  }

  private <T> T mounted(List<Path> layers, Look<T> look) throws IOException {
    Path writable = directory.resolve("writable");
    RootFileSystem.prepare(writable);
    Path target = Files.createDirectories(directory.resolve("root"));
    RootFileSystem files = new RootFileSystem(layers, writable);
    Files.createDirectories(directory.resolve("launcher"));
    try (MountRoom room = MountRoom.open(directory.resolve("room"));
        TestLauncher launcher = TestLauncher.open(directory.resolve("launcher"));
        Fd map = launcher.idMap(IDS.first(), IdRange.SIZE)) {
      Callable<T> work =
          () -> {
            files.mount(map, target, directory.resolve("scratch"));
            try {
              return look.at(target);
            } finally {
              Mounts.detach(target);
            }
          };
      return room.call(work);
    }
  }

  private Path layer(String name, String file, String text) throws IOException {
    Path layer = Files.createDirectories(directory.resolve(name));
    Files.writeString(layer.resolve(file), text);
    return layer;
  }
}

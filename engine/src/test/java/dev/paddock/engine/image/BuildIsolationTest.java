package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildIsolationTest {
  private final TestStore host =
      new TestStore(
          new ImageSettings(
              Duration.ofMinutes(1), Duration.ofMinutes(1), 256 << 20, 100, List.of()));

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void rootOfABuildHasNoPowerOverTheHost() {
    assertThat(said("RUN mount -t tmpfs none /bin; mknod /disk b 254 0; hostname owned; true"))
        .anyMatch(line -> line.startsWith("mount: permission denied"))
        .contains(
            "mknod: /disk: Operation not permitted",
            "hostname: sethostname: Operation not permitted");
  }

  @Test
  void kernelSettingsCannotBeWrittenByABuild() {
    assertThat(said("RUN echo 1 > /proc/sys/kernel/panic; true"))
        .anyMatch(line -> line.contains("Read-only file system"));
  }

  @Test
  void aBuildDoesNotSeeTheHostsNetwork() throws IOException {
    Path namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    assertThat(said("RUN readlink /proc/self/ns/net"))
        .anyMatch(line -> line.startsWith("net:["))
        .doesNotContain(namespace.toString());
  }

  @Test
  void aBuildDoesNotSeeTheHostsProcesses() {
    assertThat(said("RUN echo pid $$")).contains("pid 1");
  }

  @Test
  void theFilesOfABuildBelongToTheImagesRoot() throws IOException {
    said("RUN echo x > /made");
    Path layer = host.store.layers("localhost/isolated:1").lower().getFirst();
    assertThat(Files.getAttribute(layer.resolve("made"), "unix:uid")).isEqualTo(0);
  }

  @Test
  void aForkBombIsStopped() {
    String bomb = "RUN for i in $(seq 1 200); do sleep 60 & done; true";
    assertThatThrownBy(() -> said(bomb))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("can't fork");
  }

  @Test
  void aDockerfileCannotReadImageFilesOfTheHost() throws Exception {
    said("RUN true");
    Path layout = host.root.resolve("layout");
    host.run(
        "buildah",
        "push",
        "--signature-policy",
        host.data().resolve("pull-policy.json").toString(),
        "localhost/isolated:1",
        "oci:" + layout + ":x");
    String dockerfile = "FROM oci:" + layout + ":x\nRUN true\n";
    assertThatThrownBy(
            () -> host.store.build(dockerfile, host.context, "localhost/stolen:1", line -> {}))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("rejected by policy");
  }

  @Test
  void theContextEndsAtItsDirectory() throws IOException {
    Path secret = Files.writeString(host.root.resolve("secret"), "secret");
    Files.createSymbolicLink(host.context.resolve("link"), secret);
    for (String source : List.of("../secret", "link", secret.toString())) {
      String dockerfile = "FROM scratch\nCOPY " + source + " /x\n";
      assertThatThrownBy(
              () -> host.store.build(dockerfile, host.context, "localhost/x:1", line -> {}))
          .isInstanceOf(InvalidException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=bind,source=root,target=/host",
        "type=bind,source=/,target=/host,rw",
        "type=bind,source=root,target=/host}",
        "type=bind,source=root/etc,target=/host\"",
        "type=cache,id=../../../../../../etc,target=/host",
        "type=cache,source=../../../../../../etc,target=/host",
        "type=cache,target=/host"
      })
  void filesOfTheHostCannotBeMounted(String mount) throws IOException {
    Files.createSymbolicLink(host.context.resolve("root"), Path.of("/"));
    assertThatThrownBy(() -> said("RUN --mount=" + mount + " ls /host*"))
        .isInstanceOf(InvalidException.class)
        .message()
        .doesNotContain("shadow", host.root.toString());
  }

  @Test
  void memoryCanBeMounted() {
    assertThat(said("RUN --mount=type=tmpfs,target=/scratch mount"))
        .anyMatch(line -> line.contains(" /scratch "));
  }

  @Test
  void aVolumeIsNoObstacle() {
    assertThat(said("VOLUME /data\nRUN ls -d /data")).contains("/data");
  }

  @Test
  void aVolumeBehindALinkDoesNotLeadToTheHost() throws IOException {
    Files.createSymbolicLink(host.context.resolve("data"), Path.of("/etc"));
    String dockerfile =
        "FROM scratch\nCOPY busybox /bin/sh\nRUN ln -s /proc/1/root/etc /data || ln -s / /data\nVOLUME /data\nRUN cat /data/shadow\n";
    assertThatThrownBy(
            () -> host.store.build(dockerfile, host.context, "localhost/x:1", line -> {}))
        .isInstanceOf(InvalidException.class)
        .message()
        .doesNotContain("root:");
  }

  private List<String> said(String instruction) {
    List<String> lines = new ArrayList<>();
    String start =
        "FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/busybox\nRUN busybox --install -s /bin\n";
    host.store.build(start + instruction + "\n", host.context, "localhost/isolated:1", lines::add);
    return lines;
  }
}

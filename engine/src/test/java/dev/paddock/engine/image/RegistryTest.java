package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.ImageInfo;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.TimedOutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir Path directory;
  private LocalRegistry registry;
  private TestStore host;
  private ImageStore store;
  private String name;
  private String id;

  @BeforeEach
  void fillRegistry() throws Exception {
    registry = new LocalRegistry(directory);
    host =
        new TestStore(ImageSettings.defaults().withInsecureRegistries(List.of(registry.address())));
    store = host.store;
    name = registry.address() + "/team/app:1";
    id = host.build("localhost/app:1", "").id();
    host.run(
        "buildah",
        "push",
        "--signature-policy",
        host.data().resolve("pull-policy.json").toString(),
        "localhost/app:1",
        "docker://" + name);
    store.remove("localhost/app:1");
  }

  @AfterEach
  void close() throws IOException {
    host.close();
    registry.close();
  }

  @Test
  void anImageIsPulledWithProgress() {
    List<String> progress = new ArrayList<>();
    ImageInfo image = store.pull(name, progress::add);
    assertThat(image.id()).isEqualTo(id);
    assertThat(image.reference()).isEqualTo(name);
    assertThat(store.find(name)).contains(image);
    assertThat(progress).anyMatch(line -> line.startsWith("Copying blob"));
  }

  @Test
  void whatIsThereIsNotPulledAgain() {
    store.pull(name, line -> {});
    registry.close();
    List<String> progress = new ArrayList<>();
    assertThat(store.pull(name, progress::add).id()).isEqualTo(id);
    assertThat(progress).isEmpty();
  }

  @Test
  void anImageIsPulledByItsDigest() throws IOException {
    String digest = "sha256:" + manifestDigest();
    String exact = registry.address() + "/team/app@" + digest;
    assertThat(store.pull(exact, line -> {}).id()).isEqualTo(id);
    assertThat(store.find(exact)).isPresent();
    store.remove(exact);
    assertThat(store.find(exact)).isEmpty();
  }

  @Test
  void equalPullsShareOneRun() {
    List<CompletableFuture<ImageInfo>> pulls =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> store.pull(name, line -> {})))
            .limit(8)
            .toList();
    assertThat(pulls).allSatisfy(pull -> assertThat(pull.join().id()).isEqualTo(id));
  }

  @Test
  void anUnknownImageIsRefusedInTheRegistrysWords() {
    assertThatThrownBy(() -> store.pull(registry.address() + "/team/app:2", line -> {}))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("/team/app:2 could not be pulled: the registry does not have it")
        .hasMessageContaining("manifest unknown");
  }

  @Test
  void aBuildOnAnUnknownImageIsRefusedToo() {
    String dockerfile = "FROM " + registry.address() + "/team/none:1\nCOPY busybox /b\n";
    assertThatThrownBy(() -> store.build(dockerfile, host.context, "localhost/b:1", line -> {}))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("manifest unknown");
  }

  @Test
  void aBuildPullsWhatItStartsFrom() {
    String dockerfile = "FROM " + name + "\nCOPY busybox /b\n";
    store.build(dockerfile, host.context, "localhost/b:1", line -> {});
    assertThat(store.layers("localhost/b:1").lower()).hasSize(2);
  }

  @Test
  void aRegistryThatIsNotThereIsNamedAsTheReason() throws IOException {
    String nobody = "127.0.0.1:" + LocalRegistry.freePort() + "/x:1";
    assertThatThrownBy(() -> store.pull(nobody, line -> {}))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("the registry does not answer");
  }

  @Test
  void aRegistryThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestStore hasty =
            new TestStore(
                ImageSettings.defaults()
                    .withLimits(Duration.ofSeconds(2), Duration.ofMinutes(1)))) {
      String reference = "127.0.0.1:" + silent.getLocalPort() + "/x:1";
      assertThatThrownBy(() -> hasty.store.pull(reference, line -> {}))
          .isInstanceOf(TimedOutException.class)
          .hasMessageContaining("takes longer than 2 seconds");
    }
  }

  @Test
  void aFailedPullLeavesNothing() throws IOException {
    assertThatThrownBy(() -> store.pull(registry.address() + "/team/app:2", line -> {}))
        .isInstanceOf(InvalidException.class);
    assertThat(store.list()).isEmpty();
    try (Stream<Path> left = Files.list(host.data().resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  private String manifestDigest() throws IOException {
    Path tag =
        directory.resolve(
            "blobs/docker/registry/v2/repositories/team/app/_manifests/tags/1/current/link");
    return Files.readString(tag).strip().replace("sha256:", "");
  }
}

package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.ImageInfo;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.TimedOutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageStoreTest {
  private static final String NAME = "localhost/test/app:1";

  private final TestStore host = new TestStore(ImageSettings.defaults());
  private final ImageStore store = host.store;

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void aBuiltImageIsFoundWithItsConfiguration() {
    host.build(
        NAME,
        """
        ENV GREETING="a=b c"
        USER 1000:1000
        WORKDIR /work
        ENTRYPOINT ["/bin/busybox", "echo"]
        CMD ["two words"]
        """);
    ImageInfo image = store.find(NAME).orElseThrow();
    assertThat(image.reference()).isEqualTo(NAME);
    assertThat(image.id()).matches("[0-9a-f]{64}");
    assertThat(image.env()).containsAllEntriesOf(Map.of("GREETING", "a=b c"));
    assertThat(image.user()).isEqualTo("1000:1000");
    assertThat(image.workDir()).isEqualTo("/work");
    assertThat(image.entrypoint()).containsExactly("/bin/busybox", "echo", "two words");
    assertThat(image.sizeBytes())
        .isGreaterThan(Files.exists(Path.of("/bin/busybox")) ? 100_000 : 0);
  }

  @Test
  void layersAreDirectoriesTopmostFirst() {
    host.build("localhost/base:1", "");
    store.build("FROM localhost/base:1\nCOPY busybox /second\n", host.context, NAME, line -> {});
    List<Path> layers = store.layers(NAME).lower();
    assertThat(layers).hasSize(2);
    assertThat(layers.getFirst().resolve("second")).exists();
    assertThat(layers.getLast().resolve("bin/busybox")).exists();
  }

  @Test
  void layersAreFoundByIdAsWell() {
    String id = host.build(NAME, "").id();
    assertThat(store.layers(id).lower()).isEqualTo(store.layers(NAME).lower());
  }

  @Test
  void anotherStartOfTheServerFindsTheSame() {
    ImageInfo image = host.build(NAME, "");
    assertThat(host.open().find(NAME)).contains(image);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(store.find("localhost/nothing:1")).isEmpty();
    assertThatThrownBy(() -> store.layers("localhost/nothing:1"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("localhost/nothing:1");
  }

  @Test
  void theListHasEachNameOnce() {
    host.build(NAME, "");
    store.build("FROM " + NAME, host.context, "localhost/test/same:2", line -> {});
    assertThat(store.list())
        .extracting(ImageInfo::reference)
        .isEqualTo(List.of(NAME, "localhost/test/same:2"));
  }

  @Test
  void aFromAloneNamesTheSameImage() {
    String id = host.build(NAME, "").id();
    List<String> progress = new ArrayList<>();
    ImageInfo named =
        store.build("FROM " + NAME + "\n", host.context, "localhost/b:1", progress::add);
    assertThat(named.id()).isEqualTo(id);
    assertThat(progress).containsExactly("STEP 1/1: FROM " + NAME);
  }

  @Test
  void aBuildReportsItsStepsAndWhatTheySay() {
    List<String> progress = new ArrayList<>();
    String dockerfile = "FROM scratch\nCOPY busybox /bin/sh\nRUN echo hello from the build\n";
    store.build(dockerfile, host.context, NAME, progress::add);
    assertThat(progress).contains("STEP 1/3: FROM scratch", "hello from the build");
  }

  @Test
  void aFailedBuildEndsWithItsReasonAndLeavesNothing() throws IOException {
    assertThatThrownBy(() -> host.build(NAME, "RUN echo the reason; exit 7\n"))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("The image could not be built:")
        .hasMessageContaining("the reason")
        .hasMessageContaining("exit status 7")
        .message()
        .doesNotContain(host.root.toString());
    assertThat(store.list()).isEmpty();
    assertThat(Files.readString(host.data().resolve("storage/overlay-containers/containers.json")))
        .isIn("[]", "null");
  }

  @Test
  void aBuildThatTakesTooLongIsKilledAndCleanedUp() throws IOException {
    try (TestStore hasty =
        new TestStore(
            ImageSettings.defaults().withLimits(Duration.ofMinutes(1), Duration.ofSeconds(4)))) {
      assertThatThrownBy(() -> hasty.build(NAME, "RUN /bin/busybox sleep 987654\n"))
          .isInstanceOf(TimedOutException.class)
          .hasMessage("Building localhost/test/app:1 takes longer than 4 seconds");
      assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine()))
          .noneMatch(line -> line.orElse("").contains("sleep 987654"));
      hasty.build("localhost/next:1", "");
      assertThat(hasty.data().resolve("storage/overlay-containers/containers.json"))
          .hasContent("[]");
    }
  }

  @Test
  void theDirectoryMayBeBehindALink() throws IOException {
    Path link = Files.createSymbolicLink(host.root.resolve("link"), host.data());
    ImageStore linked = new ImageStore(link, host.root.resolve("run"), id -> false);
    String dockerfile = "FROM scratch\nCOPY busybox /bin/sh\nRUN echo fine\n";
    linked.build(dockerfile, host.context, NAME, line -> {});
    assertThat(store.find(NAME)).isPresent();
  }

  @Test
  void aRemovedImageIsGoneWithItsLayers() {
    ImageInfo image = host.build(NAME, "");
    Path layers = host.data().resolve("storage/overlay-layers");
    store.remove(NAME);
    assertThat(store.find(NAME)).isEmpty();
    assertThatThrownBy(() -> store.layers(image.id())).isInstanceOf(NotFoundException.class);
    assertThat(layers.toFile().list((directory, name) -> name.endsWith(".gz"))).isEmpty();
  }

  @Test
  void removingOneOfTwoNamesKeepsTheImage() {
    host.build(NAME, "");
    store.build("FROM " + NAME, host.context, "localhost/test/same:2", line -> {});
    store.remove(NAME);
    assertThat(store.find(NAME)).isEmpty();
    assertThat(store.layers("localhost/test/same:2").lower()).isNotEmpty();
  }

  @Test
  void removingWhatIsNotThereIsFine() {
    store.remove("localhost/nothing:1");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void anImageThatSandboxesStandOnKeepsItsLayers() {
    String parent = host.build("localhost/base:1", "").id();
    host.inUse.add(parent);
    store.build("FROM localhost/base:1\nCOPY busybox /b\n", host.context, NAME, line -> {});
    store.remove("localhost/base:1");
    store.remove(NAME);
    assertThat(host.open().layers(parent).lower()).allMatch(Files::isDirectory);
  }

  @Test
  void anImageIsRemovedOnceNoSandboxStandsOnIt() {
    String id = host.build(NAME, "").id();
    host.inUse.add(id);
    store.remove(NAME);
    host.inUse.clear();
    store.remove("localhost/nothing:1");
    assertThatThrownBy(() -> store.layers(id)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void anImageThatMovesItsNameLeavesTheOldOneToItsSandboxes() {
    String old = host.build(NAME, "").id();
    host.inUse.add(old);
    String next = host.build(NAME, "COPY busybox /other\n").id();
    assertThat(store.layers(NAME).image().id()).isEqualTo(next).isNotEqualTo(old);
    assertThat(store.layers(old).lower()).allMatch(Files::isDirectory);
  }
}

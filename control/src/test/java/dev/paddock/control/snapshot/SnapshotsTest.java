package dev.paddock.control.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.PageRequest;
import dev.paddock.model.Resources;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.snapshot.BuildRequest;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.ResourceRequest;
import dev.paddock.model.snapshot.Snapshot;
import dev.paddock.model.snapshot.SnapshotState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapshotsTest {
  private final TestControl test = new TestControl();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void anImageBecomesASnapshotFromWhichSandboxesAreMade() throws Exception {
    test.runner().images().publish("python:3.13");
    Snapshot created = create("my/python:1", "python:3.13");
    assertThat(created.state()).isEqualTo(SnapshotState.PULLING);

    Snapshot active = await("my/python:1", SnapshotState.ACTIVE);

    assertThat(active.resources()).isEqualTo(new Resources(1, 1, 3));
    assertThat(active.sizeBytes()).hasValue(5_000_000);
    Sandbox sandbox =
        test.control().sandboxes().create(test.caller(), Requests.from("my/python:1"));
    assertThat(sandbox.origin().image()).isEqualTo("python:3.13");
  }

  @Test
  void anImageThatIsThereIsActiveAtOnce() {
    assertThat(create("again", "localhost/default:1").state()).isEqualTo(SnapshotState.ACTIVE);
  }

  @Test
  void anUnpullableImageEndsInAnErrorWithTheRegistrysReason() throws Exception {
    create("broken", "nowhere/nothing:1");

    assertThat(await("broken", SnapshotState.ERROR).errorReason())
        .contains("The registry says: nowhere/nothing:1: manifest unknown");
    assertThatThrownBy(
            () -> test.control().sandboxes().create(test.caller(), Requests.from("broken")))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "Snapshot broken cannot be used: The registry says: nowhere/nothing:1: manifest"
                + " unknown");
  }

  @Test
  void aFailedBuildKeepsItsLog() throws Exception {
    BuildRequest build = new BuildRequest("FROM debian:13\nRUN false\n", List.of());
    snapshots()
        .create(
            test.caller(),
            new CreateSnapshot(
                "failing",
                Optional.empty(),
                Optional.of(build),
                List.of(),
                ResourceRequest.NONE,
                Optional.empty(),
                Optional.empty()));

    await("failing", SnapshotState.BUILD_FAILED);

    try (InputStream log = snapshots().buildLog(test.caller(), "failing", true)) {
      assertThat(log).asString(StandardCharsets.UTF_8).contains("STEP RUN false");
    }
  }

  @Test
  void aPullThatWasCutShortIsTakenUpAgain() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    test.runner().images().publish("debian:13");
    test.runner().at(Spot.BEFORE_PULL, () -> awaitLatch(never));
    create("slow", "debian:13");

    test.runner().clear();
    test.restart();

    await("slow", SnapshotState.ACTIVE);
  }

  @Test
  void namesAreUniqueAlsoAgainstEverybodysSnapshots() {
    create("mine", "localhost/default:1");

    assertThatThrownBy(() -> create("mine", "localhost/default:1"))
        .isInstanceOf(ConflictException.class)
        .hasMessage("Snapshot with name mine already exists");
    assertThatThrownBy(() -> create(TestControl.SNAPSHOT, "localhost/default:1"))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void imagesNeedATagThatStays() {
    for (String image : List.of("debian", "debian:latest", "Debian:13", "a b:1", "x:1\n")) {
      assertThatThrownBy(() -> create("n", image)).as(image).isInstanceOf(InvalidException.class);
    }
  }

  @Test
  void theListIsFilteredByAPartOfTheName() {
    create("alpha", "localhost/default:1");
    create("beta", "localhost/default:1");

    assertThat(snapshots().list(test.caller(), Optional.of("ALP"), new PageRequest(1, 10)).items())
        .extracting(Snapshot::name)
        .containsExactly("alpha");
    assertThat(snapshots().list(test.caller(), Optional.empty(), new PageRequest(1, 10)).total())
        .isEqualTo(3);
  }

  @Test
  void deletingTheLastUserOfAnImageRemovesTheImage() throws Exception {
    test.runner().images().publish("debian:13");
    create("one", "debian:13");
    String id = await("one", SnapshotState.ACTIVE).id();
    Sandbox sandbox = test.control().sandboxes().create(test.caller(), Requests.from("one"));

    snapshots().delete(test.caller(), id);
    assertThat(test.runner().images().find("debian:13")).as("a sandbox needs it").isPresent();

    test.control().sandboxes().delete(test.caller(), sandbox.id().value());
    create("two", "debian:13");
    snapshots().delete(test.caller(), snapshots().get(test.caller(), "two").id());
    assertThat(test.runner().images().find("debian:13")).isEmpty();
    assertThatThrownBy(() -> snapshots().get(test.caller(), "two"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void everybodysSnapshotsStay() {
    Snapshot general = snapshots().get(test.caller(), TestControl.SNAPSHOT);

    assertThat(general.general()).isTrue();
    assertThatThrownBy(() -> snapshots().delete(test.caller(), general.id()))
        .isInstanceOf(ForbiddenException.class);
  }

  @Test
  void anAnnouncedSnapshotIsShownAndRefusedUntilItIsThere() {
    snapshots().announce("coming", "localhost/coming", new Resources(1, 2, 5));

    assertThat(get("coming").state()).isEqualTo(SnapshotState.PULLING);
    assertThatThrownBy(
            () -> test.control().sandboxes().create(test.caller(), Requests.from("coming")))
        .isInstanceOf(InvalidException.class)
        .hasMessage("Snapshot coming is still pulling. Wait until it is active, and try again");

    snapshots().ensure("coming", "localhost/default:1", new Resources(1, 2, 5));

    assertThat(get("coming").state()).isEqualTo(SnapshotState.ACTIVE);
    assertThat(test.control().sandboxes().create(test.caller(), Requests.from("coming")))
        .isNotNull();
  }

  @Test
  void anAnnouncedSnapshotThatDoesNotComeSaysWhyUntilItIsAnnouncedAgain() {
    snapshots().announce("coming", "localhost/coming", new Resources(1, 2, 5));

    snapshots().cannotEnsure("coming", "The disk is full.");

    assertThat(get("coming").state()).isEqualTo(SnapshotState.ERROR);
    assertThat(get("coming").errorReason()).contains("The disk is full.");

    snapshots().announce("coming", "localhost/coming", new Resources(1, 2, 5));
    assertThat(get("coming").state()).isEqualTo(SnapshotState.PULLING);
    assertThat(get("coming").errorReason()).isEmpty();
  }

  @Test
  void anAnnouncedSnapshotIsNotPulledByTheNextStart() throws Exception {
    snapshots().announce("coming", "nowhere/nothing:1", new Resources(1, 2, 5));

    test.restart();
    create("later", "nowhere/nothing:2");
    await("later", SnapshotState.ERROR);

    assertThat(get("coming").state()).isEqualTo(SnapshotState.PULLING);
  }

  @Test
  void oneThatCanBeUsedStaysWhenANewerOneIsAnnouncedAndFails() {
    Snapshot before = get(TestControl.SNAPSHOT);

    snapshots().announce(TestControl.SNAPSHOT, "localhost/other", new Resources(4, 4, 4));
    snapshots().cannotEnsure(TestControl.SNAPSHOT, "The disk is full.");

    assertThat(get(TestControl.SNAPSHOT)).isEqualTo(before);
  }

  private Snapshot get(String name) {
    return snapshots().get(test.caller(), name);
  }

  private Snapshots snapshots() {
    return test.control().snapshots();
  }

  private Snapshot create(String name, String image) {
    return snapshots()
        .create(
            test.caller(),
            new CreateSnapshot(
                name,
                Optional.of(image),
                Optional.empty(),
                List.of(),
                ResourceRequest.NONE,
                Optional.empty(),
                Optional.empty()));
  }

  private Snapshot await(String name, SnapshotState state) throws InterruptedException {
    CountDownLatch pause = new CountDownLatch(1);
    Snapshot snapshot = snapshots().get(test.caller(), name);
    while (snapshot.state() != state) {
      assertThat(pause.await(10, TimeUnit.MILLISECONDS)).isFalse();
      snapshot = snapshots().get(test.caller(), name);
    }
    return snapshot;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }
}

package dev.paddock.control.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.admission.AdmissionLimits;
import dev.paddock.control.fixture.InMemoryRunner.Spot;
import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.control.runtime.OfferedRuntimes;
import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import dev.paddock.model.pool.WarmPoolStatus;
import dev.paddock.model.runner.HostCapacity;
import dev.paddock.model.runner.ObservedState;
import dev.paddock.model.sandbox.CreateSandbox;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.snapshot.CreateSnapshot;
import dev.paddock.model.snapshot.ResourceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmPoolTest {
  private static final long GIB = 1L << 30;

  private TestControl test = new TestControl();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aPoolIsFilledWithSandboxesThatNobodySees() {
    pool(3);

    assertThat(warm()).hasSize(3);
    assertThat(test.control().sandboxes().all(test.caller(), SandboxFilter.ALL)).isEmpty();
  }

  @Test
  void aCreateTakesAWarmSandboxWithAllThatWasAskedFor() {
    pool(1);
    SandboxId ready = warm().iterator().next();
    failColdCreates();

    Sandbox sandbox =
        create(Requests.with(Requests.named("mine"), Map.of("A", "1"), Map.of("team", "blue")));

    assertThat(sandbox.id()).isEqualTo(ready);
    assertThat(sandbox.name()).isEqualTo("mine");
    assertThat(sandbox.status().state()).isEqualTo(SandboxState.STARTED);
    assertThat(test.runner().spec(ready).env()).containsEntry("A", "1");
    assertThat(test.control().sandboxes().get(test.caller(), "mine").labels())
        .containsEntry("team", "blue");
  }

  @Test
  void aSandboxWithoutANameOfItsOwnIsCalledByTheIdOfTheWarmOne() {
    pool(1);

    Sandbox sandbox = create(Requests.plain());

    assertThat(sandbox.name()).isEqualTo(sandbox.id().value());
  }

  @Test
  void whatWasTakenIsReplaced() {
    String id = pool(2);
    Set<SandboxId> first = warm();

    Sandbox taken = create(Requests.plain());

    eventually(() -> ready(id) == 2);
    assertThat(first).contains(taken.id());
    assertThat(warm()).doesNotContain(taken.id()).hasSize(2);
  }

  @Test
  void anotherSizeOrImageIsMadeAnew() {
    pool(1);
    test.runner().images().store("localhost/other:1");
    test.control().snapshots().ensure("other", "localhost/other:1", new Resources(1, 2, 5));
    test.control().snapshots().ensure("larger", "localhost/default:1", new Resources(2, 2, 5));
    Set<SandboxId> ready = warm();

    assertThat(ready).doesNotContain(create(Requests.from("other")).id());
    assertThat(ready).doesNotContain(create(Requests.from("larger")).id());
    assertThat(warm()).isEqualTo(ready);
  }

  @Test
  void aPoolHasItsSnapshotsRuntimeAndServesNoOther() {
    snapshot("cautious", "runc");
    pools().create(test.caller(), "cautious", 1, Optional.empty());
    eventually(() -> warm().size() == 1);
    SandboxId ready = warm().iterator().next();
    assertThat(test.runner().spec(ready).runtime()).contains("runc");

    assertThat(create(Requests.in("native", Requests.from("cautious"))).id()).isNotEqualTo(ready);
    assertThat(create(Requests.from("cautious")).id()).isEqualTo(ready);
  }

  @Test
  void aPoolWhoseRuntimeIsNoLongerOfferedIsNotFilled() {
    snapshot("cautious", "runc");
    pools().create(test.caller(), "cautious", 1, Optional.empty());
    eventually(() -> warm().size() == 1);

    test.restart(new OfferedRuntimes("native", new TreeSet<>()));
    pool(1);

    assertThat(pools().list(test.caller()))
        .extracting(status -> status.pool().snapshot(), status -> status.ready())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cautious", 0),
            org.assertj.core.groups.Tuple.tuple(TestControl.SNAPSHOT, 1));
  }

  @Test
  void theReconcilerLeavesWarmSandboxesAlone() {
    pool(2);
    Set<SandboxId> ready = warm();

    test.control().reconcile();

    assertThat(warm()).isEqualTo(ready);
  }

  @Test
  void afterARestartTheOldOnesAreClearedAndNewOnesMade() {
    String id = pool(2);
    Set<SandboxId> old = warm();

    test.restart();
    test.control().reconcile();

    eventually(() -> ready(id) == 2);
    assertThat(warm()).hasSize(2).doesNotContainAnyElementsOf(old);
  }

  @Test
  void aSmallerSizeDrainsThePoolAndZeroEmptiesIt() {
    String id = pool(3);

    pools().resize(test.caller(), id, 1);
    eventually(() -> warm().size() == 1);

    pools().resize(test.caller(), id, 0);
    eventually(() -> test.runner().observe().isEmpty());
  }

  @Test
  void aPoolThatIsDeletedIsDrained() {
    String id = pool(2);

    pools().delete(test.caller(), id);

    eventually(() -> test.runner().observe().isEmpty());
    assertThat(pools().list(test.caller())).isEmpty();
  }

  @Test
  void aPoolGoesWithItsSnapshot() {
    test.runner().images().store("localhost/own:1");
    String snapshot =
        test.control()
            .snapshots()
            .create(
                test.caller(),
                new CreateSnapshot(
                    "own",
                    Optional.of("localhost/own:1"),
                    Optional.empty(),
                    List.of(),
                    ResourceRequest.NONE,
                    Optional.empty(),
                    Optional.empty()))
            .id();
    pools().create(test.caller(), "own", 2, Optional.empty());
    eventually(() -> warm().size() == 2);

    test.control().snapshots().delete(test.caller(), snapshot);

    eventually(() -> test.runner().observe().isEmpty());
    assertThat(pools().list(test.caller())).isEmpty();
  }

  @Test
  void aWarmSandboxThatEndsByItselfIsReplaced() {
    String id = pool(1);
    SandboxId dead = warm().iterator().next();

    test.runner().exit(dead);

    eventually(() -> ready(id) == 1);
    test.control().reconcile();
    assertThat(test.runner().observe()).hasSize(1).doesNotContainKey(dead);
  }

  @Test
  void aWarmSandboxThatCannotBePutToUseIsDiscardedAndAnotherOneMade() {
    String id = pool(1);
    SandboxId broken = warm().iterator().next();
    AtomicInteger creates = new AtomicInteger();
    test.runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              if (creates.getAndIncrement() == 0) {
                throw new UnavailableException("its agent does not answer");
              }
            });

    Sandbox sandbox = create(Requests.plain());

    assertThat(sandbox.id()).isNotEqualTo(broken);
    assertThat(test.runner().observe()).doesNotContainKey(broken);
    eventually(() -> ready(id) == 1);
  }

  @Test
  void aClaimThatFailsByItsRequestLeavesNothing() {
    pool(1);
    SandboxId ready = warm().iterator().next();
    test.runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              throw new InvalidException("no such user");
            });

    assertThatThrownBy(() -> create(Requests.plain()))
        .hasMessage("Sandbox failed to start: no such user");

    assertThat(test.runner().observe()).doesNotContainKey(ready);
  }

  @Test
  void nothingIsPreparedWhileACreateIsWorkedOn() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    test.runner()
        .at(
            Spot.BEFORE_CREATE,
            () -> {
              working.countDown();
              await(mayEnd);
            });
    AtomicInteger prepared = new AtomicInteger();
    test.runner().at(Spot.BEFORE_PREPARE, prepared::incrementAndGet);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Sandbox> create = threads.submit(() -> create(Requests.plain()));
      await(working);
      String id =
          pools().create(test.caller(), TestControl.SNAPSHOT, 1, Optional.empty()).pool().id();

      assertThat(create.isDone()).isFalse();
      assertThat(prepared).hasValue(0);

      mayEnd.countDown();
      create.get();
      eventually(() -> ready(id) == 1);
    }
  }

  @Test
  void aFailureIsShownAndTriedAgainLater() {
    AtomicInteger attempts = new AtomicInteger();
    test.runner()
        .at(
            Spot.BEFORE_PREPARE,
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw new UnavailableException("the host stumbles");
              }
            });
    String id =
        pools().create(test.caller(), TestControl.SNAPSHOT, 1, Optional.empty()).pool().id();

    eventually(() -> status(id).errorReason().isPresent());
    assertThat(status(id).errorReason()).contains("A sandbox could not be made: the host stumbles");

    eventually(() -> ready(id) == 1);
    assertThat(attempts).hasValue(2);
    assertThat(status(id).errorReason()).isEmpty();
  }

  @Test
  void warmSandboxesMakeRoomForOthers() {
    test.close();
    test = new TestControl(new AdmissionLimits(2, 100, Duration.ofSeconds(20), 1, 1));
    test.runner().capacity(new HostCapacity(2, 4 * GIB, 4 * GIB));
    pool(2);
    test.runner().images().store("localhost/other:1");
    test.control().snapshots().ensure("other", "localhost/other:1", new Resources(1, 2, 5));

    Sandbox other = create(Requests.from("other"));

    assertThat(other.status().state()).isEqualTo(SandboxState.STARTED);
    assertThat(warm()).hasSizeLessThan(2);
  }

  @Test
  void thePoolsOfTheConfigurationAreMadeAsSoonAsTheirSnapshotsExist() {
    test.close();
    test = new TestControl(Map.of(TestControl.SNAPSHOT, 2));

    eventually(() -> warm().size() == 2);

    assertThat(pools().list(test.caller()))
        .extracting(status -> status.pool().snapshot(), status -> status.pool().size())
        .containsExactly(org.assertj.core.groups.Tuple.tuple(TestControl.SNAPSHOT, 2));
  }

  @Test
  void aSnapshotHasOnePool() {
    pool(1);

    assertThatThrownBy(() -> pool(1)).isInstanceOf(ConflictException.class);
  }

  @Test
  void badRequestsAreNamed() {
    assertThatThrownBy(() -> pool(-1))
        .isInstanceOf(InvalidException.class)
        .hasMessage("pool must be between 0 and 1000");
    assertThatThrownBy(() -> pools().create(test.caller(), "nothing", 1, Optional.empty()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> pools().resize(test.caller(), "nothing", 1))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> pools().delete(test.caller(), "nothing"))
        .isInstanceOf(NotFoundException.class);
  }

  /** A full pool of the default snapshot. */
  private String pool(int size) {
    String id =
        pools().create(test.caller(), TestControl.SNAPSHOT, size, Optional.empty()).pool().id();
    eventually(() -> ready(id) == size);
    return id;
  }

  private void snapshot(String name, String runtime) {
    test.runner().images().store("localhost/own:1");
    test.control()
        .snapshots()
        .create(
            test.caller(),
            new CreateSnapshot(
                name,
                Optional.of("localhost/own:1"),
                Optional.empty(),
                List.of(),
                ResourceRequest.NONE,
                Optional.empty(),
                Optional.of(runtime)));
  }

  private WarmPools pools() {
    return test.control().warmPools();
  }

  private Sandbox create(CreateSandbox request) {
    return test.control().sandboxes().create(test.caller(), request);
  }

  private int ready(String id) {
    return status(id).ready();
  }

  private WarmPoolStatus status(String id) {
    return pools().list(test.caller()).stream()
        .filter(status -> status.pool().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Set<SandboxId> warm() {
    return test.runner().observe().entrySet().stream()
        .filter(entry -> entry.getValue() == ObservedState.WARM)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Only a claim finds its sandbox on the host already. */
  private void failColdCreates() {
    Set<SandboxId> ready = warm();
    test.runner()
        .at(Spot.AFTER_CREATE, () -> assertThat(test.runner().observe().keySet()).isEqualTo(ready));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}

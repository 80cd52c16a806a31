package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.SandboxId;
import dev.paddock.model.failure.ConflictException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final Executor THREADS = Thread::startVirtualThread;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Operations operations = new Operations();
  private final SandboxId id = SandboxId.random();

  @Test
  void twoChangesAtOnceAreAConflict() {
    try (var _ = operations.begin(id)) {
      assertThatThrownBy(() -> operations.begin(id)).isInstanceOf(ConflictException.class);
    }

    assertThat(operations.isBusy(id)).isFalse();
  }

  @Test
  void aChangeWaitsForALook() {
    Operations.Operation look = operations.tryLook(id).orElseThrow();
    CompletableFuture<Operations.Operation> change =
        CompletableFuture.supplyAsync(() -> operations.begin(id), THREADS);
    assertThat(change).isNotDone();

    look.close();

    assertThat(change).succeedsWithin(SOON);
    assertThat(operations.isBusy(id)).isTrue();
  }

  @Test
  void aLookThatBecomesAChangeIsAConflict() {
    Operations.Operation look = operations.tryLook(id).orElseThrow();
    CompletableFuture<Operations.Operation> change =
        CompletableFuture.supplyAsync(() -> operations.begin(id), THREADS);

    look.change();

    assertThat(change)
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(ConflictException.class);
  }

  @Test
  void aLookDoesNotWaitForAChange() {
    try (var _ = operations.begin(id)) {
      assertThat(operations.tryLook(id)).isEmpty();
    }
  }
}

package dev.paddock.api.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.Resources;
import dev.paddock.model.SandboxId;
import dev.paddock.model.sandbox.AutoIntervals;
import dev.paddock.model.sandbox.DesiredState;
import dev.paddock.model.sandbox.NetworkSettings;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxOrigin;
import dev.paddock.model.sandbox.SandboxState;
import dev.paddock.model.sandbox.SandboxStatus;
import dev.paddock.model.sandbox.SandboxTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastReadsTest {
  private final LastReads lastReads = new LastReads();

  @Test
  void aDeletedSandboxIsReadOnceMoreAndNotTwice() {
    Sandbox deleted = deleted("ours");
    lastReads.allow(deleted);

    assertThat(lastReads.take("ours", deleted.id().value())).contains(deleted);
    assertThat(lastReads.take("ours", deleted.id().value())).isEmpty();
  }

  @Test
  void anotherOrganisationReadsNothing() {
    Sandbox deleted = deleted("ours");
    lastReads.allow(deleted);

    assertThat(lastReads.take("theirs", deleted.id().value())).isEmpty();
  }

  @Test
  void theOldestIsForgottenBeyondTheLimit() {
    Sandbox first = deleted("ours");
    lastReads.allow(first);
    for (int i = 0; i < LastReads.LIMIT; i++) {
      lastReads.allow(deleted("ours"));
    }

    assertThat(lastReads.take("ours", first.id().value())).isEmpty();
  }

  private static Sandbox deleted(String organizationId) {
    return new Sandbox(
        SandboxId.random(),
        organizationId,
        "name",
        "region",
        new SandboxOrigin(Optional.empty(), Optional.empty(), "image", List.of()),
        "",
        Map.of(),
        Map.of(),
        new Resources(1, 1, 3),
        "native",
        false,
        NetworkSettings.OPEN,
        AutoIntervals.DEFAULT,
        SandboxStatus.of(SandboxState.DESTROYED, DesiredState.DESTROYED),
        new SandboxTimes(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
  }
}

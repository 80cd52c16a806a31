package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.SandboxId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One sandbox takes all it can get; another still answers. */
@Tag("runtime")
class LimitsTest {
  private static final SandboxId GREEDY = SandboxId.random();
  private static final SandboxId MODEST = SandboxId.random();
  private static Engine engine;

  @BeforeAll
  static void create() {
    engine = TestHost.engine();
    engine.create(TestHost.spec(GREEDY));
    engine.create(TestHost.spec(MODEST));
  }

  @AfterAll
  static void destroy() {
    engine.destroy(GREEDY);
    engine.destroy(MODEST);
    engine.close();
  }

  @Test
  void aForkBombFillsItsOwnSandboxOnly() {
    String bomb =
        "i=0; while [ $i -lt 1000 ]; do sleep 1000 >/dev/null 2>&1 & i=$((i+1)); done; echo all";

    assertThat(Shell.run(engine, GREEDY, bomb)).doesNotContain("all");

    assertThat(engine.usage(GREEDY).processes()).isLessThanOrEqualTo(TestHost.PROCESSES);
    assertThat(Shell.run(engine, MODEST, "echo here")).isEqualTo("here\n");
  }

  @Test
  void aMemoryHogIsKilledAtItsLimit() {
    SandboxId hog = SandboxId.random();
    engine.create(TestHost.spec(hog));

    String result = Shell.run(engine, hog, "dd if=/dev/zero of=/dev/shm/fill bs=1M count=3000");

    assertThat(result).contains("[exit");
    assertThat(engine.usage(hog).memoryBytes()).isLessThanOrEqualTo(1L << 30);
    assertThat(Shell.run(engine, MODEST, "echo here")).isEqualTo("here\n");
    engine.destroy(hog);
  }

  @Test
  void usageIsMeasured() {
    var before = engine.usage(MODEST);
    Shell.run(engine, MODEST, "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");
    var after = engine.usage(MODEST);

    assertThat(after.cpuMicros()).isGreaterThan(before.cpuMicros());
    assertThat(after.memoryLimitBytes()).isEqualTo(1L << 30);
    assertThat(after.processes()).isPositive();
  }
}

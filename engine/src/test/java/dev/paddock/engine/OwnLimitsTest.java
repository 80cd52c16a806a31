package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.SandboxId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sandbox with one processor and 1 GiB looks at the machine. */
@Tag("runtime")
class OwnLimitsTest {
  private static final SandboxId ID = SandboxId.random();
  private static Engine engine;

  @BeforeAll
  static void create() {
    engine = TestHost.engine();
    engine.create(TestHost.spec(ID));
  }

  @AfterAll
  static void destroy() {
    engine.destroy(ID);
    engine.close();
  }

  @Test
  void programsThatAskTheSchedulerCountItsProcessors() {
    assertThat(Shell.run(engine, ID, "grep Cpus_allowed_list /proc/self/status"))
        .matches("Cpus_allowed_list:\\s+\\d+\\s*");
  }

  @Test
  void programsThatReadFilesCountItsProcessors() {
    assertThat(Shell.run(engine, ID, "grep -c ^processor /proc/cpuinfo")).isEqualTo("1\n");
    assertThat(Shell.run(engine, ID, "grep -c ^cpu[0-9] /proc/stat")).isEqualTo("1\n");
    assertThat(Shell.run(engine, ID, "cat /sys/devices/system/cpu/online")).matches("\\d+\\s*");
  }

  @Test
  void itsMemoryIsItsLimit() {
    assertThat(Shell.run(engine, ID, "head -n 1 /proc/meminfo"))
        .matches("MemTotal:\\s+1048576 kB\\s*");
  }

  @Test
  void theMachinesFiguresCannotBeBroughtBack() {
    assertThat(Shell.run(engine, ID, "umount /proc/meminfo")).contains("[exit");
  }
}

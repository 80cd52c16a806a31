package dev.paddock.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void bothOutputsArriveAsLines() throws ToolFailure {
    start("echo one; echo two >&2").finish(LONG, "Trying");
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void aFailureCarriesTheLastLines() {
    ToolProcess process = start("seq 100; exit 3");
    assertThatThrownBy(() -> process.finish(LONG, "Trying"))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            failure -> assertThat(failure.lastLines()).hasSize(30).endsWith("99", "100"));
  }

  @Test
  void aMissingToolIsUnavailable() {
    assertThatThrownBy(() -> ToolProcess.start(new ProcessBuilder("no-such-tool"), lines::add))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("paddock doctor");
  }

  @Test
  void whenTimePassesGrandchildrenDieToo() throws Exception {
    ToolProcess process = start("bash -c 'sleep 600 & echo $!; wait' & wait");
    ProcessHandle grandchild = grandchild();
    assertThatThrownBy(() -> process.finish(Duration.ofMillis(100), "Trying"))
        .isInstanceOf(TimedOutException.class)
        .hasMessageStartingWith("Trying takes longer than");
    assertDies(grandchild);
  }

  @Test
  void anInterruptKillsTheTool() throws Exception {
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    ToolProcess process = start("sleep 600 & echo $!; wait");
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                process.finish(LONG, "Trying");
              } catch (ToolFailure | RuntimeException e) {
                outcome.complete(e);
              }
            });
    ProcessHandle child = grandchild();
    waiting.interrupt();
    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(UnavailableException.class);
    assertDies(child);
  }

  private ToolProcess start(String script) {
    return ToolProcess.start(new ProcessBuilder(List.of("bash", "-c", script)), lines::add);
  }

  private ProcessHandle grandchild() throws InterruptedException {
    String pid = lines.poll(20, TimeUnit.SECONDS);
    assertThat(pid).isNotNull();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void assertDies(ProcessHandle process) throws Exception {
    process.onExit().get(20, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
  }
}

package dev.paddock.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How sandboxes are spread over a host's processors. */
class ProcessorsTest {
  private final Processors processors = Processors.listed("0-3,8-11");

  @Test
  void neighboursShareNoProcessorWhileThereAreOthers() {
    assertThat(processors.choose(0, 4)).containsExactly(0, 1, 2, 3);
    assertThat(processors.choose(1, 4)).containsExactly(8, 9, 10, 11);
    assertThat(processors.choose(2, 4)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aSlotKeepsItsProcessors() {
    assertThat(processors.choose(5, 1)).isEqualTo(processors.choose(5, 1)).containsExactly(9);
  }

  @Test
  void whoeverMayUseAsManyAsThereAreHasAll() {
    assertThat(processors.choose(7, 16)).isEqualTo(List.of(0, 1, 2, 3, 8, 9, 10, 11));
  }
}

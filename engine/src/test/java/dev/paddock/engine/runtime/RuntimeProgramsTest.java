package dev.paddock.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.InvalidException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeProgramsTest {
  private final RuntimePrograms programs = new RuntimePrograms();

  @Test
  void aProgramOfTheSystemIsFoundByItsName() {
    assertThat(programs.find("true")).hasValueSatisfying(path -> assertThat(path).isExecutable());
  }

  @Test
  void whatIsNotInstalledIsNotFound() {
    assertThat(programs.find("no-such-runtime")).isEmpty();
  }

  @Test
  void aPathIsNoName() {
    for (String name : List.of("/bin/true", "../bin/true", "", ".", "true --help")) {
      assertThatThrownBy(() -> programs.find(name)).as(name).isInstanceOf(InvalidException.class);
    }
  }
}

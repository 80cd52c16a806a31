package dev.paddock.toolbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.testing.RandomRounds;
import dev.paddock.toolbox.testing.RandomPieces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
  private static final String IDS = " N... 100644 100644 100644 1111111 2222222 ";

  @ParameterizedTest
  @CsvSource({
    "M., Modified, Unmodified",
    ".M, Unmodified, Modified",
    "A., Added, Unmodified",
    "AM, Added, Modified",
    ".D, Unmodified, Deleted",
    "D., Deleted, Unmodified",
    "T., Modified, Unmodified",
    ".T, Unmodified, Modified"
  })
  void aChangeHasAWordForEachSide(String letters, String staging, String worktree) {
    StatusText status = StatusText.parse(List.of("1 " + letters + IDS + "a file"));

    assertThat(status.files()).containsExactly(new FileStatus("a file", "", staging, worktree));
  }

  @Test
  void aMoveTellsWhereTheFileWas() {
    StatusText status =
        StatusText.parse(List.of("2 RM" + IDS + "R100 new name", "old name", "? other"));

    assertThat(status.files())
        .containsExactly(
            new FileStatus("new name", "old name", "Renamed", "Modified"),
            new FileStatus("other", "", "Untracked", "Untracked"));
  }

  @Test
  void aConflictIsUnmergedOnBothSides() {
    String ids = " N... 100644 100644 100644 100644 1111111 2222222 3333333 ";

    assertThat(StatusText.parse(List.of("u AA" + ids + "both sides")).files())
        .containsExactly(
            new FileStatus("both sides", "", "Updated but unmerged", "Updated but unmerged"));
  }

  @Test
  void theBranchAndItsCounterpartAreTold() {
    StatusText status =
        StatusText.parse(
            List.of(
                "# branch.oid 1111111",
                "# branch.head main",
                "# branch.upstream origin/main",
                "# branch.ab +2 -13",
                "# stash 3"));

    assertThat(status.branch()).isEqualTo("main");
    assertThat(status.upstream()).isEqualTo("origin/main");
    assertThat(status.distance()).isEqualTo(new StatusText.Distance(2, 13));
  }

  @Test
  void anyEntriesAreAStatusOrUnreadable() {
    List<String> words =
        List.of(
            "1 M.", "2 RM", "u AA", "? ", "# branch.ab ", "# branch.head", "+1", " ", "\0", IDS);
    RandomRounds.forASecond(random -> {
      String text = new String(RandomPieces.bytes(random, words), StandardCharsets.UTF_8);
      List<String> entries = List.of(text.split("\0", -1));
      try {
        assertThat(StatusText.parse(entries).files().size()).isLessThanOrEqualTo(entries.size());
      } catch (InvalidException unreadable) {
        assertThat(unreadable).hasMessageStartingWith("the sandbox's git answered no status");
      }
    });
  }

  @Test
  void withoutABranchItIsHead() {
    StatusText status = StatusText.parse(List.of("# branch.head (detached)"));

    assertThat(status.branch()).isEqualTo("HEAD");
    assertThat(status.detached()).isTrue();
    assertThat(status.distance()).isNull();
  }
}

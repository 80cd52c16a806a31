package dev.paddock.control.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.control.fixture.Requests;
import dev.paddock.control.fixture.TestControl;
import dev.paddock.model.Page;
import dev.paddock.model.PageRequest;
import dev.paddock.model.access.Caller;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.sandbox.Sandbox;
import dev.paddock.model.sandbox.SandboxFilter;
import dev.paddock.model.sandbox.SandboxFilter.IntRange;
import dev.paddock.model.sandbox.SandboxFilter.TimeRange;
import dev.paddock.model.sandbox.SandboxSlice;
import dev.paddock.model.sandbox.SandboxSort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxListTest {
  private static final int COUNT = 11;
  private static TestControl test;
  private static Sandboxes sandboxes;
  private static Caller caller;

  @BeforeAll
  static void open() {
    test = new TestControl();
    sandboxes = test.control().sandboxes();
    caller = test.caller();
    for (int n = 0; n < COUNT; n++) {
      Map<String, String> labels = Map.of("n", Integer.toString(n), "even", "" + (n % 2 == 0));
      String name = "sandbox-%02d".formatted(n);
      sandboxes.create(caller, Requests.with(Requests.named(name), Map.of(), labels));
    }
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @ParameterizedTest
  @EnumSource(SandboxSort.Field.class)
  void theSlicesOfEveryOrderHoldEverythingOnce(SandboxSort.Field field) {
    for (boolean ascending : new boolean[] {true, false}) {
      SandboxSort sort = new SandboxSort(field, ascending);
      List<Sandbox> together = walk(sort, 4, () -> {});
      SandboxSlice whole = sandboxes.list(caller, SandboxFilter.ALL, sort, Optional.empty(), 200);

      assertThat(together).hasSize(COUNT).doesNotHaveDuplicates();
      assertThat(ids(together)).isEqualTo(ids(whole.items()));
      assertThat(whole.nextCursor()).isEmpty();
    }
  }

  @Test
  void whatComesAndGoesMeanwhileShiftsNothing() {
    SandboxSort sort = new SandboxSort(SandboxSort.Field.NAME, true);
    sandboxes.create(caller, Requests.named("a-first"));
    List<Sandbox> seen =
        walk(
            sort,
            3,
            () ->
                sandboxes.all(caller, SandboxFilter.ALL).stream()
                    .filter(s -> s.name().equals("a-first"))
                    .forEach(s -> sandboxes.delete(caller, s.id().value())));

    assertThat(seen).extracting(Sandbox::name).startsWith("a-first", "sandbox-00").hasSize(12);
  }

  @Test
  void labelsFilterBySubset() {
    assertThat(sandboxes.all(caller, SandboxFilter.labelled(Map.of("even", "true")))).hasSize(6);
    assertThat(sandboxes.all(caller, SandboxFilter.labelled(Map.of("even", "true", "n", "4"))))
        .extracting(Sandbox::name)
        .containsExactly("sandbox-04");
    assertThat(sandboxes.all(caller, SandboxFilter.labelled(Map.of("even", "maybe")))).isEmpty();
  }

  @Test
  void allConditionsHoldTogether() {
    SandboxFilter filter =
        new SandboxFilter(
            Optional.of(""),
            Optional.of("sandbox-0"),
            Map.of(),
            Set.of("started", "archived"),
            Set.of(TestControl.SNAPSHOT),
            Set.of("us"),
            new IntRange(OptionalInt.of(1), OptionalInt.of(1)),
            new IntRange(OptionalInt.of(2), OptionalInt.empty()),
            IntRange.ANY,
            Optional.of(false),
            new TimeRange(Optional.of(Instant.EPOCH), Optional.of(Instant.now())),
            new TimeRange(Optional.of(Instant.EPOCH), Optional.empty()));

    assertThat(sandboxes.all(caller, filter)).hasSize(10);
  }

  @Test
  void anUnknownStateMatchesNothing() {
    SandboxFilter filter =
        new SandboxFilter(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of("archived"),
            Set.of(),
            Set.of(),
            IntRange.ANY,
            IntRange.ANY,
            IntRange.ANY,
            Optional.empty(),
            TimeRange.ANY,
            TimeRange.ANY);

    assertThat(sandboxes.all(caller, filter)).isEmpty();
  }

  @Test
  void pagesAreCounted() {
    SandboxSort sort = new SandboxSort(SandboxSort.Field.NAME, true);
    SandboxFilter filter = SandboxFilter.labelled(Map.of("even", "false"));
    Page<Sandbox> last = sandboxes.page(caller, filter, sort, new PageRequest(3, 2));

    assertThat(last.items()).extracting(Sandbox::name).containsExactly("sandbox-09");
    assertThat(last.total()).isEqualTo(5);
    assertThat(last.totalPages()).isEqualTo(3);
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    for (String cursor : List.of("", "%%%", "bm9uc2Vuc2U", "TkFNRTphc2M6eDp5")) {
      assertThatThrownBy(() ->
              sandboxes.list(
                  caller, SandboxFilter.ALL, SandboxSort.DEFAULT, Optional.of(cursor), 10))
          .as(cursor)
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("Invalid cursor");
    }
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    for (int limit : new int[] {0, -1, 201}) {
      assertThatThrownBy(() ->
              sandboxes.list(
                  caller, SandboxFilter.ALL, SandboxSort.DEFAULT, Optional.empty(), limit))
          .isInstanceOf(InvalidException.class);
    }
  }

  private static List<Sandbox> walk(SandboxSort sort, int limit, Runnable afterFirst) {
    List<Sandbox> together = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      SandboxSlice slice = sandboxes.list(caller, SandboxFilter.ALL, sort, cursor, limit);
      assertThat(slice.items()).hasSizeLessThanOrEqualTo(limit);
      if (together.isEmpty()) {
        together.addAll(slice.items());
        afterFirst.run();
      } else {
        together.addAll(slice.items());
      }
      cursor = slice.nextCursor();
    } while (cursor.isPresent());
    return together;
  }

  private static List<String> ids(List<Sandbox> sandboxes) {
    return sandboxes.stream().map(sandbox -> sandbox.id().value()).toList();
  }
}

package dev.paddock.server.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.TimedOutException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImageRecipesTest {
  private static final String KEY = "echo key=0123abcd > \"$1/default.properties\"\n";

  @TempDir private Path directory;

  @AfterEach
  void endWhatATestLeft() throws IOException {
    for (ProcessHandle process : started()) {
      process.destroyForcibly();
    }
  }

  @Test
  void aRecipeTellsItsProgressAndItsKey() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();

    assertThat(recipes("echo one; echo two >&2\n" + KEY, 20).make(DefaultImage.SANDBOX, lines::add))
        .isEqualTo("0123abcd");
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void aRecipeThatFailsGivesItsLastLines() throws Exception {
    ImageRecipes recipes = recipes("echo no such mirror; exit 3\n", 20);

    assertThatThrownBy(() -> make(recipes))
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith("no such mirror");
  }

  @Test
  void aRecipeThatGoesOnTalkingIsEndedWithAllThatItStarted() throws Exception {
    ImageRecipes recipes =
        recipes(
            """
            trap '' TERM
            sleep 300 & echo $! >> "$1/started"
            setsid sh -c 'sleep 300 & echo $! >> "$0"; wait' "$1/started" &
            while true; do echo at work; sleep 0.1 || true; done
            """,
            2);

    assertThatThrownBy(() -> make(recipes))
        .isInstanceOf(TimedOutException.class)
        .hasMessageStartingWith("Tried to make the default image but it takes longer than 2 sec")
        .hasMessageEndingWith("at work");
    assertThat(directory.resolve("started")).content().hasLineCount(2);
    for (ProcessHandle process : started()) {
      process.onExit().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aRecipeThatIsToldToEndMayClearUp() throws Exception {
    ImageRecipes recipes = recipes("trap 'touch \"$1/cleared\"; exit 1' TERM\nsleep 300\n", 1);

    assertThatThrownBy(() -> make(recipes)).isInstanceOf(TimedOutException.class);
    assertThat(directory.resolve("cleared")).exists();
  }

  @Test
  void whatARecipeLeavesRunningDoesNotHoldItUp() throws Exception {
    ImageRecipes recipes = recipes("setsid sleep 300 & echo $! > \"$1/started\"\n" + KEY, 20);

    CompletableFuture<String> made = CompletableFuture.supplyAsync(() -> make(recipes));

    assertThat(made.get(10, TimeUnit.SECONDS)).isEqualTo("0123abcd");
  }

  private static String make(ImageRecipes recipes) {
    return recipes.make(DefaultImage.SANDBOX, line -> {});
  }

  private ImageRecipes recipes(String script, int limitSeconds) throws IOException {
    Path build = Files.writeString(directory.resolve("build"), "#!/bin/bash\n" + script);
    Files.setPosixFilePermissions(build, PosixFilePermissions.fromString("rwx------"));
    return new ImageRecipes(directory, directory, Duration.ofSeconds(limitSeconds));
  }

  private List<ProcessHandle> started() throws IOException {
    Path pids = directory.resolve("started");
    return Files.exists(pids)
        ? Files.readAllLines(pids).stream()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
            .toList()
        : List.of();
  }
}

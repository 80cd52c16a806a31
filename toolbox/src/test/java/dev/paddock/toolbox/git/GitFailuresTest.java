package dev.paddock.toolbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnauthorizedException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitFailuresTest {
  static Stream<Arguments> complaints() {
    return Stream.of(
        Arguments.of(
            "fatal: Authentication failed for 'https://h/a.git/'", UnauthorizedException.class),
        Arguments.of(
            "fatal: could not read Username for 'https://h': terminal prompts disabled",
            UnauthorizedException.class),
        Arguments.of(
            "remote: Permission to a/b.git denied to c.\n"
                + "fatal: unable to access 'https://h/': The requested URL returned error: 403",
            ForbiddenException.class),
        Arguments.of(
            " ! [remote rejected] main -> main (pre-receive hook declined)\n"
                + "error: failed to push some refs to 'https://h/'",
            ForbiddenException.class),
        Arguments.of(
            "remote: error: refusing to update checked out branch: refs/heads/main\n"
                + " ! [remote rejected] main -> main (branch is currently checked out)",
            ConflictException.class),
        Arguments.of(
            "remote: Repository not found.\nfatal: repository 'https://h/a/' not found",
            NotFoundException.class),
        Arguments.of(
            "fatal: not a git repository (or any of the parent directories): .git",
            NotFoundException.class),
        Arguments.of(
            " ! [rejected] main -> main (fetch first)\nerror: failed to push",
            ConflictException.class),
        Arguments.of(
            "fatal: unable to access 'https://h/': SSL certificate problem: self-signed",
            InvalidException.class),
        Arguments.of("fatal: write error: No space left on device", OutOfSpaceException.class),
        Arguments.of("fatal: something new", InvalidException.class));
  }

  @ParameterizedTest
  @MethodSource("complaints")
  void wordsHaveAMeaning(String complaint, Class<? extends PaddockException> kind) {
    assertThat(GitFailures.of(new GitOutput(128, false, "", complaint))).isInstanceOf(kind);
  }

  @Test
  void theMessageIsOneLineWithoutHints() {
    String complaint = "error: first\nhint: do\nhint: this\nfatal: second\u0007\n";

    assertThat(GitFailures.of(new GitOutput(1, false, "", complaint)).getMessage())
        .isEqualTo("first; second ");
  }

  @Test
  void theBeginningAndTheEndOfManyWordsAreLookedAt() {
    String merges = "Auto-merging a file\n".repeat(1000);
    String failed = "Automatic merge failed; fix conflicts";

    assertThat(GitFailures.of(new GitOutput(1, false, merges + failed, "")))
        .isInstanceOf(ConflictException.class);
    assertThat(GitFailures.of(new GitOutput(1, false, failed + "\n" + merges, "")))
        .isInstanceOf(ConflictException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository '",
        "cannot change to '",
        "Remote branch ",
        "branch '",
        "src refspec "
      })
  void wordsThatFitAlmostEverywhereHoldNobodyUp(String almost) {
    GitOutput output = new GitOutput(1, false, almost.repeat(300_000), "");

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(GitFailures.of(output)).isInstanceOf(InvalidException.class));
  }

  @Test
  void anEndWithoutAWordHasItsStatus() {
    assertThat(GitFailures.of(new GitOutput(139, false, "", "")).getMessage())
        .isEqualTo("git ended with status 139 and gave no reason");
  }
}

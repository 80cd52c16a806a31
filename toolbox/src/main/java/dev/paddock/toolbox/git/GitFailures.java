package dev.paddock.toolbox.git;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.ForbiddenException;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.OutOfSpaceException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.failure.UnauthorizedException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What git's complaints mean. Git has one exit status for nearly all of them, so the words decide;
 * in the C locale they have been the same for many years.
 */
final class GitFailures {
  private static final int MESSAGE_LIMIT = 1000;

  /** Characters that are looked at, at the beginning and at the end. */
  private static final int WORDS_LIMIT = 2048;

  /** The first one that fits counts. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(OutOfSpaceException::new, "", "No space left on device|Disk quota exceeded"),
          new Rule(
              UnauthorizedException::new,
              "give a user name and a password or token that the server accepts",
              "Authentication failed for|could not read (Username|Password)"
                  + "|returned error: 401|Permission denied \\(publickey|Invalid username or"),
          new Rule(
              InvalidException::new,
              "add the server's certificate authority to the sandbox,"
                  + " or clone with insecure_skip_tls if you trust the way to the server",
              "SSL certificate problem|server certificate verification failed"
                  + "|certificate verify failed"),
          new Rule(
              ForbiddenException::new,
              "the repository belongs to another user of the sandbox; change its owner, or add it"
                  + " to safe.directory in the global configuration",
              "dubious ownership"),
          new Rule(
              ConflictException::new,
              "",
              "branch is currently checked out|\\[rejected]|non-fast-forward|\\(fetch first\\)"
                  + "|already exists|would be overwritten|CONFLICT \\(|Automatic merge failed"
                  + "|nothing (added )?to commit|no changes added to commit"
                  + "|unmerged (files|paths)|is unmerged|not concluded your merge|: needs merge|: File exists"
                  + "|reconcile divergent branches|Not possible to fast-forward"
                  + "|Cannot delete branch|cannot delete branch|used by worktree"
                  + "|does not have any commits yet|src refspec [^\\n]{0,1000} does not match any"
                  + "|cannot lock ref"),
          new Rule(
              ForbiddenException::new,
              "",
              "returned error: 403|\\[remote rejected]|hook declined|Permission denied"
                  + "|insufficient permission|Read-only file system|Operation not permitted"),
          new Rule(
              NotFoundException::new,
              "",
              "returned error: 404|repository '[^\\n]{0,1000}' (not found|does not exist)"
                  + "|does not appear to be a git repository|not a git repository"
                  + "|cannot change to '[^\\n]{0,1000}': No such file|Remote branch [^\\n]{0,1000} not found"
                  + "|did not match any file|couldn't find remote ref|branch '[^\\n]{0,1000}' not found"
                  + "|invalid reference|No such remote|unknown revision|could not resolve"
                  + "|Not a valid object name|not a tree|not our ref|Failed to resolve"));

  private GitFailures() {}

  /** A kind of failure, what a person can do about it, and how it is recognised. */
  private record Rule(Function<String, PaddockException> kind, String advice, Pattern words) {
    Rule(Function<String, PaddockException> kind, String advice, String words) {
      this(kind, advice, Pattern.compile(words));
    }

    PaddockException failure(String message) {
      return kind.apply(advice.isEmpty() ? message : message + "; " + advice);
    }
  }

  /**
   * The failure of a run that did not succeed; a mistake of the request where nothing else fits.
   */
  static PaddockException of(GitOutput output) {
    // Some refusals, such as that of an empty commit, go to standard output.
    String words = ends(output.complaint().isBlank() ? output.text() : output.complaint());
    String message = message(words, output.code());
    return RULES.stream()
        .filter(rule -> rule.words().matcher(words).find())
        .findFirst()
        .map(rule -> rule.failure(message))
        .orElseGet(() -> new InvalidException(message));
  }

  /** A merge lists files before it says that it has failed. */
  private static String ends(String words) {
    return words.length() <= 2 * WORDS_LIMIT
        ? words
        : words.substring(0, WORDS_LIMIT) + "\n…\n" + words.substring(words.length() - WORDS_LIMIT);
  }

  private static String message(String words, int code) {
    String told =
        words
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("hint:"))
            .map(line -> line.replaceFirst("^(fatal|error): ", ""))
            .map(line -> line.replaceAll("\\p{Cntrl}+", " "))
            .collect(Collectors.joining("; "));
    String cut = told.length() > MESSAGE_LIMIT ? told.substring(0, MESSAGE_LIMIT) + "…" : told;
    return cut.isEmpty() ? "git ended with status " + code + " and gave no reason" : cut;
  }
}

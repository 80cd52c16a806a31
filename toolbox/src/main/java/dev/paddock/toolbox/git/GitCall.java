package dev.paddock.toolbox.git;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of git.
 *
 * @param options come before the subcommand
 * @param arguments subcommand and what follows it
 * @param environment variables added to the sandbox's
 * @param input for its standard input
 * @param limit how long it may take
 * @param credentials for the server that it speaks to
 */
record GitCall(
    List<String> options,
    List<String> arguments,
    Map<String, String> environment,
    Optional<String> input,
    Duration limit,
    Optional<GitCredentials.Scoped> credentials) {
  /** A large work tree on a cold disk takes its time. */
  private static final Duration LOCAL = Duration.ofMinutes(5);

  /** So does a large repository on a slow line. */
  private static final Duration REMOTE = Duration.ofMinutes(30);

  GitCall {
    options = List.copyOf(options);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  static GitCall of(String... arguments) {
    return of(List.of(arguments));
  }

  static GitCall of(List<String> arguments) {
    return new GitCall(List.of(), arguments, Map.of(), Optional.empty(), LOCAL, Optional.empty());
  }

  /** The same with options such as {@code -c name=value}. */
  GitCall with(String... more) {
    return new GitCall(List.of(more), arguments, environment, input, limit, credentials);
  }

  GitCall withEnvironment(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(name, value);
    return new GitCall(options, arguments, all, input, limit, credentials);
  }

  GitCall withInput(String text) {
    return new GitCall(options, arguments, environment, Optional.of(text), limit, credentials);
  }

  /** The same for paths that git reads from its input, because a command line has an end. */
  GitCall onPaths(Collection<String> paths) {
    StringBuilder text = new StringBuilder();
    paths.forEach(path -> text.append(path).append('\0'));
    return withInput(text.toString());
  }

  /** The same with the time that a conversation with another machine takes. */
  GitCall remote() {
    return new GitCall(options, arguments, environment, input, REMOTE, credentials);
  }

  /** The same with credentials for one server. They take the place of other input. */
  GitCall remote(Optional<GitCredentials.Scoped> server) {
    return new GitCall(options, arguments, environment, Optional.empty(), REMOTE, server);
  }

  /** What is written to the program that {@link Git} starts. */
  Optional<byte[]> standardInput() {
    return credentials
        .map(GitCredentials.Scoped::input)
        .or(() -> input)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.paddock.engine.runtime;

import dev.paddock.model.failure.InvalidException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The host's OCI runtimes by the names of their programs. Only the system's directories count, not
 * the {@code PATH} of whoever started the server. Safe for use by many threads.
 */
public final class RuntimePrograms {
  /** What is searched, and the {@code PATH} that a runtime gets. */
  static final String SEARCHED = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Map<String, Path> found = new ConcurrentHashMap<>();

  /**
   * Where a program is; one that was found once is not looked for again.
   *
   * @return empty when it is not installed
   * @throws InvalidException when the name is no program's
   */
  public Optional<Path> find(String name) {
    Path known = found.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Path> program = search(name);
    program.ifPresent(path -> found.put(name, path));
    return program;
  }

  private static Optional<Path> search(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidException("A runtime is named by its program, like runc or runsc");
    }
    return Stream.of(SEARCHED.split(":", -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

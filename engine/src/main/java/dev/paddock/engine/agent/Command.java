package dev.paddock.engine.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command for a sandbox.
 *
 * @param argv program and arguments; empty when {@code shellText} is used
 * @param shellText fed to the user's shell on its standard input
 * @param cwd directory; empty means the work directory
 * @param env variables added to the sandbox's environment
 * @param user empty means the sandbox's user
 * @param terminal size of the pseudo terminal that it gets, if any
 */
public record Command(
    List<String> argv,
    String shellText,
    String cwd,
    Map<String, String> env,
    String user,
    Optional<TerminalSize> terminal) {
  public Command {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
  }

  /** A program with its arguments. */
  public static Command argv(String... argv) {
    return new Command(List.of(argv), "", "", Map.of(), "", Optional.empty());
  }

  /** A text for the user's shell. */
  public static Command shell(String text) {
    return new Command(List.of(), text, "", Map.of(), "", Optional.empty());
  }

  /** The same in another directory. */
  public Command withCwd(String other) {
    return new Command(argv, shellText, other, env, user, terminal);
  }

  /** The same with these variables. */
  public Command withEnv(Map<String, String> other) {
    return new Command(argv, shellText, cwd, other, user, terminal);
  }

  /** The same as another user. */
  public Command withUser(String other) {
    return new Command(argv, shellText, cwd, env, other, terminal);
  }

  /** The same with a pseudo terminal. */
  public Command withTerminal(TerminalSize size) {
    return new Command(argv, shellText, cwd, env, user, Optional.of(size));
  }
}

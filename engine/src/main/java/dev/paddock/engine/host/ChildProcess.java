package dev.paddock.engine.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A child process started with descriptors of our choice, which {@code ProcessBuilder} cannot do.
 * It runs in the namespaces of the thread that starts it. Everything but the given descriptors is
 * closed in it, and 0 to 2 are /dev/null.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int FILE_ACTIONS_SIZE = 256;
  private static final int FIRST_PASSED = 3;
  private static final int READ_WRITE = 2;

  private static final NativeFunction SPAWN =
      NativeFunction.of("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final NativeFunction ACTIONS_INIT =
      NativeFunction.of("posix_spawn_file_actions_init", ADDRESS);
  private static final NativeFunction ACTIONS_DESTROY =
      NativeFunction.of("posix_spawn_file_actions_destroy", ADDRESS);
  private static final NativeFunction ADD_DUP =
      NativeFunction.of("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private static final NativeFunction ADD_OPEN =
      NativeFunction.of(
          "posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final NativeFunction ADD_CLOSE_FROM =
      NativeFunction.of("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private static final NativeFunction WAIT =
      NativeFunction.of("waitpid", JAVA_INT, ADDRESS, JAVA_INT);

  private final int pid;
  private final PidFd pidFd;

  private ChildProcess(int pid, PidFd pidFd) {
    this.pid = pid;
    this.pidFd = pidFd;
  }

  /**
   * Starts a program.
   *
   * @param command absolute path of the program, then its arguments
   * @param environment its whole environment
   * @param passed becomes descriptor 3 of the child
   */
  public static ChildProcess start(List<String> command, Map<String, String> environment, Fd passed)
      throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(FILE_ACTIONS_SIZE, 16);
      check("posix_spawn_file_actions_init", ACTIONS_INIT.call(actions));
      try {
        MemorySegment nothing = arena.allocateFrom("/dev/null");
        check("dup2", ADD_DUP.call(actions, passed.number(), FIRST_PASSED));
        for (int standard = 0; standard < FIRST_PASSED; standard++) {
          check("open", ADD_OPEN.call(actions, standard, nothing, READ_WRITE, 0));
        }
        check("closefrom", ADD_CLOSE_FROM.call(actions, FIRST_PASSED + 1));
        return spawn(arena, command, environment, actions);
      } finally {
        ACTIONS_DESTROY.call(actions);
      }
    }
  }

  private static ChildProcess spawn(
      Arena arena, List<String> command, Map<String, String> environment, MemorySegment actions)
      throws ErrnoException {
    MemorySegment pid = arena.allocate(JAVA_INT);
    List<String> variables =
        environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    MemorySegment argv = strings(arena, command);
    long code =
        SPAWN.call(
            pid,
            argv.get(ADDRESS, 0),
            actions,
            MemorySegment.NULL,
            argv,
            strings(arena, variables));
    check("posix_spawn", code);
    int number = pid.get(JAVA_INT, 0);
    return new ChildProcess(number, PidFd.open(number));
  }

  private static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment array = arena.allocate(ADDRESS, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(values.get(i)));
    }
    return array;
  }

  private static void check(String call, long code) throws ErrnoException {
    if (code != 0) {
      throw new ErrnoException(call, (int) code);
    }
  }

  /** Its process id. */
  public int pid() {
    return pid;
  }

  /**
   * Waits for the end and takes the exit status; kills the child when the time is over. To be
   * called once.
   *
   * @return exit status, 128 + signal when killed by one
   */
  public int finish(Duration timeout) throws ErrnoException {
    if (!pidFd.awaitExit(timeout)) {
      pidFd.signal(PidFd.SIGKILL);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      WAIT.call(pid, status, 0);
      int value = status.get(JAVA_INT, 0);
      int signal = value & 0x7f;
      return signal == 0 ? (value >> 8) & 0xff : 128 + signal;
    }
  }

  /** Ends the child; one that has ended is fine. */
  public void kill() throws ErrnoException {
    pidFd.signal(PidFd.SIGKILL);
  }

  @Override
  public void close() {
    pidFd.close();
  }
}

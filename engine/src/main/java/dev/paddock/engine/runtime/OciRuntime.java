package dev.paddock.engine.runtime;

import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.agent.FirstWords;
import dev.paddock.engine.host.ChildProcess;
import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.HostCommand;
import dev.paddock.engine.host.Mounts;
import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.host.TreeRemoval;
import dev.paddock.engine.host.UnixListener;
import dev.paddock.engine.rootfs.MountRoom;
import dev.paddock.engine.rootfs.RootFileSystem;
import dev.paddock.engine.slot.AgentSockets;
import dev.paddock.engine.slot.Slot;
import dev.paddock.engine.slot.SlotClearance;
import dev.paddock.engine.slot.SlotPool;
import dev.paddock.model.failure.InvalidException;
import dev.paddock.model.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Any program with runc's command line, down to {@code --preserve-fds}. It is only run to start a
 * sandbox: ending one is a signal, and what a known runtime keeps is a directory that can be
 * removed without it.
 */
public final class OciRuntime implements SandboxRuntime {
  private static final Duration START_TIME_OUT = Duration.ofSeconds(50);
  private static final Duration DELETE_TIME_OUT = Duration.ofSeconds(20);

  /** Runtimes that keep nothing but a directory by the sandbox's name. */
  private static final Set<String> DIRECTORY_ONLY = Set.of("runc", "crun");

  private final RuntimeHost host;
  private final MountRoom room;
  private final SlotPool slots;
  private final AgentSockets sockets;
  private final SlotClearance clearance;
  private final OciConfiguration configuration;
  private final RuntimePrograms programs = new RuntimePrograms();

  public OciRuntime(
      RuntimeHost host,
      MountRoom room,
      SlotPool slots,
      AgentSockets sockets,
      SlotClearance clearance) {
    this.host = host;
    this.room = room;
    this.slots = slots;
    this.sockets = sockets;
    this.clearance = clearance;
    this.configuration = new OciConfiguration(host);
  }

  @Override
  public Started start(ContainerSpec spec) throws IOException {
    Path program = require(spec.runtime());
    Slot slot = slots.take();
    try {
      clearance.clear(slot.index());
      long pid = start(spec, slot, program);
      return greeted(spec, StartedProcess.of(pid, PidFd.open(pid)), slot);
    } catch (IOException | RuntimeException e) {
      clearance.giveBackAfter(e, slot.index());
      throw e;
    }
  }

  private Started greeted(ContainerSpec spec, StartedProcess process, Slot slot) {
    AgentConnections agent = new AgentConnections(sockets.of(slot.index()));
    try (FirstWords words = FirstWords.say(agent, spec.configuration())) {
      words.await();
      return new Started(process, slot.index(), agent);
    } catch (RuntimeException e) {
      agent.close();
      process.handle().close();
      throw e;
    }
  }

  private long start(ContainerSpec spec, Slot slot, Path program) throws IOException {
    RootFileSystem.prepare(spec.root().writable());
    Path root = Files.createDirectories(spec.directory().resolve("root"));
    Path config = spec.directory().resolve("config.json");
    Files.writeString(config, configuration.text(spec, slot, root.toString()));
    Path path = sockets.of(slot.index());
    try (Fd socket = UnixListener.listen(path, UnixListener.BACKLOG)) {
      return room.call(() -> startInRoom(spec, slot, program, root, socket));
    }
  }

  private long startInRoom(ContainerSpec spec, Slot slot, Path program, Path root, Fd socket)
      throws IOException {
    Path scratch = spec.directory().resolve("layers");
    spec.root().mount(slot.idMap(), root, scratch);
    try {
      Path log = spec.directory().resolve("runtime.log");
      Path pidFile = spec.directory().resolve("pid");
      run(spec, command(spec, program, log, pidFile), log, socket);
      return Long.parseLong(Files.readString(pidFile).strip());
    } finally {
      Mounts.detach(root);
    }
  }

  private List<String> command(ContainerSpec spec, Path program, Path log, Path pidFile) {
    return List.of(
        program.toString(),
        "--root",
        host.state().toString(),
        "--log",
        log.toString(),
        "run",
        "--detach",
        "--bundle",
        spec.directory().toString(),
        "--preserve-fds",
        "1",
        "--pid-file",
        pidFile.toString(),
        spec.id());
  }

  private static void run(ContainerSpec spec, List<String> command, Path log, Fd socket)
      throws IOException {
    Map<String, String> environment = Map.of("PATH", RuntimePrograms.SEARCHED);
    try (ChildProcess child = ChildProcess.start(command, environment, socket)) {
      int status = child.finish(START_TIME_OUT);
      if (status != 0) {
        throw new UnavailableException(
            "The sandbox could not be started: " + RuntimeLog.reason(log, spec.runtime()));
      }
    }
  }

  @Override
  public void forget(String id, String runtime) throws IOException {
    Optional<Path> program = programs.find(runtime);
    if (program.isPresent() && !DIRECTORY_ONLY.contains(runtime)) {
      String root = host.state().toString();
      List<String> delete =
          List.of(program.get().toString(), "--root", root, "delete", "--force", id);
      HostCommand.run(delete, "", DELETE_TIME_OUT);
    }
    TreeRemoval.remove(host.state().resolve(id));
  }

  @Override
  public void abort(String id) throws IOException {
    String root = host.state().toString();
    List<ProcessHandle> found =
        ProcessHandle.allProcesses().filter(process -> isStartOf(process, root, id)).toList();
    for (ProcessHandle process : found) {
      try (PidFd pidFd = PidFd.open(process.pid())) {
        pidFd.signal(PidFd.SIGKILL);
        pidFd.awaitExit(DELETE_TIME_OUT);
      } catch (ErrnoException e) {
        if (e.errno() != Errno.ESRCH) {
          throw e;
        }
      }
    }
  }

  private static boolean isStartOf(ProcessHandle process, String root, String id) {
    return process
        .info()
        .arguments()
        .map(List::of)
        .filter(arguments -> arguments.contains(root) && arguments.contains(id))
        .isPresent();
  }

  private Path require(String name) {
    return programs
        .find(name)
        .orElseThrow(() ->
            new InvalidException(
                "The runtime "
                    + name
                    + " is not installed on this host; install it or name another"));
  }
}

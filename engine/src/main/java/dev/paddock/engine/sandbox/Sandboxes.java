package dev.paddock.engine.sandbox;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.cgroup.SandboxUsage;
import dev.paddock.engine.host.BackgroundThreads;
import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.image.RootLayers;
import dev.paddock.engine.slot.Slot;
import dev.paddock.model.SandboxId;
import dev.paddock.model.SandboxSpec;
import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.PaddockException;
import dev.paddock.model.runner.ObservedState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life cycle of one host's sandboxes. */
public final class Sandboxes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sandboxes.class);

  /** How long connections to agents are kept for the next operation. */
  private static final Duration UNUSED = Duration.ofSeconds(10);

  private final SandboxHost host;
  private final SandboxRemains remains;
  private final SandboxStarter starter;
  private final Ending ending = new Ending();
  private final SandboxTable table = new SandboxTable();
  private final List<Consumer<SandboxId>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService janitor =
      Executors.newSingleThreadScheduledExecutor(BackgroundThreads.named("janitor"));

  public Sandboxes(SandboxHost host) {
    this.host = host;
    this.remains = new SandboxRemains(host);
    this.starter = new SandboxStarter(host, remains);
  }

  /** Takes over what runs, and clears what an earlier server left half done. */
  public void adopt() throws IOException {
    for (SandboxId id : host.directories().withRun()) {
      table.exclusively(id, this::adopt);
    }
    Set<Integer> slots =
        table.running().stream().map(sandbox -> slot(sandbox.id())).collect(Collectors.toSet());
    Set<String> groups = slots.stream().map(Slot::group).collect(Collectors.toSet());
    for (String name : host.cgroups().names()) {
      if (!groups.contains(name)) {
        host.cgroups().remove(name);
      }
    }
    host.sockets().keepOnly(slots);
    janitor.execute(this::emptyTrash);
    long round = UNUSED.toMillis() / 2;
    var _ =
        janitor.scheduleWithFixedDelay(
            this::closeUnusedConnections, round, round, TimeUnit.MILLISECONDS);
  }

  private void adopt(Sandbox sandbox) throws IOException {
    SandboxId id = sandbox.id();
    Optional<RunRecord> record = RunRecord.read(host.directories().run(id));
    if (record.isPresent()) {
      Optional<PidFd> process = find(record.get());
      if (process.isPresent()) {
        host.slots().adopt(record.get().slot());
        begin(sandbox, adopted(record.get(), process.get()));
        return;
      }
    }
    remains.clear(id);
  }

  private RunningSandbox adopted(RunRecord record, PidFd process) throws IOException {
    AgentConnections agent = new AgentConnections(host.sockets().of(record.slot()));
    return new RunningSandbox(record, process, host.watcher().watch(process), agent);
  }

  private static Optional<PidFd> find(RunRecord record) throws IOException {
    try {
      PidFd process = PidFd.open(record.pid());
      if (record.isAlive()) {
        return Optional.of(process);
      }
      process.close();
      return Optional.empty();
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ESRCH) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Starts a sandbox unless it runs; one that was prepared is told whose it is.
   *
   * @param layers gives an image's layers by reference or id
   */
  public void start(SandboxSpec spec, Function<String, RootLayers> layers) throws IOException {
    table.exclusively(
        spec.id(),
        sandbox -> {
          if (sandbox.running().isEmpty()) {
            start(sandbox, spec, layers, starter::start);
          } else if (sandbox.unclaimed().isPresent()) {
            AgentClient agent = new AgentClient(sandbox.running().get().agent());
            FirstContact.configure(agent, spec, sandbox.unclaimed().get());
            sandbox.claimed();
          }
        });
  }

  /** Starts a sandbox, unless it runs, for somebody who claims it later by starting it. */
  public void prepare(SandboxSpec spec, Function<String, RootLayers> layers) throws IOException {
    table.exclusively(
        spec.id(),
        sandbox -> {
          if (sandbox.running().isEmpty()) {
            start(
                sandbox,
                spec,
                layers,
                (s, root) -> {
                  RunningSandbox life = starter.prepare(s, root);
                  sandbox.prepared(root.image());
                  return life;
                });
            FirstContact.rehearse(new AgentClient(sandbox.running().orElseThrow().agent()));
          }
        });
  }

  private interface Start {
    RunningSandbox from(SandboxSpec spec, RootLayers layers) throws IOException;
  }

  private void start(
      Sandbox sandbox, SandboxSpec spec, Function<String, RootLayers> layers, Start start)
      throws IOException {
    boolean isNew = !host.directories().hasFiles(spec.id());
    Optional<String> image = isNew ? Optional.empty() : host.directories().image(spec.id());
    RootLayers root = layers.apply(image.orElse(spec.image()));
    try {
      if (isNew) {
        host.directories().create(spec.id(), root);
      } else if (image.isEmpty()) {
        host.directories().finish(spec.id(), root);
      }
      begin(sandbox, start.from(spec, root));
    } catch (IOException | RuntimeException e) {
      if (isNew) {
        discard(spec.id());
      }
      throw e;
    }
  }

  private void begin(Sandbox sandbox, RunningSandbox life) {
    sandbox.started(life);
    SandboxId id = sandbox.id();
    Thread.startVirtualThread(() -> {
      life.ended().join();
      endedByItself(id, life);
    });
  }

  private void endedByItself(SandboxId id, RunningSandbox life) {
    try {
      table.exclusively(
          id,
          sandbox -> {
            if (sandbox.running().filter(life::equals).isPresent()) {
              end(sandbox, life);
              listeners.forEach(listener -> listener.accept(id));
            }
          });
    } catch (IOException e) {
      LOG.warn("Sandbox {} ended, and its remains could not be cleared", id, e);
    }
  }

  /** Ends all processes; the files stay. */
  public void stop(SandboxId id, Duration grace) throws IOException {
    table.exclusively(
        id,
        sandbox -> {
          if (sandbox.running().isPresent()) {
            kill(sandbox, sandbox.running().get(), grace);
          }
        });
  }

  /** Ends and removes everything. */
  public void destroy(SandboxId id) throws IOException {
    table.exclusively(
        id,
        sandbox -> {
          if (sandbox.running().isPresent()) {
            kill(sandbox, sandbox.running().get(), Duration.ZERO);
          }
          remains.clear(id);
          discard(id);
        });
  }

  private void kill(Sandbox sandbox, RunningSandbox life, Duration grace) throws IOException {
    ending.await(life, grace);
    end(sandbox, life);
  }

  private void end(Sandbox sandbox, RunningSandbox life) throws IOException {
    sandbox.ended();
    life.agent().close();
    life.process().close();
    remains.clear(sandbox.id(), life.record());
  }

  private void discard(SandboxId id) throws IOException {
    host.directories().discardFiles(id);
    janitor.execute(this::emptyTrash);
  }

  private void emptyTrash() {
    try {
      host.directories().emptyTrash();
    } catch (IOException e) {
      LOG.warn("Files of removed sandboxes could not be deleted", e);
    }
  }

  private void closeUnusedConnections() {
    for (Sandbox sandbox : table.running()) {
      sandbox.running().ifPresent(life -> life.agent().closeUnusedFor(UNUSED));
    }
  }

  /** What is there of each sandbox. */
  public Map<SandboxId, ObservedState> observe() throws IOException {
    Map<SandboxId, ObservedState> states = new HashMap<>();
    host.directories().withFiles().forEach(id -> states.put(id, ObservedState.STOPPED));
    host.directories().withRun().forEach(id -> states.put(id, ObservedState.STOPPED));
    table.running().forEach(sandbox -> states.put(sandbox.id(), running(sandbox)));
    return states;
  }

  private static ObservedState running(Sandbox sandbox) {
    return sandbox.unclaimed().isPresent() ? ObservedState.WARM : ObservedState.RUNNING;
  }

  /** The agent of a running sandbox. */
  public AgentClient agent(SandboxId id) {
    return new AgentClient(requireRunning(id).agent());
  }

  /** The slot of a running sandbox. */
  public int slot(SandboxId id) {
    return requireRunning(id).record().slot();
  }

  /** What a running sandbox uses. */
  public SandboxUsage usage(SandboxId id) throws IOException {
    return host.cgroups().usage(Slot.group(requireRunning(id).record().slot()));
  }

  private RunningSandbox requireRunning(SandboxId id) {
    return table.running(id).orElseThrow(() -> notRunning(id));
  }

  private PaddockException notRunning(SandboxId id) {
    return host.directories().hasFiles(id)
        ? new ConflictException("The sandbox is not started; start it first")
        : new NotFoundException("There is no sandbox " + id + " on this host");
  }

  /** Adds one to those who are told when a sandbox ends by itself. */
  public void onExit(Consumer<SandboxId> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    janitor.shutdown();
  }
}

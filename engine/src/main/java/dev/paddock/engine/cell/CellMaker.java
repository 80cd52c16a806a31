package dev.paddock.engine.cell;

import dev.paddock.engine.agent.AgentClient;
import dev.paddock.engine.agent.AgentConnections;
import dev.paddock.engine.cgroup.GroupLayout;
import dev.paddock.engine.cgroup.GroupLimits;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.PidFd;
import dev.paddock.engine.host.StartedProcess;
import dev.paddock.engine.host.UnixListener;
import dev.paddock.engine.launcher.Launcher;
import dev.paddock.engine.launcher.LauncherGone;
import dev.paddock.engine.slot.AgentSockets;
import dev.paddock.engine.slot.Slot;
import dev.paddock.engine.slot.SlotClearance;
import dev.paddock.engine.slot.SlotPool;
import dev.paddock.model.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Makes cells, and removes them. Methods block and may be called from any number of threads. */
public final class CellMaker {
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(60);
  private static final Duration KILLED = Duration.ofSeconds(20);

  /**
   * The least that a sandbox has, and the default image's usual size; wider limits are set when a
   * cell becomes a sandbox.
   */
  private static final Resources LEAST = new Resources(1, 1, 1);

  private final Launcher launcher;
  private final SlotPool slots;
  private final GroupLayout layout;
  private final int processesLimit;
  private final AgentSockets sockets;
  private final SlotClearance clearance;

  /**
   * A maker.
   *
   * @param processesLimit most processes and threads of one sandbox
   */
  public CellMaker(
      Launcher launcher,
      SlotPool slots,
      GroupLayout layout,
      int processesLimit,
      AgentSockets sockets,
      SlotClearance clearance) {
    this.launcher = launcher;
    this.slots = slots;
    this.layout = layout;
    this.processesLimit = processesLimit;
    this.sockets = sockets;
    this.clearance = clearance;
  }

  /** A new cell, whose agent has answered. When it fails, nothing is left. */
  Cell make() throws IOException {
    return make(false);
  }

  /** The same for nobody who waits: the work gives way to other work. */
  Cell makeAhead() throws IOException {
    return make(true);
  }

  private Cell make(boolean ahead) throws IOException {
    Slot slot = slots.take();
    try {
      return makeInSpite(slot, ahead);
    } catch (IOException | RuntimeException e) {
      clearance.giveBackAfter(e, slot.index());
      throw e;
    }
  }

  /** A launcher that ends meanwhile has a successor; what it had begun is cleared away first. */
  private Cell makeInSpite(Slot slot, boolean ahead) throws IOException {
    try {
      return make(slot, ahead);
    } catch (LauncherGone e) {
      return make(slot, ahead);
    }
  }

  private Cell make(Slot slot, boolean ahead) throws IOException {
    clearance.recycle(slot.index());
    List<GroupLimits> groups = limits(slot, LEAST);
    StartedProcess process = started(slot, groups, ahead);
    AgentConnections agent = new AgentConnections(sockets.of(slot.index()));
    try {
      new AgentClient(agent).hello(FIRST_ANSWER);
      return new Cell(slot, process, agent, LEAST, groups);
    } catch (RuntimeException e) {
      agent.close();
      process.handle().close();
      throw e;
    }
  }

  private StartedProcess started(Slot slot, List<GroupLimits> groups, boolean ahead)
      throws IOException {
    Path path = sockets.of(slot.index());
    try (Fd socket = UnixListener.listen(path, UnixListener.BACKLOG)) {
      return launcher.makeCell(slot.ids(), groups, socket, slot.network(), ahead);
    }
  }

  private List<GroupLimits> limits(Slot slot, Resources resources) {
    List<Integer> processors = layout.processors().choose(slot.index(), resources.cpu());
    return layout.limits(slot.group(), resources, processesLimit, processors);
  }

  /** What has to change in a cell's control groups for a sandbox of another size. */
  public List<GroupLimits> changes(Cell cell, Resources wanted) {
    Resources has = cell.resources();
    if (has.cpu() == wanted.cpu() && has.memoryGib() == wanted.memoryGib()) {
      return List.of();
    }
    List<GroupLimits> after = limits(cell.slot(), wanted);
    return IntStream.range(0, after.size())
        .mapToObj(index -> after.get(index).widenedFrom(cell.groups().get(index)))
        .toList();
  }

  /** Ends a cell that will not become a sandbox. */
  public void discard(Cell cell) throws IOException {
    try (PidFd process = cell.process().handle()) {
      cell.agent().close();
      process.signal(PidFd.SIGKILL);
      process.awaitExit(KILLED);
    } finally {
      clearance.giveBack(cell.slot().index());
    }
  }
}

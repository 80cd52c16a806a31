package dev.paddock.engine.runtime;

import dev.paddock.engine.agent.FirstWords;
import dev.paddock.engine.cell.Cell;
import dev.paddock.engine.cell.CellMaker;
import dev.paddock.engine.cell.CellPool;
import dev.paddock.engine.launcher.LaunchSpec;
import dev.paddock.engine.launcher.Launcher;
import java.io.IOException;

/** Paddock's own runtime: a cell, most often made ahead, gets the sandbox's files and name. */
public final class NativeRuntime implements SandboxRuntime {
  /** What settings and records call it. */
  public static final String NAME = "native";

  private final Launcher launcher;
  private final CellPool cells;
  private final CellMaker maker;

  public NativeRuntime(Launcher launcher, CellPool cells, CellMaker maker) {
    this.launcher = launcher;
    this.cells = cells;
    this.maker = maker;
  }

  @Override
  public Started start(ContainerSpec spec) throws IOException {
    Cell cell = cells.take();
    try {
      LaunchSpec launch =
          new LaunchSpec(
              spec.id(),
              spec.root().layers(),
              spec.root().writable(),
              cell.slot().ids(),
              maker.changes(cell, spec.resources()));
      try (FirstWords words = FirstWords.say(cell.agent(), spec.configuration())) {
        launcher.launch(launch, cell.process().handle(), cell.slot().idMap());
        words.await();
      }
      return new Started(cell.process(), cell.slot().index(), cell.agent());
    } catch (IOException | RuntimeException e) {
      discardAfter(e, cell);
      throw e;
    }
  }

  /** Waits for the end: the same files may be mounted again right away. */
  private void discardAfter(Exception failure, Cell cell) {
    try {
      maker.discard(cell);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** It keeps nothing. */
  @Override
  public void forget(String id, String runtime) {}

  /** A start that an earlier server began has left a cell, which goes with its control groups. */
  @Override
  public void abort(String id) {}
}

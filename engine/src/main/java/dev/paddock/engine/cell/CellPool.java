package dev.paddock.engine.cell;

import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.MadeAhead;
import dev.paddock.engine.host.PidFd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cells made ahead, so that a start is left with what depends on the sandbox. */
public final class CellPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CellPool.class);

  private final CellMaker maker;
  private final MadeAhead<Cell> ready;

  /**
   * A pool that will hold cells once {@link #fill} was called.
   *
   * @param size 0 or more; 0 makes each cell when it is asked for
   */
  public CellPool(CellMaker maker, int size) {
    this.maker = maker;
    this.ready = new MadeAhead<>("cell-maker", size, maker::makeAhead);
  }

  /** Fills the pool in the background, once this process has had time to start. */
  public void fill() {
    ready.fill();
  }

  /** A cell from the pool, or a new one when the pool is empty. Blocks while one is made. */
  public Cell take() throws IOException {
    Optional<Cell> cell = ready.take();
    while (cell.isPresent() && hasEnded(cell.get())) {
      Cell ended = cell.get();
      ready.execute(() -> remove(ended));
      cell = ready.take();
    }
    return cell.isPresent() ? cell.get() : maker.make();
  }

  private static boolean hasEnded(Cell cell) throws ErrnoException {
    return cell.process().handle().awaitExit(Duration.ZERO);
  }

  private void remove(Cell cell) {
    try {
      maker.discard(cell);
    } catch (IOException e) {
      LOG.warn("What was begun ahead could not be removed", e);
    }
  }

  /** Removes the unused cells; what became of others goes on. */
  @Override
  public void close() {
    List<Cell> unused = ready.stop();
    unused.forEach(CellPool::kill);
    unused.forEach(this::remove);
  }

  /** All end at the same time, and are waited for afterwards. */
  private static void kill(Cell cell) {
    try {
      cell.process().handle().signal(PidFd.SIGKILL);
    } catch (ErrnoException e) {
      LOG.debug("A cell could not be ended at once", e);
    }
  }
}

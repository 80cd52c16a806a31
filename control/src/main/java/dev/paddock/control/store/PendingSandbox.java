package dev.paddock.control.store;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.model.failure.UnavailableException;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/** The row of a sandbox that is being made: written meanwhile, and there once it runs. */
public final class PendingSandbox implements AutoCloseable {
  private final OpenTransaction transaction;
  private final Function<JdbiException, RuntimeException> reason;

  PendingSandbox(OpenTransaction transaction, Function<JdbiException, RuntimeException> reason) {
    this.transaction = transaction;
    this.reason = reason;
  }

  /**
   * The sandbox runs; returns when its row is on the disk.
   *
   * @throws ConflictException when its name is taken in its organisation
   * @throws UnavailableException when the database does not answer; the row may be there or not
   */
  public void commit() {
    try {
      transaction.commit();
    } catch (JdbiException e) {
      throw reason.apply(e);
    }
  }

  /** There is no such row, unless it was committed. Does not wait. */
  @Override
  public void close() {
    transaction.close();
  }
}

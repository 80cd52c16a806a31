package dev.paddock.control.store;

import dev.paddock.model.failure.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements that run while their caller does something else, and count once it commits them. Not
 * committed, they are as if they had never been.
 */
final class OpenTransaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenTransaction.class);

  private final CompletableFuture<Handle> written;

  private OpenTransaction(CompletableFuture<Handle> written) {
    this.written = written;
  }

  /** Begins the work on a thread of its own. */
  static OpenTransaction begin(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    return new OpenTransaction(
        CompletableFuture.supplyAsync(() -> write(jdbi, work), Thread::startVirtualThread));
  }

  private static Handle write(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    Handle handle = jdbi.open();
    try {
      handle.begin();
      work.useHandle(handle);
      return handle;
    } catch (RuntimeException e) {
      try {
        rollBack(handle);
      } catch (RuntimeException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  /**
   * Waits for the work and commits it.
   *
   * @throws StatementException when a statement failed
   * @throws ConnectionException when the database does not answer
   * @throws TransactionException when it is not known whether it was committed
   */
  void commit() {
    try (Handle handle = written.get()) {
      handle.commit();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The server is stopping", e);
    }
  }

  /** Undoes what is not committed, without waiting for it. */
  @Override
  public void close() {
    var _ =
        written
            .thenAccept(OpenTransaction::rollBack)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                // Whoever committed was told; nobody else needs to know.
                LOG.debug("A transaction ended by itself", failure);
              }
            });
  }

  private static void rollBack(Handle handle) {
    if (!handle.isClosed()) {
      try (handle) {
        handle.rollback();
      }
    }
  }
}

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

/**
 * Statements that run while their caller does something else, and count once it commits them. Not
 * committed, they are as if they had never been.
 */
final class OpenTransaction implements AutoCloseable {
  private final CompletableFuture<Handle> written = new CompletableFuture<>();

  private OpenTransaction() {}

  /** Begins the work on a thread of its own. */
  static OpenTransaction begin(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    OpenTransaction transaction = new OpenTransaction();
    Thread.startVirtualThread(() -> transaction.write(jdbi, work));
    return transaction;
  }

  private void write(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    try {
      Handle handle = jdbi.open();
      try {
        handle.begin();
        work.useHandle(handle);
        written.complete(handle);
      } catch (RuntimeException e) {
        rollBack(handle);
        throw e;
      }
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
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
    var _ = written.thenAccept(OpenTransaction::rollBack);
  }

  private static void rollBack(Handle handle) {
    if (!handle.isClosed()) {
      try (handle) {
        handle.rollback();
      }
    }
  }
}

package dev.paddock.toolbox.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.failure.ConflictException;
import dev.paddock.web.Exchange;
import dev.paddock.web.Message;
import dev.paddock.web.WebSocketConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Turns.Context CONTEXT = new Turns.Context("sandbox", "default");

  private final Turns turns = new Turns();

  @Test
  void turnsComeInTheOrderOfArrival() throws Exception {
    Waiter first = new Waiter();
    Waiter second = new Waiter();
    Waiter third = new Waiter();

    Turns.Turn turn = first.turn();
    assertThat(second.result).isNotDone();
    turn.close();
    turn = second.turn();
    assertThat(third.result).isNotDone();
    turn.close();

    assertThat(third.turn()).isNotNull();
  }

  @Test
  void oneThatGoesAwayIsPassedOver() throws Exception {
    Turns.Turn turn = new Waiter().turn();
    Waiter gone = new Waiter();
    Waiter next = new Waiter();

    gone.end.run();
    assertThat(gone.result.get(10, TimeUnit.SECONDS)).isEmpty();
    turn.close();

    assertThat(next.turn()).isNotNull();
  }

  @Test
  void otherContextsAndSandboxesDoNotWait() throws Exception {
    new Waiter().turn();

    assertThat(turns.take(new Turns.Context("sandbox", "other"), new Waiting())).isPresent();
    assertThat(turns.take(new Turns.Context("another", "default"), new Waiting())).isPresent();
  }

  @Test
  void moreThanAHundredMayNotWait() throws Exception {
    List<Waiter> waiting = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      waiting.add(new Waiter());
    }

    assertThatThrownBy(() -> turns.take(CONTEXT, new Waiting()))
        .isInstanceOf(ConflictException.class);
    assertThat(waiting).hasSize(101);
  }

  /** Has arrived when it is made. */
  private final class Waiter {
    private final CompletableFuture<Optional<Turns.Turn>> result = new CompletableFuture<>();
    private final Runnable end;

    private Waiter() throws Exception {
      Waiting connection = new Waiting();
      Thread.ofVirtual().start(() -> result.complete(turns.take(CONTEXT, connection)));
      end = connection.end.get(10, TimeUnit.SECONDS);
    }

    private Turns.Turn turn() throws Exception {
      return result.get(10, TimeUnit.SECONDS).orElseThrow();
    }
  }

  /** A connection of which only the end matters. */
  private static final class Waiting implements WebSocketConnection {
    private final CompletableFuture<Runnable> end = new CompletableFuture<>();

    @Override
    public void onEnd(Runnable action) {
      end.complete(action);
    }

    @Override
    public Exchange handshake() {
      throw new AssertionError("A turn only waits for the end");
    }

    @Override
    public Optional<Message> receive() {
      throw new AssertionError("A turn only waits for the end");
    }

    @Override
    public void sendText(String text) {
      throw new AssertionError("A turn only waits for the end");
    }

    @Override
    public void sendBinary(byte[] data) {
      throw new AssertionError("A turn only waits for the end");
    }

    @Override
    public void close(int code, String reason) {
      throw new AssertionError("A turn only waits for the end");
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }
}

package dev.paddock.engine.agent;

import dev.paddock.engine.agent.wire.Found;
import dev.paddock.engine.agent.wire.FoundList;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a search finds, while it finds it. There may be any number of results: one batch of the
 * agent's is held at a time.
 *
 * <p>One thread reads, which blocks until there is a result or the search has ended. A search that
 * breaks, falls silent or takes longer than 10 minutes, its reader included, is an {@code
 * UnavailableException}, never an early end. Any thread may {@link #close()}, which ends search and
 * reading.
 */
public final class SearchResults<T> implements Iterator<T>, AutoCloseable {
  /** The agent says something every second while it searches. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final AgentConnection connection;
  private final Function<Found, T> reading;
  private Iterator<Found> batch = Collections.emptyIterator();
  private boolean ended;

  /**
   * @param connection on which the search was answered already
   */
  SearchResults(AgentConnection connection, Function<Found, T> reading) {
    this.connection = connection;
    this.reading = reading;
  }

  @Override
  public boolean hasNext() {
    while (!ended && !batch.hasNext()) {
      advance();
    }
    return batch.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The search has ended");
    }
    return reading.apply(batch.next());
  }

  /** The results that were not read yet. */
  public Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private void advance() {
    Frame frame = connection.requireFrame(SILENCE);
    switch (frame.kind()) {
      case DATA -> batch = parse(frame).getFoundList().iterator();
      case END -> ended = true;
      default -> throw AgentErrors.violation(new ProtocolViolation("a frame out of place"));
    }
  }

  private static FoundList parse(Frame frame) {
    try {
      return frame.message(FoundList.getDescriptor(), FoundList.parser());
    } catch (ProtocolViolation e) {
      throw AgentErrors.violation(e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}

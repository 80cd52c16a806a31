package dev.paddock.engine.agent;

import dev.paddock.engine.host.Alarm;
import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a wait on a channel by closing it: blocking channels of UNIX sockets know no time-out.
 * Closing one before its time leaves the channel alone.
 */
final class Deadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

  private final Channel channel;
  private final Alarm alarm;
  private volatile boolean passed;

  private Deadline(Channel channel, Duration limit) {
    this.channel = channel;
    this.alarm = Alarm.after(limit, this::pass);
  }

  static Deadline within(Duration limit, Channel channel) {
    return new Deadline(channel, limit);
  }

  /** Whether it was this deadline that closed the channel. */
  boolean passed() {
    return passed;
  }

  private void pass() {
    passed = true;
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("A connection to an agent does not close", e);
    }
  }

  @Override
  public void close() {
    alarm.close();
  }
}

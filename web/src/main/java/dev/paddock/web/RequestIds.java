package dev.paddock.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names for requests that join a client's report with the log; unique across restarts. */
final class RequestIds {
  private final String prefix = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  private final AtomicLong count = new AtomicLong();

  String next() {
    return prefix + "-" + Long.toHexString(count.incrementAndGet());
  }
}

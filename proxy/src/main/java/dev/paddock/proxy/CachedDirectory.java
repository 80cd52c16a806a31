package dev.paddock.proxy;

import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The directory as the event loops see it: answers from memory, never blocking. */
final class CachedDirectory {
  /** One sandbox's port. */
  record Port(String sandboxId, int number) {}

  /** A relay belongs to the address it stands in for, which changes when a sandbox restarts. */
  record Relay(Port port, InetSocketAddress direct) {}

  private record Holder(String tokenDigest, String sandboxId) {}

  private static final Duration GOOD = Duration.ofSeconds(2);
  private static final Duration DENIED = Duration.ofSeconds(1);
  private static final Duration NO_ADDRESS = Duration.ofMillis(200);
  private static final Duration RELAY = Duration.ofMinutes(1);

  private final PreviewDirectory directory;
  private final Lookups<String, Optional<PreviewTarget>> targets;
  private final Lookups<Holder, Boolean> holders;
  private final Lookups<Port, InetSocketAddress> addresses;
  private final Lookups<Relay, InetSocketAddress> relays;

  CachedDirectory(PreviewDirectory directory, ExecutorService blocking) {
    this.directory = directory;
    this.targets = new Lookups<>(blocking, Optional::isPresent, GOOD, DENIED);
    this.holders = new Lookups<>(blocking, allowed -> allowed, GOOD, DENIED);
    this.addresses = new Lookups<>(blocking, address -> true, GOOD, NO_ADDRESS);
    this.relays = new Lookups<>(blocking, address -> true, RELAY, NO_ADDRESS);
  }

  Future<Optional<PreviewTarget>> find(String sandboxId) {
    return targets.get(sandboxId, () -> directory.find(sandboxId));
  }

  Future<Boolean> mayAccess(String bearerToken, String sandboxId) {
    return holders.get(
        new Holder(digest(bearerToken), sandboxId),
        () -> directory.mayAccess(bearerToken, sandboxId));
  }

  Future<InetSocketAddress> connectAddress(Port port) {
    return addresses.get(port, () -> directory.connectAddress(port.sandboxId(), port.number()));
  }

  Future<InetSocketAddress> forwardAddress(Relay relay) {
    Port port = relay.port();
    return relays.get(relay, () -> directory.forwardAddress(port.sandboxId(), port.number()));
  }

  Optional<InetSocketAddress> knownRelay(Relay relay) {
    return relays.known(relay);
  }

  void forget(Relay relay) {
    relays.forget(relay);
  }

  /** Keeps tokens out of the cache's memory and out of comparisons that stop at a difference. */
  private static String digest(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}

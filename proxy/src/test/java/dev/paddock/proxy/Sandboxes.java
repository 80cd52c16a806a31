package dev.paddock.proxy;

import dev.paddock.model.failure.NotFoundException;
import dev.paddock.model.failure.UnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory of sandboxes whose services are servers of the test's own. */
final class Sandboxes implements PreviewDirectory {
  static final String ID = "11111111-2222-3333-4444-555555555555";
  static final String TOKEN = "preview-token-of-the-sandbox";
  static final String API_KEY = "dtn_key-of-the-owner";

  /** A port on which nothing listens anywhere. */
  private static final InetSocketAddress CLOSED =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  final List<String> touched = new CopyOnWriteArrayList<>();
  final AtomicInteger lookups = new AtomicInteger();
  volatile boolean keysAreOutOfReach;
  private final Map<String, PreviewTarget> targets = new ConcurrentHashMap<>();
  private final Map<Integer, InetSocketAddress> services = new ConcurrentHashMap<>();
  private final Map<Integer, InetSocketAddress> relays = new ConcurrentHashMap<>();

  Sandboxes() {
    add(new PreviewTarget(ID, false, TOKEN, true, "started"));
  }

  void add(PreviewTarget target) {
    targets.put(target.sandboxId(), target);
  }

  void serve(int port, int localPort) {
    services.put(port, local(localPort));
  }

  void serveOnLoopback(int port, int localPort) {
    relays.put(port, local(localPort));
  }

  @Override
  public Optional<PreviewTarget> find(String sandboxId) {
    lookups.incrementAndGet();
    return Optional.ofNullable(targets.get(sandboxId));
  }

  @Override
  public boolean mayAccess(String bearerToken, String sandboxId) {
    if (keysAreOutOfReach) {
      throw new UnavailableException("The keys cannot be read just now.");
    }
    return bearerToken.equals(API_KEY) && Set.copyOf(targets.keySet()).contains(sandboxId);
  }

  @Override
  public InetSocketAddress connectAddress(String sandboxId, int port) {
    return services.getOrDefault(port, CLOSED);
  }

  @Override
  public InetSocketAddress forwardAddress(String sandboxId, int port) {
    return Optional.ofNullable(relays.get(port))
        .orElseThrow(() -> new NotFoundException("Nothing listens on port " + port + "."));
  }

  @Override
  public void touched(String sandboxId) {
    touched.add(sandboxId);
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

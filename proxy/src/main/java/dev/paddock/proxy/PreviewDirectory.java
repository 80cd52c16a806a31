package dev.paddock.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where the proxy looks up sandboxes. Every method may block: the proxy calls them on virtual
 * threads and keeps their answers for at most two seconds. A failure of the {@code
 * dev.paddock.model.failure} family becomes the answer to the request; anything else becomes a 503
 * and is logged.
 */
public interface PreviewDirectory {
  /** The sandbox by the id in a preview host's name; empty when there is none. */
  Optional<PreviewTarget> find(String sandboxId);

  /** Whether the owner of this API key or token may open the sandbox's ports. */
  boolean mayAccess(String bearerToken, String sandboxId);

  /**
   * Where a service in the sandbox answers on {@code port} (1 to 65535) when it listens on all
   * addresses.
   */
  InetSocketAddress connectAddress(String sandboxId, int port);

  /**
   * Asked when {@link #connectAddress} refused: the address of a relay to the sandbox's own
   * loopback address, where services that listen on {@code localhost} only are reached.
   *
   * @throws dev.paddock.model.failure.NotFoundException when nothing listens there either
   */
  InetSocketAddress forwardAddress(String sandboxId, int port);

  /** Somebody uses the sandbox: told at the first request and every 50 s while one is open. */
  void touched(String sandboxId);
}

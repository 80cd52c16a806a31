package dev.paddock.engine.network;

import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes one network namespace at a time on a thread of its own, which is the only one that enters
 * them. The namespace belongs to the host's user namespace: root in a sandbox has no say over it.
 * It lives as long as a process is in it or its descriptor is open.
 */
public final class SandboxNetwork implements AutoCloseable {
  private static final String INSIDE_NAME = "eth0";

  /** Set inside, where nobody can change them: ping and low ports work without capabilities. */
  private static final Map<String, String> INSIDE_SETTINGS =
      Map.of(
          "ipv4/ping_group_range",
          "0 2147483647",
          "ipv4/ip_unprivileged_port_start",
          "0",
          "ipv6/conf/default/disable_ipv6",
          "1",
          "ipv6/conf/" + INSIDE_NAME + "/disable_ipv6",
          "1");

  private final NetworkBlock block;
  private final Fd hostNamespace;
  private final Links hostLinks;

  /** To be called on the thread that will call {@link #create}. */
  public SandboxNetwork(NetworkBlock block) throws IOException {
    this.block = block;
    this.hostNamespace = Namespaces.currentNetwork();
    this.hostLinks = Links.ofThisThread();
  }

  /** A connected namespace for a slot; what an earlier user of the slot left is removed first. */
  public Fd create(int slot) throws IOException {
    String outside = block.linkName(slot);
    remove(slot);
    Namespaces.newNetworkNamespace();
    Fd namespace = Namespaces.currentNetwork();
    try {
      connectInside(slot, outside);
    } catch (IOException | RuntimeException e) {
      namespace.close();
      throw e;
    } finally {
      Namespaces.enterNetwork(hostNamespace);
    }
    connectOutside(slot, outside);
    return namespace;
  }

  private void connectInside(int slot, String outside) throws IOException {
    try (Links links = Links.ofThisThread()) {
      links.setUp(links.require("lo"));
      createVeth(links, outside);
      for (Map.Entry<String, String> setting : INSIDE_SETTINGS.entrySet()) {
        set(setting.getKey(), setting.getValue());
      }
      int link = links.require(INSIDE_NAME);
      links.addAddress(link, block.address(slot));
      links.setUp(link);
      links.addDefaultRoute(link, block.gateway());
    }
  }

  private void createVeth(Links links, String outside) throws IOException {
    try {
      links.createVeth(INSIDE_NAME, outside, hostNamespace);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      hostLinks.delete(outside);
      links.createVeth(INSIDE_NAME, outside, hostNamespace);
    }
  }

  private void connectOutside(int slot, String outside) throws IOException {
    int link = hostLinks.require(outside);
    set("ipv6/conf/" + outside + "/disable_ipv6", "1");
    hostLinks.addAddress(link, block.gateway());
    hostLinks.setUp(link);
    hostLinks.addNeighbour(link, block.address(slot), block.gateway());
  }

  /** Cuts a slot off; one that is not connected is fine. */
  public void remove(int slot) throws IOException {
    hostLinks.delete(block.linkName(slot));
  }

  private static void set(String name, String value) throws IOException {
    Path file = Path.of("/proc/sys/net", name);
    if (Files.exists(file)) {
      Files.writeString(file, value);
    }
  }

  @Override
  public void close() {
    hostLinks.close();
    hostNamespace.close();
  }
}

package dev.paddock.engine.network;

import dev.paddock.engine.host.Errno;
import dev.paddock.engine.host.ErrnoException;
import dev.paddock.engine.host.Fd;
import dev.paddock.engine.host.NetlinkSocket;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * Links, addresses and routes of the network namespace that the creating thread was in. Not safe
 * for several threads at once.
 */
final class Links implements AutoCloseable {
  private static final int NEW_LINK = 16;
  private static final int DELETE_LINK = 17;
  private static final int GET_LINK = 18;
  private static final int NEW_ADDRESS = 20;
  private static final int NEW_ROUTE = 24;
  private static final int ERROR = 2;

  private static final int LINK_NAME = 3;
  private static final int LINK_INFO = 18;
  private static final int LINK_NAMESPACE = 28;
  private static final int INFO_KIND = 1;
  private static final int INFO_DATA = 2;
  private static final int VETH_PEER = 1;
  private static final int UP = 1;

  private static final int ADDRESS_WHOLE = 1;
  private static final int ADDRESS_LOCAL = 2;

  private static final int ROUTE_DESTINATION = 1;
  private static final int ROUTE_LINK = 4;
  private static final int ROUTE_GATEWAY = 5;
  private static final int ROUTE_SOURCE = 7;
  private static final int SCOPE_GLOBAL = 0;
  private static final int SCOPE_LINK = 253;
  private static final int ON_LINK = 4;

  private final NetlinkSocket socket;
  private int sequence;

  private Links(NetlinkSocket socket) {
    this.socket = socket;
  }

  static Links ofThisThread() throws ErrnoException {
    return new Links(NetlinkSocket.open());
  }

  /** A virtual cable: {@code name} in this namespace, {@code peerName} in the other. */
  void createVeth(String name, String peerName, Fd peerNamespace) throws IOException {
    NetlinkMessage message =
        new NetlinkMessage(NEW_LINK, NetlinkMessage.ACKNOWLEDGE | NetlinkMessage.CREATE_EXCLUSIVE)
            .link(0, 0, 0)
            .attribute(LINK_NAME, name);
    int info = message.begin(LINK_INFO);
    message.attribute(INFO_KIND, "veth");
    int data = message.begin(INFO_DATA);
    int peer = message.begin(VETH_PEER);
    message.link(0, 0, 0).attribute(LINK_NAME, peerName);
    message.attribute(LINK_NAMESPACE, peerNamespace.number());
    message.end(peer);
    message.end(data);
    message.end(info);
    request(message);
  }

  /** Index of a link by name; empty when there is none. */
  OptionalInt find(String name) throws IOException {
    int next = ++sequence;
    NetlinkMessage message =
        new NetlinkMessage(GET_LINK, 0).link(0, 0, 0).attribute(LINK_NAME, name);
    socket.send(message.finish(next));
    ByteBuffer reply = reply();
    if (reply.getShort(4) == ERROR) {
      int errno = -reply.getInt(NetlinkMessage.HEADER);
      if (errno == Errno.ENODEV) {
        return OptionalInt.empty();
      }
      throw new ErrnoException("netlink", errno);
    }
    return OptionalInt.of(reply.getInt(NetlinkMessage.HEADER + 4));
  }

  int require(String name) throws IOException {
    return find(name).orElseThrow(() -> new ErrnoException("netlink", Errno.ENODEV));
  }

  void setUp(int link) throws IOException {
    request(new NetlinkMessage(NEW_LINK, NetlinkMessage.ACKNOWLEDGE).link(link, UP, UP));
  }

  /** Removes a link with its peer; absent is fine. */
  void delete(String name) throws IOException {
    OptionalInt link = find(name);
    if (link.isEmpty()) {
      return;
    }
    try {
      NetlinkMessage message = new NetlinkMessage(DELETE_LINK, NetlinkMessage.ACKNOWLEDGE);
      request(message.link(link.getAsInt(), 0, 0));
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENODEV) {
        throw e;
      }
    }
  }

  void addAddress(int link, Inet4Address address) throws IOException {
    int flags = NetlinkMessage.ACKNOWLEDGE | NetlinkMessage.CREATE_EXCLUSIVE;
    request(
        new NetlinkMessage(NEW_ADDRESS, flags)
            .singleAddress(link)
            .attribute(ADDRESS_LOCAL, address)
            .attribute(ADDRESS_WHOLE, address));
  }

  /** The way to one neighbour behind a link. */
  void addNeighbour(int link, Inet4Address neighbour, Inet4Address source) throws IOException {
    int flags = NetlinkMessage.ACKNOWLEDGE | NetlinkMessage.CREATE_EXCLUSIVE;
    request(
        new NetlinkMessage(NEW_ROUTE, flags)
            .route(32, SCOPE_LINK)
            .attribute(ROUTE_DESTINATION, neighbour)
            .attribute(ROUTE_LINK, link)
            .attribute(ROUTE_SOURCE, source));
  }

  /** Everything else goes to a gateway that is reached through the link without a network. */
  void addDefaultRoute(int link, Inet4Address gateway) throws IOException {
    int flags = NetlinkMessage.ACKNOWLEDGE | NetlinkMessage.CREATE_EXCLUSIVE;
    request(
        new NetlinkMessage(NEW_ROUTE, flags)
            .route(0, SCOPE_GLOBAL)
            .flagsOfRoute(ON_LINK)
            .attribute(ROUTE_LINK, link)
            .attribute(ROUTE_GATEWAY, gateway));
  }

  private void request(NetlinkMessage message) throws IOException {
    socket.send(message.finish(++sequence));
    ByteBuffer reply = reply();
    int code = reply.getInt(NetlinkMessage.HEADER);
    if (reply.getShort(4) != ERROR || code != 0) {
      throw new ErrnoException("netlink", -code);
    }
  }

  private ByteBuffer reply() throws IOException {
    ByteBuffer reply = ByteBuffer.wrap(socket.receive()).order(ByteOrder.nativeOrder());
    if (reply.remaining() < NetlinkMessage.HEADER + 4 || reply.getInt(8) != sequence) {
      throw new IOException("The kernel gave an unexpected netlink reply");
    }
    return reply;
  }

  @Override
  public void close() {
    socket.close();
  }
}
